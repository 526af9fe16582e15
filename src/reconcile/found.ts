import type { ToldRow } from '../port/compare.ts';
import type { OurRow } from '../port/digests.ts';

/** A row on which both sides disagree, before it is known why. */
export interface Found {
  readonly table: string;
  readonly rowGuid: string;
  readonly ours: OurRow | null;
  /** Digest of each copy at the region, the oldest first; null where it tells none. */
  readonly theirs: readonly (string | null)[];
}

/** Rows of both sides under one roof, matched by row_guid; what agrees is left out. A digest the region does not tell disagrees with nothing. */
export function matched(table: string, ours: readonly OurRow[], theirs: readonly ToldRow[]): readonly Found[] {
  const copies = new Map<string, (string | null)[]>();
  for (const { rowGuid, digest } of theirs) {
    const known = copies.get(rowGuid);
    if (known === undefined) copies.set(rowGuid, [digest]);
    else known.push(digest);
  }
  const found: Found[] = [];
  for (const row of ours) {
    const there = copies.get(row.rowGuid) ?? [];
    copies.delete(row.rowGuid);
    const same = there.length === 1 && (there[0] === null || there[0] === row.digest);
    if (!same) found.push({ table, rowGuid: row.rowGuid, ours: row, theirs: there });
  }
  for (const [rowGuid, there] of copies) found.push({ table, rowGuid, ours: null, theirs: there });
  return found;
}
