import { hash } from 'node:crypto';
import type { SiteFiles } from './files.ts';
import type { Mistake } from './mistake.ts';
import type { Reader } from './read.ts';
import { openSheet, type Env, type Spot } from './spot.ts';

/** One reading of a site: its files, the mistakes met so far, and what was read, for the version. */
export class Reading {
  readonly mistakes: Mistake[] = [];
  readonly #files: SiteFiles;
  readonly #env: Env;
  readonly #read = new Map<string, string>();

  constructor(files: SiteFiles, env: Env) {
    this.#files = files;
    this.#env = env;
  }

  /** A file that must be there. */
  async text(file: string): Promise<string | undefined> {
    const text = await this.#found(file);
    if (text === undefined) return undefined;
    this.#read.set(file, text);
    const garbled = text.indexOf('\ufffd');
    if (garbled < 0) return text;
    const before = text.slice(0, garbled).split('\n');
    this.mistakes.push({ file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, code: 'FILE_NOT_UTF8', facts: { file } });
    return undefined;
  }

  async #found(file: string): Promise<string | undefined> {
    try {
      const text = await this.#files.read(file);
      if (text !== null) return text;
      this.mistakes.push({ file, line: 1, column: 1, code: 'FILE_MISSING', facts: { file } });
    } catch (cause) {
      const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
      this.mistakes.push({ file, line: 1, column: 1, code: 'FILE_UNREADABLE', facts: { file, reason } });
    }
    return undefined;
  }

  /** The root of a YAML file; with `filled`, `${NAME}` in it is taken from the environment. */
  async root(file: string, filled: 'filled' | 'as-written' = 'as-written'): Promise<Spot | undefined> {
    const text = await this.text(file);
    return text === undefined ? undefined : openSheet(text, { file, mistakes: this.mistakes, ...(filled === 'filled' ? { env: this.#env } : {}) });
  }

  /** What a YAML file says, by its reader. */
  async file<T>(file: string, reader: Reader<T>, filled: 'filled' | 'as-written' = 'as-written'): Promise<T | undefined> {
    const root = await this.root(file, filled);
    return root === undefined ? undefined : reader(root);
  }

  /** The root of a YAML file that need not be there and that no record is made by: it is no part of the version. */
  async aside(file: string, filled: 'filled' | 'as-written' = 'as-written'): Promise<Spot | undefined> {
    const there = await this.#files.read(file).catch(() => null);
    if (there === null) return undefined;
    const root = await this.root(file, filled);
    this.#read.delete(file);
    return root;
  }

  /** The roots of every YAML file in a directory, in the order of their names. */
  async roots(directory: string): Promise<readonly (Spot | undefined)[]> {
    const names = (await this.#listed(directory)).filter((name) => /\.ya?ml$/.test(name));
    return Promise.all(names.map((name) => this.root(`${directory}/${name}`)));
  }

  /** The same of files that no record is made by: they are no part of the version. */
  async asides(directory: string): Promise<readonly (Spot | undefined)[]> {
    const roots = await this.roots(directory);
    for (const file of this.#read.keys()) if (file.startsWith(`${directory}/`)) this.#read.delete(file);
    return roots;
  }

  async #listed(directory: string): Promise<readonly string[]> {
    try {
      return await this.#files.list(directory);
    } catch (cause) {
      const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
      this.mistakes.push({ file: directory, line: 1, column: 1, code: 'FILE_UNREADABLE', facts: { file: directory, reason } });
      return [];
    }
  }

  /** First 16 hex digits of the SM3 over the files read, by name. */
  version(): string {
    const files = [...this.#read].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return hash('sm3', files.map(([file, text]) => `${file}\n${hash('sm3', text)}\n`).join('')).slice(0, 16);
  }
}
