import type { Row } from '../record/change.ts';
import type { SourceSetting } from './source-setting.ts';

/** A folder into which files are dropped for the county's system to take. */
export interface DropSetting {
  readonly engine: 'drop';
  readonly folder: string;
}

/** Where pulled data is written to, by its engine. */
export type SinkSetting = SourceSetting | DropSetting;

/**
 * One row to be written into a table the county has named. `insert`: the row must not be there yet. `update`: only while
 * the columns of `expect` still say so; whoever has touched the row since it was read is not overwritten.
 */
export type Write =
  | { readonly kind: 'insert'; readonly table: string; readonly key: Row; readonly set: Row }
  | { readonly kind: 'update'; readonly table: string; readonly key: Row; readonly set: Row; readonly expect: Row };

/** Writes that belong together, and the mark that proves afterwards that they were made. */
export interface Applying {
  readonly mark: { readonly stream: string; readonly value: string };
  readonly writes: readonly Write[];
}

/**
 * `applied`: every write and the mark, in one transaction. Otherwise nothing at all. `moved`: these writes (by position)
 * met a row that is not as expected; read again and decide anew. `refused`: the county's own rules do not let this one in;
 * the reason is the database's code for it, never a value.
 */
export type Applied =
  | { readonly state: 'applied' }
  | { readonly state: 'moved'; readonly at: readonly number[] }
  | { readonly state: 'refused'; readonly at: number; readonly reason: string };

/** Where pulled data goes: tables of the county's database, or files in a folder. */
export interface Sink {
  /** Rows by their keys, with the columns asked for; undefined where there is none. A drop of files has no rows to read: then null. */
  rows(table: string, columns: readonly string[], keys: readonly Row[]): Promise<readonly (Row | undefined)[] | null>;
  /** Rows that have these values; two at most where nothing else is said: enough to know whether exactly one is meant. Null for a drop of files. */
  matching(table: string, columns: readonly string[], values: Row, most?: number): Promise<readonly Row[] | null>;
  /** The mark of the last applied writes of a stream, as the county has it; null before the first. */
  mark(stream: string): Promise<string | null>;
  apply(applying: Applying): Promise<Applied>;
  close(): Promise<void>;
}
