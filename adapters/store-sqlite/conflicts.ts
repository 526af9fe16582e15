import type { Conflict } from '../../src/port/inbound.ts';
import type { Row } from '../../src/record/change.ts';
import type { Desk } from './desk.ts';

type ConflictRow = Omit<Conflict, 'row'> & { readonly row: string };

const select = `select id, resource, key, tbl as "table", row, col as "column", agreed, county, region, state, by, why,
  opened_at as "openedAt", decided_at as "decidedAt", county_moved as "countyMoved", region_moved as "regionMoved" from conflict`;

/** The oldest first: a person works them off in that order. */
export function conflictsOf(desk: Desk, state: 'open' | 'all', limit: number): readonly Conflict[] {
  return desk.all<ConflictRow>(`${select} where ?1 = 'all' or state = 'open' order by id limit ?2`, state, limit).map(toConflict);
}

export function conflictById(desk: Desk, id: number): Conflict | null {
  const [row] = desk.all<ConflictRow>(`${select} where id = ?`, id);
  return row === undefined ? null : toConflict(row);
}

function toConflict(row: ConflictRow): Conflict {
  return { ...row, row: JSON.parse(row.row) as Row };
}
