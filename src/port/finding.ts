import type { BulletinStore } from './bulletins.ts';
import type { ComparisonStore } from './compare.ts';
import type { SealedRecord } from '../record/envelope.ts';
import type { EnvelopeState } from '../record/envelope.ts';
import type { Run, RunState } from '../record/run.ts';
import type { GateStore } from './gates.ts';
import type { MissedStore } from './missed.ts';
import type { RestStore } from './rest.ts';
import type { QualityStore } from './quality.ts';
import type { LookStore, Quarantined, RunStore } from './store.ts';

export interface RunQuery {
  readonly job?: string;
  readonly dataset?: string;
  readonly state?: RunState;
  /** Runs before this one. */
  readonly before?: number;
  readonly limit: number;
}

/** What the runs of some hours brought, by dataset. */
export interface RunSum {
  readonly dataset: string;
  readonly kept: number;
  readonly delivered: number;
  readonly refused: number;
}

/** A record by its place in the gateway's memory. */
export interface RecordName {
  readonly record: number;
  readonly dataset: string;
  readonly key: string;
  readonly identity: string | null;
}

/** A record as a list shows it: where its newest version stands. */
export interface Found extends RecordName {
  readonly version: number;
  readonly state: EnvelopeState;
  readonly keptAt: number;
  readonly atRegion: boolean;
  /** Its newest version's rows; none when it was set aside, or taken back. */
  readonly records: readonly SealedRecord[];
}

export interface QuarantineQuery {
  /** Null: all. */
  readonly datasets: readonly string[] | null;
  readonly code?: string;
  readonly field?: string;
  /** A code without partner. */
  readonly value?: string;
  readonly after: number;
  readonly limit: number;
}

/** What people ask on the pages of the console: pages by key, in an order that an index has. Nothing here writes. */
export interface FindStore {
  /** The newest first. */
  runs(query: RunQuery): Promise<readonly Run[]>;
  run(id: number): Promise<Run | null>;
  /** Runs begun from `since` until before `until`. */
  sums(since: number, until: number): Promise<readonly RunSum[]>;
  /** When the last run of each dataset ended well. */
  lastSuccesses(): Promise<readonly { readonly dataset: string; readonly at: number }[]>;
  /** By the county's key or the record's identifier, in the datasets named; null: in all that there are. */
  find(text: string, by: 'any' | 'key' | 'identity', datasets: readonly string[] | null): Promise<readonly Found[]>;
  found(records: readonly number[]): Promise<readonly Found[]>;
  recordName(record: number): Promise<RecordName | null>;
  /** What a version says; null when its body is no longer kept, or it was set aside. */
  versionRows(record: number, version: number): Promise<readonly SealedRecord[] | null>;
  /** Records set aside, the oldest first, with their place. */
  setAsidePage(query: QuarantineQuery): Promise<readonly (Omit<Quarantined, 'keptAt'> & { readonly record: number; /** When it was set aside: at once, or when the region refused it. */ readonly asideAt: number })[]>;
  /** Bodies kept after this one, for whoever makes an index of them; the last is where to go on. */
  bodiesAfter(seq: number, limit: number): Promise<readonly { readonly seq: number; readonly record: number; readonly dataset: string; readonly records: readonly SealedRecord[] }[]>;
  /** Bytes of the store's files. */
  bytes(): Promise<number>;
}

/** Everything the console reads of the gateway's memory. */
export interface ConsoleReading extends LookStore, QualityStore, FindStore, Pick<RunStore, 'lastRuns'>, Pick<ComparisonStore, 'comparisons'>, Pick<GateStore, 'gates' | 'gateWords'>, Pick<MissedStore, 'missed'>, Pick<BulletinStore, 'closedMonths' | 'bulletin'>, Pick<RestStore, 'resting'> {
  close(): Promise<void>;
}
