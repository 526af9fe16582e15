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
    QILIAN_REGION_PUBLIC_KEY: '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
    QILIAN_REGION_CIPHER_KEY: '0123456789abcdeffedcba9876543210',
    QILIAN_REGION_AES_KEY: 'rehearsal-secret',
  };
  return {
    QILIAN_PORT: '8080', QILIAN_SIM_PORT: simulatorPort, ...(about.shipped ? rehearsal : {}), ...set, QILIAN_DATA: about.dataDir,
  };
}
