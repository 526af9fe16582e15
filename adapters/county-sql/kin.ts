import type { ChildSelection, LookupSelection, Selection } from '../../src/port/source.ts';
import type { Change, Row } from '../../src/record/change.ts';
import type { Mark } from './position.ts';

/** Finds the rows that belong to others; rows of another key than asked for do no harm. */
export interface KinFinder {
  readonly children: (child: ChildSelection, parents: readonly Mark[]) => Promise<readonly Row[]>;
  readonly lookups: (lookup: LookupSelection, keys: readonly Mark[]) => Promise<readonly Row[]>;
}

/** Joins rows with those that belong to them, asking once per kind of kin. */
export async function withKin(selection: Selection, rows: readonly Row[], find: KinFinder): Promise<readonly Change[]> {
  const kin: { readonly child: ChildSelection; readonly by: string; readonly byParent: Map<string, Row[]> }[] = [];
  for (const child of selection.children) {
    const by = child.by ?? selection.key;
    kin.push({ child, by, byParent: grouped(await find.children(child, marksOf(rows, by)), child.parent) });
  }
  const targets: { readonly lookup: LookupSelection; readonly byKey: Map<string, Row[]> }[] = [];
  for (const lookup of selection.lookups) targets.push({ lookup, byKey: grouped(await find.lookups(lookup, marksOf(rows, lookup.by)), lookup.key) });
  return rows.map((row) => {
    const key = String(row[selection.key]);
    const children: Record<string, readonly Row[]> = {};
    for (const { child, by, byParent } of kin) children[child.name] = byParent.get(String(row[by])) ?? [];
    const lookups: Record<string, Row | undefined> = {};
    const ambiguous: string[] = [];
    for (const { lookup, byKey } of targets) {
      const [only, ...others] = byKey.get(String(row[lookup.by])) ?? [];
      lookups[lookup.name] = others.length === 0 ? only : undefined;
      if (others.length > 0) ambiguous.push(lookup.name);
    }
    return { state: 'present', key, row, children, lookups, ...(ambiguous.length === 0 ? {} : { ambiguous }) };
  });
}

function marksOf(rows: readonly Row[], column: string): readonly Mark[] {
  return [...new Set(rows.map((row) => row[column] ?? null).filter((value) => value !== null))];
}

function grouped(rows: readonly Row[], column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = String(row[column]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
