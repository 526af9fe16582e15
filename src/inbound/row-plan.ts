import type { DownRow } from '../mapping/map-down.ts';
import type { ConflictNote } from '../port/inbound.ts';
import type { Write } from '../port/sink.ts';
import type { Row } from '../record/change.ts';
import { merge } from './merge.ts';

/** What one record wants of one row of the county. */
export interface RowPlan {
  /** Null: the row stays as it is. */
  readonly write: Write | null;
  readonly agreed: Readonly<Record<string, string | null>>;
  readonly conflicts: readonly Pick<ConflictNote, 'column' | 'agreed' | 'county' | 'region' | 'state' | 'by' | 'why'>[];
}

/** What is known of the row. */
export interface Around {
  /** The county's row as it stands; undefined: there is none. Null: the sink cannot be read. */
  readonly current: Row | undefined | null;
  /** By column; undefined: the record never filled this row. */
  readonly agreed: Readonly<Record<string, string | null>> | undefined;
  /** The county has proven, by its mark, that the record was applied: what differs now was changed there since. */
  readonly applied: boolean;
  /** The moment to write into the stamp column, in the form it wants. */
  readonly stamp: (write: string) => string;
}

/** Decides a row: entered, changed in the columns that are the region's to change, or left alone. Pure. */
export function planRow(row: DownRow, around: Around): RowPlan {
  const { current, applied, agreed } = around;
  if (current === null) return entered(row, around);
  if (current === undefined) return applied || agreed !== undefined || !row.record.enters ? { write: null, agreed: agreed ?? {}, conflicts: [] } : entered(row, around);
  return changed(row, current, around);
}

function entered(row: DownRow, around: Around): RowPlan {
  return { write: { kind: 'insert', table: row.record.table, key: row.key, set: { ...row.values, ...stamped(row, around) } }, agreed: row.values, conflicts: [] };
}

function changed(row: DownRow, current: Row, around: Around): RowPlan {
  const { record, values } = row;
  const set: Record<string, string | null> = {};
  const expect: Record<string, Row[string]> = {};
  const agreed: Record<string, string | null> = {};
  const conflicts: RowPlan['conflicts'][number][] = [];
  for (const [column, region] of Object.entries(values)) {
    const owner = record.owners[column] ?? 'region';
    const county = textOf(current[column]);
    const before = around.agreed?.[column] ?? (around.applied && around.agreed === undefined ? region : around.agreed === undefined ? undefined : null);
    const merged = merge(owner, record.decide[column] ?? 'ask', { agreed: before, county, region });
    if (merged.agreed !== undefined) agreed[column] = merged.agreed;
    if (merged.take === 'region' && !(around.applied && owner === 'region')) {
      set[column] = region;
      expect[column] = current[column] ?? null;
    }
    const told = { column, agreed: before ?? null, county, region };
    if (merged.take === 'conflict') conflicts.push({ ...told, state: 'open', by: null, why: null });
    else if (merged.ruled !== undefined) conflicts.push({ ...told, state: merged.ruled, by: 'rule', why: null });
    else if (owner === 'shared') conflicts.push({ ...told, state: 'settled', by: null, why: null });
  }
  if (Object.keys(set).length === 0) return { write: null, agreed, conflicts };
  return { write: { kind: 'update', table: record.table, key: row.key, set: { ...set, ...stamped(row, around) }, expect }, agreed, conflicts };
}

function stamped({ record }: DownRow, { stamp }: Around): Readonly<Record<string, string>> {
  return record.stamp === undefined ? {} : { [record.stamp.column]: stamp(record.stamp.write) };
}

/** A county's cell as the region's values are compared with it: no value is no value, however it is written. */
export function textOf(cell: Row[string] | undefined): string | null {
  return cell === undefined || cell === null || cell === '' ? null : String(cell);
}
