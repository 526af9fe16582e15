import type { TableShape, Value } from './table-shape.ts';

/** One record's values, in its table's order. */
export type Values = readonly Value[];

/** The records of one aggregate by table: a case with its steps, an item with its materials. */
export type Group = ReadonlyMap<string, readonly Values[]>;

/** What a rule may look at besides its own record; what its scope does not have is absent. */
export interface Around {
  /** The records of the aggregate, as they are to be sent. */
  readonly all?: Group;
  /** The same record, as the region has it. */
  readonly before?: Values;
  /** The records of the aggregate, as the region has them. */
  readonly were?: Group;
}

/** What an expression is evaluated on: the rows its names stand for, by slot, and the lists. */
export interface Frame {
  readonly rows: Values[];
  all: Group;
  were: Group;
}

/** A name that stands for one record: where its values are, and what they are. */
export interface RowName {
  readonly slot: number;
  readonly shape: TableShape;
}

/** What the names in an expression mean; macros add theirs on the way in. */
export interface Names {
  readonly rows: ReadonlyMap<string, RowName>;
  /** Whether `all` and `were` are names here. */
  readonly lists: ReadonlySet<string>;
  readonly tables: ReadonlyMap<string, TableShape>;
}

/** What a condition says: true, false, or null when a value it needs is absent. */
export type Test = (frame: Frame) => boolean | null;

const nobody: Group = new Map();

/** The records of an aggregate by table. */
export function groupOf(records: readonly { readonly table: string; readonly values: Values }[]): Group {
  const group = new Map<string, Values[]>();
  for (const { table, values } of records) {
    const rows = group.get(table);
    if (rows === undefined) group.set(table, [values]);
    else rows.push(values);
  }
  return group;
}

/** A frame for one rule, filled anew for each record. */
export function emptyFrame(): Frame {
  return { rows: [[], []], all: nobody, were: nobody };
}

/** Puts a record, and what is around it, into a frame. */
export function fill(frame: Frame, values: Values, around: Around | undefined): Frame {
  frame.rows[0] = values;
  if (around === undefined) return frame;
  frame.rows[1] = around.before ?? [];
  frame.all = around.all ?? nobody;
  frame.were = around.were ?? nobody;
  return frame;
}
