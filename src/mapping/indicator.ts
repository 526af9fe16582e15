import type { FieldName } from './dataset.ts';

/** A condition on a record: one of the values of one of these fields passes the test. */
export interface Condition {
  readonly fields: readonly FieldName[];
  /** Characters of the value that are looked at, counted from 1, both included. */
  readonly take?: { readonly from: number; readonly to: number };
  readonly is?: readonly string[];
  readonly not?: readonly string[];
  readonly contains?: string;
  /** A moment of the year that is asked for. */
  readonly thisYear?: boolean;
  /** A moment outside working hours: Monday is 1; `HH:mm-HH:mm`. */
  readonly outsideHours?: { readonly weekdays: readonly number[]; readonly hours: readonly string[] };
}

/** How a figure is worked out. */
export type Measure =
  /** Records that meet all conditions. */
  | { readonly kind: 'count'; readonly dataset: string; readonly where: readonly Condition[] }
  /** Of the records that meet `of`, the part that meets `where` too; 0 to 1. */
  | { readonly kind: 'share'; readonly dataset: string; readonly of: readonly Condition[]; readonly where: readonly Condition[] }
  /** By how much the sum of `to` is less than the sum of `from`, over records that have both; 0 to 1. */
  | { readonly kind: 'cut'; readonly dataset: string; readonly from: readonly FieldName[]; readonly to: readonly FieldName[] }
  /** Different values of a field. */
  | { readonly kind: 'distinct'; readonly dataset: string; readonly field: readonly FieldName[]; readonly where: readonly Condition[] }
  /** Read from a table of the county, because no synchronised data says it. */
  | {
      readonly kind: 'county'; readonly source: string; readonly table: string; readonly key: string;
      readonly where: Readonly<Record<string, readonly string[]>>;
      /** Different values of this column instead of rows; only those that begin so. */
      readonly distinct?: string; readonly begins?: string;
      /** The part of the rows in which these columns have these values; 0 to 1. */
      readonly share?: Readonly<Record<string, readonly string[]>>;
    }
  /** About the sync itself. `onTime`: accepted within so many hours of being read. */
  | { readonly kind: 'sync'; readonly what: 'gathered' | 'qualified' | 'onTime'; readonly datasets: readonly string[]; readonly hours: number }
  /** Ratings the region has issued, given by persons or because nobody rated; `share`: the part of them with one of these values; 0 to 1. */
  | { readonly kind: 'ratings'; readonly given: 'persons' | 'default'; readonly share?: readonly string[] }
  /** Nothing that is read says it. */
  | { readonly kind: 'none'; readonly because: string };

/** A figure that a county publishes or is asked for, with its definition in words and in data. */
export interface Indicator {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** The definition in words, as it may be shown to whoever asks. */
  readonly formula: string;
  readonly measure: Measure;
  /** What was published, to be held against. */
  readonly published?: number;
}
