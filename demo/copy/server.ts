import type { Table } from './shape.ts';

/** A database server that a county can be copied to. */
export interface Server {
  /** Tables and views that are there. */
  readonly names: () => Promise<readonly string[]>;
  readonly drop: (name: string) => Promise<void>;
  /** Takes every row away and leaves the table as it is. */
  readonly empty: (name: string) => Promise<void>;
  readonly make: (table: Table) => Promise<void>;
  readonly fill: (table: Table, rows: readonly (readonly (string | number | null)[])[]) => Promise<void>;
  /** Indexes and the engine's own figures, once the rows are in. */
  readonly finish: (table: Table) => Promise<void>;
  readonly close: () => Promise<void>;
}
