/**
 * How a row at the region differs from what the ledger says of it. `older`: it has a version of ours that a later one has
 * replaced. `duplicate`: it is there more than once.
 */
export type DifferenceKind = 'missing' | 'extra' | 'different' | 'older' | 'duplicate';

/** What would mend it. `person`: nothing the gateway may do by itself. */
export type Mending = 'create' | 'update' | 'remove' | 'person';

/** A field on which both sides disagree; texts that may be about a person are shortened to their first character and length. */
export interface FieldDifference {
  readonly field: string;
  readonly ours: string | number | null;
  readonly theirs: string | number | null;
}

/** One row on which both sides disagree. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly table: string;
  readonly rowGuid: string;
  /** The county's key of the record it belongs to, for its trace; null for a row of which the gateway knows nothing. */
  readonly key: string | null;
  /** SM3 of what the ledger says the region has; null when it says nothing. */
  readonly ours: string | null;
  /** SM3 of each copy the region has, the oldest first; null where it tells no digest. */
  readonly theirs: readonly (string | null)[];
  /** Version of ours that the region still has, when it is an older one. */
  readonly version: number | null;
  /** Null where the region does not show its rows, our own text is no longer kept, or there were too many to ask for. */
  readonly fields: readonly FieldDifference[] | null;
  readonly mending: Mending;
}

/** Rows of one day and type on whose number or digest both sides disagree. */
export interface GroupDifference {
  readonly table: string;
  readonly day: string;
  readonly type: string;
  readonly ours: number;
  readonly theirs: number;
}

export interface ComparedTable {
  readonly table: string;
  readonly ours: number;
  /** Null where the region does not tell it. */
  readonly theirs: number | null;
}

export type DifferenceCounts = Readonly<Record<DifferenceKind, number>>;

/** What came of comparing one dataset with the region. */
export interface Comparison {
  readonly dataset: string;
  /** What the region offers for comparing: digests, days, counts, keys or receipts. */
  readonly mode: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ms: number;
  readonly requests: number;
  readonly tables: readonly ComparedTable[];
  /** Tables of the dataset that the region's mode cannot compare. */
  readonly uncompared: readonly string[];
  readonly counts: DifferenceCounts;
  /** Rows that differ while a version of their record is on its way: nothing can be said of them yet. */
  readonly onTheWay: number;
  /** Rows of ours whose day and type are no longer known. */
  readonly unknownDay: number;
  /** Null where nothing could be compared. */
  readonly equal: boolean | null;
  readonly groups: readonly GroupDifference[];
  readonly differences: readonly Difference[];
}

export const noDifferences: DifferenceCounts = { missing: 0, extra: 0, different: 0, older: 0, duplicate: 0 };

/** A comparison as it was kept, with the first of its differences. */
export interface KeptComparison extends Comparison {
  readonly id: number;
  /** Differences there were; kept are no more than the first few hundred. */
  readonly total: number;
}
