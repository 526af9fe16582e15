import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../house/tree.ts';

/** The shipped site, to be changed; gone with the data folder. */
export function siteCopy(dataDir: string): string {
  const site = mkdtempSync(join(dataDir, 'site-'));
  const files = readdirSync(root).filter((name) => name.endsWith('.yaml'));
  for (const part of [...files, 'mappings', 'jobs']) cpSync(join(root, part), join(site, part), { recursive: true });
  return site;
}

/** The same with a region that offers something else for comparing. */
export function siteOffering(dataDir: string, offer: unknown): string {
  const site = siteCopy(dataDir);
  const file = join(site, 'mappings', 'region', 'nmg', 'interface.yaml');
  const blocks = readFileSync(file, 'utf8').split(/^(?=\w+:)/m).filter((block) => !block.startsWith('compare:'));
  writeFileSync(file, `${blocks.join('')}\ncompare: ${JSON.stringify(offer)}\n`);
  return site;
}
