import type { Index } from '../../src/port/source.ts';
import type { Row } from '../../src/record/change.ts';

/** Indexes by table from rows of one column each, in the index's order: table, index, column, unique. */
export function indexesFrom(columns: readonly Row[]): Readonly<Record<string, readonly Index[]>> {
  const byTable = Map.groupBy(columns, (row) => String(row['table']));
  return Object.fromEntries([...byTable].map(([table, of]) => {
    const byIndex = Map.groupBy(of, (row) => String(row['index']));
    return [table, [...byIndex.values()].map((rows) => ({ columns: rows.map((row) => String(row['column'])), unique: Number(rows[0]?.['unique']) === 1 }))];
  }));
}
