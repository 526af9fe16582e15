import type { Change, Row } from '../record/change.ts';
import type { Cursor } from '../record/cursor.ts';
import type { Shape } from './shape.ts';

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
  /** Declared types of the columns that the selection reads, as they are now, by `table.column`; absent where columns have no declared type. */
  shape?(selection: Selection): Promise<Shape>;
  /** Whether there is no row from the cursor's moment on: then it shows an older state than has been read before, as a replica that lags. */
  behind?(selection: Selection, cursor: Cursor): Promise<boolean>;
  /** What it says of itself and of these tables, for a look whether all is well; null where it cannot say. */
  probe?(tables: readonly string[]): Promise<SourceProbe | null>;
  close(): Promise<void>;
}

/** A source's own word on what commonly goes wrong with it. */
export interface SourceProbe {
  readonly version: string;
  /** The county's clock when it was asked, ms since 1970. */
  readonly clockMs: number;
  /** Whether the account may change anything. */
  readonly canWrite: boolean;
  /** By table. */
  readonly indexes: Readonly<Record<string, readonly Index[]>>;
}

export interface Index {
  readonly columns: readonly string[];
  /** No two rows share what stands in them. */
  readonly unique: boolean;
}

export interface TableDescription {
  readonly table: string;
  /** Of a database server its own estimate: counting would read whole tables. */
  readonly rows: number;
  /** What the county's catalogue says of the table, where it says anything. */
  readonly title?: string;
  readonly columns: readonly ColumnDescription[];
}

export interface ColumnDescription {
  readonly name: string;
  /** As the engine declares it. */
  readonly type: string;
  readonly nullable: boolean;
  /** Present and true for a column of the primary key. */
  readonly key?: true;
  readonly title?: string;
}

export type { Row };
