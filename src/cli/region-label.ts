import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Failure } from '../record/failure.ts';

/**
 * Holds a store to the region it remembers: what one region has acknowledged says nothing of another, and a gateway that
 * took it for that would send the other only what changes from now on. The name stands beside the store, for a person to read
 * and, when the same region goes by another name, to correct.
 */
export function mustRememberRegion(storeFile: string, profile: string): void {
  const file = labelOf(storeFile);
  const found = existsSync(storeFile) && existsSync(file) ? readFileSync(file, 'utf8').trim() : profile;
  if (found !== profile) throw new Failure('STORE_OTHER_REGION', { found, profile, file });
}

/** Writes the region's name beside a store that is there. */
export function labelStore(storeFile: string, profile: string): void {
  if (existsSync(storeFile) && !existsSync(labelOf(storeFile))) writeFileSync(labelOf(storeFile), `${profile}\n`);
}

function labelOf(storeFile: string): string {
  return `${storeFile}.region`;
}
