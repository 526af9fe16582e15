import { readFileSync } from 'node:fs';

/** A row as the region should have it, by field name; a field left out is empty. */
export type RegionRow = Record<string, string | number | null>;

/** A region row with the table it belongs in. */
export interface Expected {
  readonly table: string;
  readonly row: RegionRow;
}

const control = new Set(['cd_operation', 'cd_time', 'cd_batch', 'data_source']);
const tables = JSON.parse(readFileSync(new URL('../../mappings/region/nmg/tables.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, { readonly fields: readonly { readonly name: string }[] }>
>;
const orders = new Map<string, readonly string[]>();
const seen = new Set<string>();

/** The business fields of a region table: `row_guid` first, then the table's own order, without the control fields. */
export function fieldsOf(table: string): readonly string[] {
  let order = orders.get(table);
  if (order === undefined) {
    const shape = tables[table];
    if (shape === undefined) throw new Error(`the region has no table ${table}`);
    order = ['row_guid', ...shape.fields.map((field) => field.name).filter((name) => name !== 'row_guid' && !control.has(name))];
    orders.set(table, order);
  }
  return order;
}

/** The row as a compact JSON array in the order of `fieldsOf`; the first row of each table is checked for misspelt fields. */
export function bodyOf(expected: Expected): string {
  const order = fieldsOf(expected.table);
  if (!seen.has(expected.table)) {
    seen.add(expected.table);
    const strange = Object.keys(expected.row).filter((name) => !order.includes(name));
    if (strange.length > 0) throw new Error(`${expected.table} has no field ${strange.join(', ')}`);
  }
  return JSON.stringify(order.map((name) => expected.row[name] ?? null));
}
