import type { Surroundings } from '../../console/server/world.ts';
import { statSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** What the machine says about where the memory is kept, just now. */
export function surroundingsOf(files: { readonly store: string; readonly console: string }, skewMs: number | null): Surroundings {
  return { storeBytes: sizeOf(files.store), consoleBytes: sizeOf(files.console), ...diskOf(dirname(files.store)), skewMs };
}

function sizeOf(file: string): number {
  return ['', '-wal'].reduce((sum, end) => sum + (statSync(`${file}${end}`, { throwIfNoEntry: false })?.size ?? 0), 0);
}

function diskOf(folder: string): { readonly freeBytes: number | null; readonly totalBytes: number | null } {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return { freeBytes: null, totalBytes: null };
  }
}
