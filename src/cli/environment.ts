import type { Environment } from './parts.ts';

/**
 * The environment with what the shipped rehearsal supplies itself. A site of its own gets no region and no key from
 * here: what it names and nobody has set is a mistake of the site files.
 */
export function environmentOf(env: Environment, about: { readonly dataDir: string; readonly shipped: boolean }): Environment {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const simulatorPort = set['QILIAN_SIM_PORT'] ?? '18080';
  const rehearsal = {
    QILIAN_REGION_URL: `http://127.0.0.1:${simulatorPort}`,
    QILIAN_REGION_APP_KEY: 'demo-county',
    QILIAN_REGION_APP_SECRET: 'demo-secret-not-for-production',
  };
  return {
    QILIAN_PORT: '8080', QILIAN_SIM_PORT: simulatorPort, ...(about.shipped ? rehearsal : {}), ...set, QILIAN_DATA: about.dataDir,
  };
}
