import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { HttpProfile, Limits } from '../../src/port/profile.ts';
import { root } from '../house/tree.ts';

const text = readFileSync(join(root, 'mappings/region/nmg/interface.yaml'), 'utf8');

/** The shipped interface profile, for a region at this address. */
export function shippedProfile(baseUrl = 'http://127.0.0.1:9', limits: Partial<Limits> = {}): HttpProfile {
  const set: Readonly<Record<string, string>> = { URL: baseUrl, APP_KEY: 'demo-key', APP_SECRET: 'demo-secret' };
  const profile = parse(text.replaceAll(/\$\{QILIAN_REGION_(\w+)\}/g, (_, name: string) => set[name] ?? '')) as HttpProfile;
  return { ...profile, limits: { ...profile.limits, ...limits } };
}
