import type { TableShape } from '../contract/table-shape.ts';
import type { FieldMapping, RecordMapping, When } from '../mapping/dataset.ts';
import { columnOf, parentOf, type Rows } from './column-place.ts';
import { fieldMapping } from './field-mapping.ts';
import type { Known } from './known.ts';
import { nearest } from './nearest.ts';
import { keysAt, spotAt, textAt } from './peek.ts';
import { block, may, must } from './read-block.ts';
import { list, named, text, type Reader } from './read.ts';
import type { Spot } from './spot.ts';

/** What a record may refer to in its dataset's `from`. */
export interface From {
  readonly lookups: readonly string[];
  readonly children: readonly string[];
  /** Children of which one row begins what another ends. */
  readonly paired: readonly string[];
}

/** Reads one entry of `records`. */
export function recordMapping(from: From, known: Known): Reader<RecordMapping> {
  return (spot) => {
    const rows: Rows = { lookups: from.lookups, each: keysAt(spot).includes('each'), paired: from.paired.includes(textAt(spot, 'each') ?? '') };
    const shape = known.tables?.get(textAt(spot, 'table') ?? '');
    checkFields(spotAt(spot, 'fields'), shape);
    const found = block({
      table: must(tableOf(known)),
      each: may(childOf(from)),
      when: may(when(rows)),
      fields: must(fields(shape, rows, known)),
    })(spot);
    return found satisfies RecordMapping | undefined;
  };
}

function tableOf({ tables }: Known): Reader<string> {
  return (spot) => {
    const name = text(spot);
    if (name === undefined || tables === undefined || tables.has(name)) return name;
    return spot.mistake('TABLE_UNKNOWN', { table: name, near: nearest(name, tables.keys()) });
  };
}

function childOf({ children }: From): Reader<string> {
  return (spot) => {
    const name = text(spot);
    return name === undefined || children.includes(name) ? name : spot.mistake('CHILD_UNKNOWN', { child: name, near: nearest(name, children) });
  };
}

/** A condition on the row that fills a record. */
export function when(rows: Rows): Reader<When> {
  const condition = block({ column: may(columnOf(rows)), parent: may(parentOf(rows)), in: may(list(text)), 'not in': may(list(text)) });
  return (spot) => {
    const found = condition(spot);
    const keys = keysAt(spot);
    if (keys.includes('column') === keys.includes('parent')) return spot.mistake('ORIGIN_COUNT', { found: keys.includes('column') ? 'column、parent' : '', known: 'column、parent' });
    if (keys.includes('in') === keys.includes('not in')) return spot.mistake('ORIGIN_COUNT', { found: keys.includes('in') ? 'in、not in' : '', known: 'in、not in' });
    const place = found?.column ?? found?.parent;
    const values = found?.in ?? found?.['not in'];
    return place === undefined || values === undefined ? undefined : { place, in: found?.in !== undefined, values };
  };
}

function fields(shape: TableShape | undefined, rows: Rows, known: Known): Reader<Readonly<Record<string, FieldMapping>>> {
  return named((name, key) => (spot) => {
    const field = shape?.fields.find((one) => one.name === name);
    const table = shape?.table ?? '';
    if (shape !== undefined && known.control.includes(name)) key.mistake('FIELD_OF_DELIVERY', { table, field: name });
    else if (shape !== undefined && field === undefined) key.mistake('FIELD_UNKNOWN', { table, field: name, near: nearest(name, shape.position.keys()) });
    return fieldMapping({ field, known }, rows)(spot);
  });
}

/** A field the region insists on must come from somewhere. */
function checkFields(spot: Spot, shape: TableShape | undefined): void {
  if (spot.node === null || shape === undefined) return;
  const mapped = keysAt(spot);
  for (const { name, required, comment } of shape.fields) {
    if (required && !mapped.includes(name)) spot.mistake('FIELD_MISSING', { table: shape.table, field: name, title: comment });
  }
}
