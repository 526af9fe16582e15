import type { Row } from '../record/change.ts';
import type { Pair } from './dataset.ts';

/** The name under which a pair's row carries a column of the row that ends it. */
export function endingColumn(column: string): string {
  return `ending.${column}`;
}

/**
 * One row for each pair, in the order read. What was begun and not ended has no value in the ending's columns, and what
 * ended without a beginning has none in its own: the region's required fields then tell it, nothing is left out.
 */
export function pairRows({ column, begins, ends }: Pair, rows: readonly Row[]): readonly Row[] {
  const pairs: { readonly begun: Row | null; ended: Row | null }[] = [];
  let open: (typeof pairs)[number] | null = null;
  for (const row of rows) {
    const mark = String(row[column] ?? '').trim();
    if (begins.includes(mark)) {
      open = { begun: row, ended: null };
      pairs.push(open);
    } else if (ends.includes(mark)) {
      if (open === null) pairs.push({ begun: null, ended: row });
      else open.ended = row;
      open = null;
    }
  }
  return pairs.map(({ begun, ended }) => merged(begun, ended));
}

function merged(begun: Row | null, ended: Row | null): Row {
  const names = Object.keys(begun ?? ended ?? {});
  return Object.fromEntries(names.flatMap((name) => [[name, begun?.[name] ?? null], [endingColumn(name), ended?.[name] ?? null]]));
}
