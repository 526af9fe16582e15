import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Failure } from '../../src/record/failure.ts';

/**
 * A small file beside the store that says how far it once was. A store that is gone, empty, or further back than that is not
 * simply used: it has forgotten what the region has, and would send it as if it were new.
 */
export interface Mark {
  /** Written down after each run, and when the store is closed. */
  move(): void;
}

/** Throws where the store's file is not there although there once was one. Called before it is opened. */
export function mustBeThere(file: string): void {
  if (furthest(file) > 0 && sizeOf(file) === 0) throw new Failure('STORE_GONE', { file, mark: markFile(file) });
}

/** Throws where the store is further back than it once was. */
export function markOf(file: string, database: DatabaseSync): Mark {
  const top = database.prepare('select coalesce(max(id), 0) as top from batch');
  const now = (): number => Number(top.get()?.['top'] ?? 0);
  const [before, found] = [furthest(file), now()];
  if (found < before) throw new Failure('STORE_OLDER', { file, mark: markFile(file), before, found });
  return {
    move: () => {
      const reached = now();
      if (reached <= furthest(file)) return;
      // Renamed into place, so that a crash leaves the old one or the new one.
      writeFileSync(`${markFile(file)}.new`, `${reached}\n`, { mode: 0o600 });
      renameSync(`${markFile(file)}.new`, markFile(file));
    },
  };
}

function markFile(file: string): string {
  return `${file}.mark`;
}

function furthest(file: string): number {
  try {
    return Number(readFileSync(markFile(file), 'utf8').trim()) || 0;
  } catch {
    return 0;
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
