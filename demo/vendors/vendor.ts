import type { CaseTruth } from '../county/case-compose.ts';
import type { Dataset } from '../county/dataset.ts';
import type { Outcome } from '../county/dirt.ts';
import type { ItemTruth } from '../county/item-compose.ts';
import type { LicenceTruth } from '../county/licence-compose.ts';
import type { Expected, RegionRow } from '../county/region-row.ts';
import type { CountyRow, TableShape } from '../county/schema.ts';

/** A record as a vendor's tables hold it, and the region's rows that follow from it. */
export interface Written {
  readonly county: readonly (readonly [table: string, row: CountyRow])[];
  readonly expected: readonly Expected[];
}

/** One kind of dirt and what should become of a record that has it. */
export interface VendorDirt {
  readonly dataset: Dataset;
  readonly kind: string;
  readonly outcome: Outcome;
  readonly code: string | null;
  /** Spoils the rows of a right record; may add rows. */
  readonly soil: (rows: (readonly [table: string, row: CountyRow])[]) => void;
}

/** A vendor's shape of a county: its tables, and how it writes what is right down. */
export interface Vendor {
  readonly name: string;
  readonly tables: readonly TableShape[];
  /** Rows that stand before any record: organisations, kinds of licences. */
  readonly ground: readonly (readonly [table: string, row: CountyRow])[];
  readonly item: (truth: ItemTruth) => Written;
  readonly case: (truth: CaseTruth, licence: LicenceTruth) => Written;
  readonly licence: (truth: LicenceTruth) => Written;
  readonly dirt: readonly VendorDirt[];
}

/** Column → the region field it holds, with the vendor's own code for each of the region's where it has some. */
export type Columns = Readonly<Record<string, string | readonly [field: string, codes: Readonly<Record<string, string>>, separator?: string]>>;

/** Columns of a vendor's row, written from a region's row; a code the vendor has no word for is a mistake in the generator. */
export function written(row: RegionRow, columns: Columns): CountyRow {
  return Object.fromEntries(Object.entries(columns).map(([column, source]) => {
    if (typeof source === 'string') return [column, row[source] ?? null];
    const [field, codes, separator] = source;
    const value = row[field] ?? null;
    if (value === null) return [column, null];
    const parts = separator === undefined ? [String(value)] : String(value).split(',');
    return [column, parts.map((part) => codes[part] ?? missing(column, part)).join(separator ?? '')];
  }));
}

/** The region's row with what this vendor's tables cannot say left out or said otherwise. */
export function except(row: RegionRow, change: RegionRow): RegionRow {
  return { ...row, ...change };
}

/** Each code for itself, for a vendor that writes as the region does. */
export function same(...codes: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(codes.map((code) => [code, code]));
}

/** A table by its column names; see `TableShape`. */
export function table(name: string, title: string, columns: string): TableShape {
  return { name, title, columns: columns.trim().split(/\s+/), indexes: [] };
}

/** The first row of a table among a record's rows. */
export function rowIn(rows: readonly (readonly [table: string, row: CountyRow])[], name: string): CountyRow {
  const found = rows.find(([one]) => one === name);
  if (found === undefined) throw new Error(`the record has no row in ${name}`);
  return found[1];
}

function missing(column: string, code: string): never {
  throw new Error(`no code for ${code} in ${column}`);
}
