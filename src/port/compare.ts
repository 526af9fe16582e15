import type { Comparison, KeptComparison } from '../record/comparison.ts';

/** A row as the region tells of it; digests are SM3 in lower-case hex. */
export interface ToldRow {
  readonly rowGuid: string;
  /** Null where the region tells keys alone. */
  readonly digest: string | null;
}

/** Rows whose row_guid begins alike. */
export interface Bucket {
  readonly prefix: string;
  readonly count: number;
  readonly digest: string;
}

/** What the region has under a prefix: the rows, every copy of each in the order of their coming, or buckets that hold all of them. */
export type ToldDigests = { readonly rows: readonly ToldRow[] } | { readonly buckets: readonly Bucket[] };

/** Rows of one day and one type; empty where the region or the table has no such field. */
export interface Group {
  readonly day: string;
  readonly type: string;
  readonly count: number;
  readonly digest: string | null;
}

export interface KeyPage {
  readonly rows: readonly ToldRow[];
  /** Null at the end. */
  readonly next: string | null;
}

/** Business fields of one copy of a row as the region has it. */
export type ShownRow = Readonly<Record<string, unknown>>;

/** An answer to a question, or why there is none: `later` and `unknown` pass, `denied` is ours to mend. */
export type Told<T> =
  | { readonly verdict: 'told'; readonly value: T }
  | { readonly verdict: 'later'; readonly restMs: number; readonly reason: string }
  | { readonly verdict: 'unknown' | 'denied'; readonly reason: string };

/** What a region can be asked about what it has. Nothing here changes anything there. */
export interface Counterpart {
  /** Mode `digests`. */
  digests(table: string, prefix: string): Promise<Told<ToldDigests>>;
  /** Modes `days` and `counts`. */
  groups(table: string): Promise<Told<readonly Group[]>>;
  /** Mode `keys`. */
  keys(table: string, cursor: string | null): Promise<Told<KeyPage>>;
  /** Every copy of a row, the oldest first; only where the profile says how. */
  show(table: string, rowGuid: string): Promise<Told<readonly ShownRow[]>>;
}

/** A record of ours that a row belongs to. */
export interface Belonging {
  readonly record: number;
  readonly dataset: string;
  readonly key: string;
  readonly version: number;
  /** A version of it is on its way, or waits. */
  readonly onTheWay: boolean;
  /** Its newest version is set aside. */
  readonly setAside: boolean;
}

/** A version of a record that carried a row saying just this. */
export interface Said extends Belonging {
  readonly said: number;
  readonly digest: string;
}

/** What explaining a difference asks of the gateway's memory. */
export interface ExplainingStore {
  belongings(records: readonly number[]): Promise<ReadonlyMap<number, Belonging>>;
  /** What each of these rows has ever said, by `table\trow_guid`, the newest version first; where no record is known, all that was ever kept is searched. */
  everSaid(places: readonly { readonly table: string; readonly rowGuid: string; readonly record: number | null }[]): Promise<ReadonlyMap<string, readonly Said[]>>;
}

/** Results of comparing, for looking back. */
export interface ComparisonStore {
  /** Gives the number under which it is kept. */
  keepComparison(found: Comparison): Promise<number>;
  /** The last ones of a dataset, or of all, the newest first. */
  comparisons(dataset: string | null, limit: number): Promise<readonly KeptComparison[]>;
}
