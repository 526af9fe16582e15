import type { Change, Row } from '../record/change.ts';
import type { Cursor } from '../record/cursor.ts';

/** What a mapping asks of a county's tables: named columns only, nothing else is read. */
export interface Selection {
  readonly table: string;
  /** Primary key column. */
  readonly key: string;
  /** Column that moves when the row changes; absent when the table has none (then only sweeps find changes). */
  readonly time?: string;
  readonly columns: readonly string[];
  /** Only rows whose column has one of these values are published. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  readonly children: readonly ChildSelection[];
  readonly lookups: readonly LookupSelection[];
}

export interface ChildSelection {
  readonly name: string;
  readonly table: string;
  /** Column of the child that holds the parent's key, or the parent's column named by `by`. */
  readonly parent: string;
  /** Column of the main row that `parent` points to; absent: its key. */
  readonly by?: string;
  readonly columns: readonly string[];
  readonly order: readonly string[];
}

export interface LookupSelection {
  readonly name: string;
  readonly table: string;
  readonly key: string;
  /** Column of the main row that holds the looked-up key. */
  readonly by: string;
  readonly columns: readonly string[];
}

export interface Page {
  readonly changes: readonly Change[];
  /** Where a later run goes on. Keep it only together with the changes. */
  readonly cursor: Cursor;
  /** Where the next page of this run begins: beyond rows stamped in the future, which the kept cursor never passes. */
  readonly resume: Cursor;
  /** True when nothing was left behind this page at the time of reading. */
  readonly caughtUp: boolean;
}

/** A county's tables, read only. */
export interface Source {
  /** Rows changed since the cursor, oldest first by (time, key). */
  changes(selection: Selection, cursor: Cursor | null, limit: number): Promise<Page>;
  /** The cursor so many minutes earlier: a transaction that commits late carries an older timestamp. */
  rewind(cursor: Cursor, minutes: number): Cursor;
  /** Every row in key order, for the sweep that finds silent updates and deletions. */
  sweep(selection: Selection, cursor: Cursor | null, limit: number): Promise<Page>;
  /** One record by its key, for a second look; absent when the county has no such row. */
  one(selection: Selection, key: string): Promise<Change>;
  /** Columns by table, with the type the engine declares. */
  describe(): Promise<readonly TableDescription[]>;
  /** A few rows of a table with all their columns, in no order; personal data is in them, so they are never shown as they are. */
  sample(table: string, limit: number): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export interface TableDescription {
  readonly table: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly nullable: boolean }[];
}

export type { Row };
