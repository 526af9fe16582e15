import type { TextLimits } from '../contract/data.ts';
import type { FieldShape, TableShape } from '../contract/table-shape.ts';
import type { TableDescription } from '../port/source.ts';
import type { CodeFile } from './code-file.ts';

/** A dataset as other files may refer to it. */
export interface KnownDataset {
  /** Whether a column tells when a row changed. */
  readonly time: boolean;
  /** Whether its records have a name that others can need. */
  readonly identity: boolean;
}

/** What is known of the other files when a mapping is read; what could not be read is undefined and not checked against. */
export interface Known {
  readonly sources: readonly string[] | undefined;
  /** What the sources really have, as far as they could be asked. */
  readonly described: ReadonlyMap<string, readonly TableDescription[]>;
  readonly tables: ReadonlyMap<string, TableShape> | undefined;
  readonly text: TextLimits;
  readonly control: readonly string[];
  /** Tables that must be accepted before others. */
  readonly order: readonly (readonly string[])[];
  readonly codes: ReadonlyMap<string, CodeFile>;
  /** Code files that could not be read: their names are not unknown. */
  readonly codesUnread: boolean;
  readonly datasets: ReadonlyMap<string, KnownDataset>;
}

/** The field of the region that a value in a mapping is for; undefined for a field or table the region does not have. */
export interface Aim {
  readonly field: FieldShape | undefined;
  readonly known: Known;
}
