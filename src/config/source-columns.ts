import type { FieldShape, TableShape } from '../contract/table-shape.ts';
import type { TableDescription } from '../port/source.ts';
import { unfit } from './column-type.ts';
import { plainName } from './identifier.ts';
import type { Known } from './known.ts';
import { nearest } from './nearest.ts';
import { itemsAt, keysAt, pairsAt, spotAt, textAt } from './peek.ts';
import type { Spot } from './spot.ts';

type Table = TableDescription | undefined;

/** The rows a record may read from; a table that is not known is not checked against. `ending` is the row that ends a pair. */
interface Rows {
  readonly ending: Table;
  readonly row: Table;
  readonly main: Table;
  readonly lookups: ReadonlyMap<string, Table>;
}

/** Notes tables and columns of a mapping that its source does not have, and columns whose type can never fill the region's field. */
export function checkColumns(dataset: Spot, { described, tables }: Pick<Known, 'described' | 'tables'>): void {
  const source = described.get(textAt(dataset, 'source') ?? '');
  if (source === undefined) return;
  const from = spotAt(dataset, 'from');
  const main = tableAt(spotAt(from, 'table'), source);
  for (const key of ['key', 'time']) checkColumn(spotAt(from, key), main);
  for (const list of ['where', 'gone']) for (const { key } of pairsAt(from, list)) checkColumn(key, main);
  const lookups = new Map(pairsAt(from, 'lookups').map(({ name, value }) => {
    const table = tableAt(spotAt(value, 'table'), source);
    checkColumn(spotAt(value, 'key'), table);
    checkColumn(spotAt(value, 'by'), main);
    return [name, table];
  }));
  const children = new Map(pairsAt(from, 'children').map(({ name, value }) => {
    const table = tableAt(spotAt(value, 'table'), source);
    for (const column of [spotAt(value, 'parent'), spotAt(value, 'pair', 'column'), ...itemsAt(value, 'order')]) checkColumn(column, table);
    checkColumn(spotAt(value, 'by'), main);
    return [name, table];
  }));
  for (const record of itemsAt(dataset, 'records')) {
    const each = textAt(record, 'each');
    const row = each === undefined ? main : children.get(each);
    const ending = keysAt(from, 'children', each ?? '').includes('pair') ? row : undefined;
    checkRecord(record, { main, lookups, row, ending }, tables?.get(textAt(record, 'table') ?? ''));
  }
}

/** The county's table of this name; databases differ in whether its capitals matter, columns are read by their exact names. */
function tableAt(spot: Spot, source: readonly TableDescription[]): Table {
  const name = textAt(spot);
  if (name === undefined || !plainName.test(name)) return undefined;
  const found = source.find(({ table }) => table === name) ?? source.find(({ table }) => table.toLowerCase() === name.toLowerCase());
  return found ?? spot.mistake('SOURCE_TABLE_UNKNOWN', { table: name, near: nearest(name, source.map(({ table }) => table)) });
}

function checkColumn(spot: Spot, table: Table, written = textAt(spot)): TableDescription['columns'][number] | undefined {
  if (table === undefined || written === undefined || !plainName.test(written)) return undefined;
  const found = table.columns.find(({ name }) => name === written);
  return found ?? spot.mistake('SOURCE_COLUMN_UNKNOWN', { column: written, table: table.table, near: nearest(written, table.columns.map(({ name }) => name)) });
}

function checkRecord(record: Spot, rows: Rows, shape: TableShape | undefined): void {
  checkPlace(spotAt(record, 'when'), rows);
  for (const { name, value } of pairsAt(record, 'fields')) checkField(value, rows, shape?.fields.find((field) => field.name === name));
}

function checkField(spot: Spot, rows: Rows, field: FieldShape | undefined): void {
  const column = checkPlace(spot, rows);
  const keys = keysAt(spot);
  if (column !== undefined && field !== undefined && !keys.includes('code') && unfit(column.type, field.type, keys.includes('date'))) {
    spotAt(spot, keys.includes('column') ? 'column' : 'parent').mistake('SOURCE_TYPE_UNFIT', { column: column.name, found: column.type, field: field.name, type: field.type });
  }
  for (const kind of ['join', 'first']) for (const part of itemsAt(spot, kind)) checkField(part, rows, kind === 'first' ? field : undefined);
  for (const { value } of pairsAt(spot, 'with')) checkField(value, rows, undefined);
}

/** What `column:` or `parent:` of a field or a condition refers to. */
function checkPlace(spot: Spot, { row, main, lookups, ending }: Rows): ReturnType<typeof checkColumn> {
  for (const [key, own] of [['column', row], ['parent', main]] as const) {
    const at = spotAt(spot, key);
    const [first, second] = textAt(at)?.split('.') ?? [];
    if (first !== undefined) return second === undefined ? checkColumn(at, own, first) : checkColumn(at, lookups.get(first) ?? (first === 'ending' ? ending : undefined), second);
  }
  return undefined;
}
