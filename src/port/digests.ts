import type { Bucket, Group } from './compare.ts';
import type { DigestForm } from './compare-profile.ts';

/** A row that the region has from us, by the ledger. */
export interface OurRow {
  readonly rowGuid: string;
  /** SM3 of what was acknowledged, lower-case hex. */
  readonly digest: string;
  readonly record: number;
}

/** What groups rows, by table. */
export type Grouping = Readonly<Record<string, { readonly day?: string; readonly type?: string }>>;

/** How a region makes digests of several rows, and by what it groups them. */
export interface DigestSetting {
  readonly line: string;
  readonly form: DigestForm;
  readonly by: Grouping;
}

/** Rows and digests by the beginning of their row_guid, kept beside the ledger and brought up to it when asked; never a part of delivering. */
export interface Digests {
  /** Takes over what has been settled of these datasets since; the number of records whose rows were taken over. */
  refresh(datasets: readonly string[]): Promise<number>;
  count(table: string): Promise<number>;
  /** How many rows begin so, and their digest; what was worked out once is kept until one of its rows changes. */
  bucket(table: string, prefix: string): Promise<Bucket>;
  /** Rows that begin so, and not with any of these longer prefixes. */
  rows(table: string, prefix: string, but?: readonly string[]): Promise<readonly OurRow[]>;
  /** Rows after this one, in the order of row_guids. */
  page(table: string, after: string, limit: number): Promise<readonly OurRow[]>;
  /** Rows by day and type; a row whose text is no longer kept counts under the day `?`. */
  groups(table: string): Promise<readonly Group[]>;
  /** Rows of one group. */
  inGroup(table: string, group: Pick<Group, 'day' | 'type'>): Promise<readonly OurRow[]>;
  close(): Promise<void>;
}
