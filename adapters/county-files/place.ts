import type { Cursor } from '../../src/record/cursor.ts';

/** A file by name and content. */
export interface FileMark {
  readonly name: string;
  readonly hash: string;
}

/** Where reading stands: files read to their end since the last ones were put away, and within one file how many rows. */
export interface Place {
  readonly read: readonly FileMark[];
  readonly within: (FileMark & { readonly rows: number }) | null;
  /** Whether this is the place within a run; only a place from an earlier run proves that what was read has been kept. */
  readonly running: boolean;
}

export function readPlace(cursor: Cursor | null): Place {
  if (cursor === null) return { read: [], within: null, running: false };
  const { read = [], within = null, running = false } = JSON.parse(cursor) as Partial<Place>;
  return { read, within, running };
}

/** The two cursors of a page: the one to keep, and the one to go on with in this run. */
export function cursorsOf(place: Omit<Place, 'running'>): { readonly cursor: Cursor; readonly resume: Cursor } {
  const { read, within } = place;
  return { cursor: JSON.stringify({ read, within }), resume: JSON.stringify({ read, within, running: true }) };
}

export function sameFile(one: FileMark, other: FileMark): boolean {
  return one.name === other.name && one.hash === other.hash;
}
