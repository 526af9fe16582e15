import type { Conflict } from '../port/inbound.ts';
import type { Selection } from '../port/source.ts';
import type { Change, Row } from '../record/change.ts';
import type { Mapped } from '../record/envelope.ts';

/**
 * While a column is contested each side keeps its own value: the record goes up as if the county said there what the region
 * says, so everything else of it may travel and nobody is overruled before somebody has decided.
 */
export function undecided(examine: (change: Change) => Mapped, selection: Pick<Selection, 'table' | 'key'>, conflicts: readonly Conflict[]): (change: Change) => Mapped {
  const contested = new Map<string, Row>();
  for (const { table, row, column, region } of conflicts) {
    const key = row[selection.key];
    if (table === selection.table && key !== undefined) contested.set(String(key), { ...contested.get(String(key)), [column]: region });
  }
  if (contested.size === 0) return examine;
  return (change) => {
    const columns = change.state === 'present' ? contested.get(change.key) : undefined;
    return columns === undefined || change.state === 'gone' ? examine(change) : examine({ ...change, row: { ...change.row, ...columns } });
  };
}
