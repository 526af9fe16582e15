/** Where a value is read: in the row itself (a child's under `each`), in the row that ends its pair, in the main row, or in a looked-up row. */
export interface ColumnPlace {
  readonly of: 'row' | 'ending' | 'main' | 'lookup';
  /** Name of the lookup; empty otherwise. */
  readonly lookup: string;
  readonly column: string;
}

/** Where a field's value comes from. */
export type Origin =
  | { readonly kind: 'column'; readonly place: ColumnPlace }
  | { readonly kind: 'constant'; readonly value: string | number }
  | { readonly kind: 'join'; readonly separator: string; readonly parts: readonly FieldMapping[] }
  | { readonly kind: 'first'; readonly parts: readonly FieldMapping[] }
  /** Worked out from named inputs; without a value as soon as one of them is without. */
  | { readonly kind: 'expression'; readonly source: string; readonly inputs: Readonly<Record<string, FieldMapping>> };

/** What is done to a value on its way, in the fixed order of docs/mapping.md; a step that is absent is not done. */
export interface Steps {
  readonly trim?: boolean;
  readonly halfWidth?: boolean;
  readonly upper?: boolean;
  /** Name of a character table. */
  readonly characters?: string;
  readonly digits?: boolean;
  /** Positions of characters in a composed code, counted from 1, both included. */
  readonly take?: { readonly from: number; readonly to: number };
  readonly split?: { readonly separator: string; readonly join: string };
  /** Name of a code table. */
  readonly code?: string;
  readonly date?: readonly string[];
  readonly write?: string;
  readonly pad?: { readonly to: number; readonly with: string };
  readonly cut?: { readonly to: number; readonly because: string };
  readonly default?: { readonly value: string | number; readonly because: string };
}

/** One field of a region table, or one part of a joined field. */
export interface FieldMapping {
  readonly origin: Origin;
  readonly steps: Steps;
}

/** A condition on a row: its column has, or has not, one of these values. */
export interface When {
  readonly place: ColumnPlace;
  readonly in: boolean;
  readonly values: readonly string[];
}

/** One region table that a county row fills. */
export interface RecordMapping {
  readonly table: string;
  /** Name of the child rows of which each fills one record; absent: the main row fills one. */
  readonly each?: string;
  readonly when?: When;
  readonly fields: Readonly<Record<string, FieldMapping>>;
}

/** A field of the region that names a record: `table.field`. */
export interface FieldName {
  readonly table: string;
  readonly field: string;
}

/** County value and what the region says instead; `back` marks, among several county values of one region value, the one meant on the way back. */
export interface CodeTable {
  readonly table: string;
  readonly title: string;
  readonly version: string;
  readonly entries: readonly { readonly from: string; readonly to: string; readonly county: string; readonly region: string; readonly back?: boolean }[];
}

/** Child rows of which one begins and a later one ends the same thing; each pair is one row, the ending's columns beside the beginning's. */
export interface Pair {
  readonly column: string;
  readonly begins: readonly string[];
  readonly ends: readonly string[];
}

/** Rows that belong to a row. */
export interface Child {
  readonly table: string;
  readonly parent: string;
  /** Column of the main row that `parent` points to; absent: its key. */
  readonly by?: string;
  readonly order: readonly string[];
  readonly pair?: Pair;
}

/** One dataset of a county: which rows, and what they mean in the region. */
export interface DatasetMapping {
  readonly dataset: string;
  readonly title: string;
  readonly source: string;
  readonly from: {
    readonly table: string;
    readonly key: string;
    readonly time?: string;
    readonly where: Readonly<Record<string, readonly string[]>>;
    readonly gone: Readonly<Record<string, readonly string[]>>;
    readonly lookups: Readonly<Record<string, { readonly table: string; readonly key: string; readonly by: string }>>;
    readonly children: Readonly<Record<string, Child>>;
  };
  /** The first of these that has a value names the record; none: nothing must be unique. */
  readonly identity: readonly FieldName[];
  /** The first of these that has a value is the department answerable for the record; absent or none: nobody is named. */
  readonly department?: readonly FieldName[];
  readonly needs: { readonly dataset: string; readonly identity: readonly FieldName[] } | null;
  /** In the order in which the region must accept them. */
  readonly records: readonly RecordMapping[];
  /** Code and character tables by name. */
  readonly codes: Readonly<Record<string, CodeTable>>;
}
