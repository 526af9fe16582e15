import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SiteFiles } from '../../src/config/files.ts';
import { readTree, root } from '../house/tree.ts';

/** A site's files in memory, to be written while somebody reads them. */
export class FilesInMemory implements SiteFiles {
  readonly texts: Map<string, string>;

  constructor(texts: ReadonlyMap<string, string>) {
    this.texts = new Map(texts);
  }

  /** A path with a NUL is refused as the disk would refuse it. */
  read = async (path: string): Promise<string | null> => {
    if (path.includes('\0')) throw Object.assign(new TypeError('path'), { code: 'ERR_INVALID_ARG_VALUE' });
    return this.texts.get(path) ?? null;
  };

  list = async (path: string): Promise<readonly string[]> =>
    [...this.texts.keys()].filter((file) => dirname(file) === path).map((file) => file.slice(path.length + 1)).toSorted();

  /** Writes a piece of a file differently; the piece must be there. */
  change(file: string, from: string, to: string): void {
    const text = this.texts.get(file) ?? '';
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    this.texts.set(file, text.replace(from, () => to));
  }
}

/** The model site's files. */
export function modelFiles(): FilesInMemory {
  const under = 'test/fixtures/site/';
  return new FilesInMemory(new Map([...readTree(['test/fixtures/site'], ['.yaml', '.json'])].map(([path, text]) => [path.slice(under.length), text])));
}

/** The shipped site's files. */
export function shippedFiles(): FilesInMemory {
  return new FilesInMemory(new Map([
    ...['gateway.yaml', 'calendar.yaml'].map((file): [string, string] => [file, readFileSync(`${root}/${file}`, 'utf8')]),
    ...readTree(['mappings', 'jobs'], ['.yaml', '.json']),
  ]));
}
