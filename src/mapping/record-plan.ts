import type { Contract } from '../contract/contract.ts';
import type { TableShape, Value } from '../contract/table-shape.ts';
import type { Row } from '../record/change.ts';
import type { Child, CodeTable, Pair, RecordMapping, When } from './dataset.ts';
import { fieldReader, type FieldReader } from './field.ts';
import { endingColumn, pairRows } from './pair-rows.ts';
import { cellText, type Place } from './place.ts';

/** A mapped row, before the contract has seen it. */
export interface Draft {
  readonly table: string;
  /** In the table's order; null where there is no value. */
  readonly values: readonly Value[];
  /** Positions whose problem has been told already, so that their absence is not told again; null when there are none. */
  readonly told: ReadonlySet<number> | null;
  /** Which child row it came from, counted from 1; 0 for the main row. */
  readonly child: number;
}

/** How one region table is filled. */
export interface RecordPlan {
  readonly shape: TableShape;
  readonly each: string | null;
  /** How child rows belong together, when one begins what another ends. */
  readonly pair: Pair | null;
  readonly fits: ((place: Place) => boolean) | null;
  /** By position in the table; null where nothing is mapped. */
  readonly readers: readonly (FieldReader | null)[];
}

/** What a record's plan is made against. */
export interface Ground {
  readonly contract: Contract;
  readonly codes: Readonly<Record<string, CodeTable>>;
  readonly children: Readonly<Record<string, Child>>;
}

/** Compiles one record of a mapping. */
export function recordPlan(record: RecordMapping, { contract, codes, children }: Ground): RecordPlan {
  const shape = contract.shape(record.table);
  const readers = shape.fields.map((field) => {
    const mapping = Object.hasOwn(record.fields, field.name) ? record.fields[field.name] : undefined;
    return mapping === undefined ? null : fieldReader(mapping, { table: record.table, field, codes });
  });
  const pair = record.each === undefined ? null : (children[record.each]?.pair ?? null);
  return { shape, each: record.each ?? null, pair, fits: record.when === undefined ? null : condition(record.when), readers };
}

/** Reads every field of one row; a looked-up row that is missing is noted in `missing` with whether a value is needed from it. */
export function draft(plan: RecordPlan, place: Place, missing: Map<string, boolean>): Draft {
  const { readers, shape } = plan;
  const values: Value[] = [];
  let told: Set<number> | null = null;
  for (let at = 0; at < readers.length; at += 1) {
    const read = readers[at];
    const value = read === null || read === undefined ? null : read(place);
    values.push(value);
    if (place.missed !== null) {
      if (value === null) missing.set(place.missed, missing.get(place.missed) === true || shape.fields[at]?.required === true);
      place.failed = place.failed || value === null;
      place.missed = null;
    }
    if (place.failed) {
      (told ??= new Set()).add(at);
      place.failed = false;
    }
  }
  return { table: shape.table, values, told, child: 0 };
}

/** The rows that fill the plan's table. */
export function rowsOf(plan: RecordPlan, place: Place): readonly Row[] {
  if (plan.each === null) return [place.change.row];
  const rows = place.change.children[plan.each] ?? [];
  return plan.pair === null ? rows : pairRows(plan.pair, rows);
}

function condition({ place: { of, column: written, lookup }, in: inside, values }: When): (place: Place) => boolean {
  const known = new Set(values);
  const column = of === 'ending' ? endingColumn(written) : written;
  return (place) => {
    const row = of === 'row' || of === 'ending' ? place.row : of === 'main' ? place.change.row : place.change.lookups[lookup];
    const text = row === undefined ? null : cellText(row[column], column);
    return (text !== null && known.has(text.trim())) === inside;
  };
}
