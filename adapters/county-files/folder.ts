import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../src/port/clock.ts';
import type { FilesSetting } from '../../src/port/source-setting.ts';
import { Failure } from '../../src/record/failure.ts';

/** A file that is whole, told from others by its name and what is in it. */
export interface WholeFile {
  readonly name: string;
  readonly path: string;
  /** First 16 hex digits of the SHA-256 of its bytes. */
  readonly hash: string;
}

/** Whoever brings files into the folder from elsewhere, and puts them away there too. */
export interface Carrier {
  bring(): Promise<void>;
  putAway(file: Pick<WholeFile, 'name' | 'hash'>): Promise<void>;
}

/** The county's folder, and beside it the one for files that have been taken. */
export class Folder {
  readonly #setting: FilesSetting;
  readonly #clock: Clock;
  readonly #carrier: Carrier | null;
  readonly #hashes = new Map<string, string>();

  constructor(setting: FilesSetting, clock: Clock, carrier: Carrier | null = null) {
    this.#setting = setting;
    this.#clock = clock;
    this.#carrier = carrier;
  }

  /** Lets come what waits elsewhere. */
  async bring(): Promise<void> {
    await this.#carrier?.bring();
  }

  /** Whole files of a pattern that have not been taken, by name. */
  async waiting(pattern: string): Promise<readonly WholeFile[]> {
    return (await this.#there(pattern)).filter((file) => !file.taken);
  }

  /** Files that lie here again although the same name with the same content has been taken. */
  async repeated(pattern: string): Promise<readonly WholeFile[]> {
    return (await this.#there(pattern)).filter((file) => file.taken);
  }

  async #there(pattern: string): Promise<readonly (WholeFile & { readonly taken: boolean })[]> {
    const { folder, done } = this.#setting;
    const names = await namesIn(folder);
    const taken = new Set(await namesIn(done, []));
    const files: (WholeFile & { readonly taken: boolean })[] = [];
    for (const name of names.filter((one) => starOf(pattern, one) !== null).toSorted()) {
      if (!await this.#whole(name, names)) continue;
      const file = await this.#identified(folder, name);
      files.push({ ...file, taken: taken.has(doneName(file)) });
    }
    return files;
  }

  /** Files of a pattern that have been taken, the oldest first. */
  async taken(pattern: string): Promise<readonly WholeFile[]> {
    const { done } = this.#setting;
    const files: WholeFile[] = [];
    for (const kept of (await namesIn(done, [])).toSorted()) {
      const [, name = '', hash = ''] = /^(.*)\.([0-9a-f]{16})$/.exec(kept) ?? [];
      if (starOf(pattern, name) !== null) files.push({ name, hash, path: join(done, kept) });
    }
    return files;
  }

  /** Puts a taken file away, with the flag beside it, here and where it came from; one that is not there any more has been put away before. */
  async putAway(file: Pick<WholeFile, 'name' | 'hash'>): Promise<void> {
    await this.#putAwayHere(file);
    await this.#carrier?.putAway(file);
  }

  async #putAwayHere({ name, hash }: Pick<WholeFile, 'name' | 'hash'>): Promise<void> {
    const { folder, done, complete } = this.#setting;
    const from = join(folder, name);
    try {
      if ((await this.#identified(folder, name)).hash !== hash) return;
      await mkdir(done, { recursive: true });
      await rename(from, join(done, doneName({ name, hash })));
      if (complete.by === 'flag') await rename(from + complete.ending, join(done, `${doneName({ name, hash })}${complete.ending}`));
    } catch (cause) {
      const code = codeOf(cause);
      if (code !== 'ENOENT') throw new Failure('FILE_NOT_MOVED', { file: from, reason: code });
    }
  }

  async #whole(name: string, names: readonly string[]): Promise<boolean> {
    const { complete, folder } = this.#setting;
    if (complete.by === 'flag') return !name.endsWith(complete.ending) && names.includes(name + complete.ending);
    const { mtimeMs } = await stat(join(folder, name));
    return this.#clock.wallMs() - mtimeMs >= complete.seconds * 1000;
  }

  /** Its bytes are read once for each size and time of change. */
  async #identified(folder: string, name: string): Promise<WholeFile> {
    const path = join(folder, name);
    const { size, mtimeMs, ino } = await stat(path);
    const seen = [name, size, mtimeMs, ino].join('|');
    const hash = this.#hashes.get(seen) ?? await hashOf(path);
    this.#hashes.set(seen, hash);
    return { name, path, hash };
  }
}

/** What stands for the `*` of a pattern in a name; null when the name does not fit it. */
export function starOf(pattern: string, name: string): string | null {
  const at = pattern.indexOf('*');
  if (at < 0) return name === pattern ? '' : null;
  const [before, after] = [pattern.slice(0, at), pattern.slice(at + 1)];
  const fits = name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
  return fits ? name.slice(before.length, name.length - after.length) : null;
}

function doneName({ name, hash }: Pick<WholeFile, 'name' | 'hash'>): string {
  return `${name}.${hash}`;
}

/** First 16 hex digits of the SHA-256 of a file's bytes. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex').slice(0, 16);
}

async function namesIn(folder: string, absent?: readonly string[]): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  } catch (cause) {
    if (absent !== undefined && codeOf(cause) === 'ENOENT') return absent;
    throw new Failure('SOURCE_AWAY', { source: folder, reason: codeOf(cause) });
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'UNKNOWN';
}
