import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How the site's files are reached; paths are from the site's directory, with `/`. */
export interface SiteFiles {
  /** The text of a file, or null when there is none. */
  readonly read: (path: string) => Promise<string | null>;
  /** Names in a directory, sorted; none when there is no such directory. */
  readonly list: (path: string) => Promise<readonly string[]>;
}

/** The files under a directory of this machine. */
export function filesUnder(dir: string): SiteFiles {
  return {
    read: (path) => orIfAbsent(readFile(join(dir, path), 'utf8'), null),
    list: async (path) => (await orIfAbsent(readdir(join(dir, path)), [])).toSorted(),
  };
}

async function orIfAbsent<T, A>(reading: Promise<T>, absent: A): Promise<T | A> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return absent;
    throw error;
  }
}
