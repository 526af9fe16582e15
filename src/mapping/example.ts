import type { Value } from '../contract/table-shape.ts';
import type { PresentChange } from '../record/change.ts';
import type { Severity } from '../record/problem.ts';

/** A problem that an example expects; what is left out is not compared. */
export interface ExpectedProblem {
  readonly severity: Severity;
  readonly code: string;
  /** `table.field`; absent: the problem concerns the whole record. */
  readonly at?: string;
  /** Which child row, counted from 1. */
  readonly child?: number;
}

/** What must become of an example's row. */
export interface Expectation {
  /** The region must not have this row. */
  readonly gone: boolean;
  /** Every record that goes out, in order, with every field that has a value; absent: not compared. */
  readonly records?: readonly { readonly table: string; readonly fields: Readonly<Record<string, Value>> }[];
  /** By `table.field`: the value in every record of the table, or a list with one value for each. */
  readonly fields: Readonly<Record<string, Value | readonly Value[]>>;
  /** How many records of a table go out. */
  readonly counts: Readonly<Record<string, number>>;
  /** All of them, in any order. */
  readonly problems: readonly ExpectedProblem[];
}

/** A county's row, made up, and what must become of it in the region. */
export interface Example {
  readonly dataset: string;
  readonly title: string;
  /** Where it is written; the line counts from 1. */
  readonly file: string;
  readonly line: number;
  readonly change: PresentChange;
  readonly expects: Expectation;
}
