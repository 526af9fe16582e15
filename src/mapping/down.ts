import type { Decide, Owner } from '../record/issued.ts';
import type { CodeTable, RecordMapping } from './dataset.ts';

/** One table of the county that a record of the region fills: the language of mappings, read the other way. */
export interface DownRecord extends RecordMapping {
  /** Columns among `fields` that name the row. */
  readonly key: readonly string[];
  /** Columns without which a row must not be entered. */
  readonly required: readonly string[];
  /** False: only rows that are there are changed, none is entered. */
  readonly enters: boolean;
  /** By column; a column not named is the region's. */
  readonly owners: Readonly<Record<string, Owner>>;
  /** By shared column: who is right when both changed it. */
  readonly decide: Readonly<Record<string, Decide>>;
  /** Column that takes the moment of every write, as the county's own system does, so that its changes are seen. */
  readonly stamp?: { readonly column: string; readonly write: string };
}

/** Rows of a county's table whose column `key` holds what a record's field `by` says. */
export interface PointedAt {
  readonly table: string;
  readonly key: string;
  readonly by: string;
}

/** One resource of the region: what its records mean at the county. */
export interface DownMapping {
  readonly resource: string;
  readonly title: string;
  /** Name of the sink its rows go to. */
  readonly sink: string;
  readonly from: {
    /** Fields that are objects, and fields that are lists of objects. */
    readonly objects: readonly string[];
    readonly lists: readonly string[];
    /** Rows of the county that a record points to: the first whose `key` holds what the record's field `by` says. */
    readonly lookups: Readonly<Record<string, PointedAt>>;
    /** All rows of the county that a record is about, however many, for records with `each`: those whose `key` holds what the record's field `by` says. */
    readonly rows: Readonly<Record<string, PointedAt>>;
  };
  /** The dataset by which the county reports the same rows, and its tables in which the region has the record when it issues it. */
  readonly up?: { readonly dataset: string; readonly has: readonly string[] };
  readonly records: readonly DownRecord[];
  /** Code tables by name, already turned: the region's code in `from`. */
  readonly codes: Readonly<Record<string, CodeTable>>;
}
