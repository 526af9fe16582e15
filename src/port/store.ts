import type { Batch } from '../record/batch.ts';
import type { Change } from '../record/change.ts';
import type { KeptCorrection } from '../record/correction.ts';
import type { Cursor } from '../record/cursor.ts';
import type { Envelope, EnvelopeState, Need, SealedRecord } from '../record/envelope.ts';
import type { Problem } from '../record/problem.ts';
import type { Counts, Run, RunState } from '../record/run.ts';
import type { Standing } from '../record/standing.ts';
import type { Deed, MendingStore, TracedCorrection } from './mending.ts';
import type { BulletinStore } from './bulletins.ts';
import type { ComparisonStore, ExplainingStore } from './compare.ts';
import type { GateStore } from './gates.ts';
import type { IndicatorStore } from './indicators.ts';
import type { Lease, LeaseStore } from './lease.ts';
import type { InboundLook, InboundStore } from './inbound.ts';
import type { MissedStore } from './missed.ts';
import type { QualityStore } from './quality.ts';
import type { RestStore } from './rest.ts';
import type { ShapeStore } from './shape.ts';
import type { RetentionStore } from './retention.ts';

/** A version to be kept: what it says, and where it stands from now on. */
export type Keep =
  | {
      readonly kind: 'put';
      readonly key: string;
      readonly identity: string | null;
      readonly fingerprint: string;
      readonly records: readonly SealedRecord[];
      readonly problems: readonly Problem[];
      readonly state: 'open' | 'waiting' | 'held';
      /** What a waiting envelope waits for. */
      readonly need: Need | null;
      readonly before: Standing | undefined;
    }
  | { readonly kind: 'remove'; readonly key: string; readonly state: 'open' | 'held'; readonly before: Standing }
  /** Gone before the region ever had it: nothing travels. */
  | { readonly kind: 'withdraw'; readonly key: string; readonly before: Standing }
  | {
      readonly kind: 'quarantine';
      readonly key: string;
      readonly fingerprint: string;
      readonly problems: readonly Problem[];
      readonly before: Standing | undefined;
    };

/** Everything a page brought, kept in one transaction with the cursor. */
export interface Keeping {
  readonly dataset: string;
  readonly run: number;
  readonly at: number;
  readonly keeps: readonly Keep[];
  /** What was read of the records set aside, by key: kept so that a person can look and a corrected mapping try again. */
  readonly read: ReadonlyMap<string, Change>;
  readonly cursor: { readonly stream: string; readonly value: Cursor } | null;
  readonly counts: { readonly read: number; readonly same: number; readonly quarantined: number };
}

/** What judging asks of the gateway's memory: a run's judging and a plan's alike. Nothing here outlives the process. */
export interface JudgingStore {
  cursor(stream: string): Promise<Cursor | null>;
  standings(dataset: string, keys: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
  /** Which key holds each of these identities, or would hold it by what is supposed. */
  owners(dataset: string, identities: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Which of these identities the region holds. */
  arrived(dataset: string, identities: readonly string[]): Promise<ReadonlySet<string>>;
  /** What people have put in the place of the county's values in this dataset, and still holds. */
  corrections(dataset: string): Promise<readonly KeptCorrection[]>;
  /** How many records of the dataset the region has from us. */
  atRegion(dataset: string): Promise<number>;
  /** Forgets what an earlier reading met and supposed. */
  beginReading(): Promise<void>;
  /** Keys that a sweep has met. */
  meet(keys: readonly string[]): Promise<void>;
  /** Live records after this key that the sweep did not meet, in the order of their keys. */
  unseen(dataset: string, after: string, limit: number): Promise<readonly string[]>;
  /** From now on judging takes it that these keys hold these identities, as if that had been kept; null: none any more. */
  suppose(holders: readonly { readonly key: string; readonly identity: string | null }[]): Promise<void>;
  /** Ends what was supposed. */
  supposeNothing(): Promise<void>;
}

/** What the intake asks of the gateway's memory. */
export interface IntakeStore extends JudgingStore {
  /** All or nothing. False when a record has moved on since its standing was read, or a need been met: then nothing is kept. */
  keep(keeping: Keeping): Promise<boolean>;
}

/** An envelope that may travel now, with what the region has of its record. */
export interface Ready {
  readonly envelope: Envelope;
  readonly ledger: LedgerEntry | null;
  readonly recordId: number;
}

/** What the region has acknowledged of one record. */
export interface LedgerEntry {
  readonly version: number;
  readonly fingerprint: string;
  /** Each of its rows at the region: table, row_guid, digest. */
  readonly rows: readonly { readonly table: string; readonly rowGuid: string; readonly digest: string }[];
}

export interface Attempt {
  readonly batch: string;
  readonly at: number;
  readonly kind: 'push' | 'ask';
  readonly verdict: string;
  readonly detail: string;
}

/** An envelope that has come to its end. */
export interface Ended {
  readonly seq: number;
  readonly recordId: number;
  readonly position: number;
  /** Whether the region had anything of the record before. */
  readonly wasAtRegion: boolean;
  /** What the region has of it now: the `whole` version in the envelope, some rows of it, or nothing. */
  readonly ledger: 'whole' | LedgerEntry | null;
}

/** What one answered batch changes. */
export interface Settlement {
  readonly batch: string;
  readonly at: number;
  readonly state: 'settled' | 'split' | 'released';
  readonly attempt: Attempt | null;
  /** One line per record: `row_guid\tverdict\tcode\tfield\tmessage`. */
  readonly receipts: string;
  readonly delivered: readonly Ended[];
  readonly advanced: readonly { readonly seq: number; readonly position: number }[];
  readonly quarantined: readonly (Ended & { readonly problems: readonly Problem[] })[];
  /** Members that go back to the line. */
  readonly reopened: readonly number[];
  /** Batches that take the place of this one. */
  readonly halves: readonly Batch[];
}

/** What the region was found to have of a record, every copy of every row in the order of their coming. */
export interface FoundAtRegion {
  readonly key: string;
  readonly rows: LedgerEntry['rows'];
}

/** What repairing asks of the gateway's memory. */
export interface RepairStore {
  /**
   * Takes over into the ledger what the region was found to have, and keeps what makes it right, in one transaction. A row
   * of which nothing is known becomes a record of its own that is gone at the county. False when a record has moved on.
   */
  repair(keeping: Keeping, found: readonly FoundAtRegion[], strangers: readonly FoundAtRegion[]): Promise<boolean>;
}

/** What delivery asks of the gateway's memory. */
export interface DeliveryStore {
  /** The oldest envelopes that may travel, in the order of keeping. */
  ready(dataset: string, limit: number): Promise<readonly Ready[]>;
  /** The members of a batch, whatever their state. */
  members(seqs: readonly number[]): Promise<readonly Ready[]>;
  /**
   * Keeps batches and lends their envelopes, in one transaction; a batch with an envelope that is no longer open is left out.
   * Rejects with a Failure `BATCH_NO_TAKEN` when a number has been used.
   */
  write(batches: readonly Batch[], at: number): Promise<readonly Batch[]>;
  openBatches(dataset: string): Promise<readonly Batch[]>;
  noteAttempt(attempt: Attempt): Promise<void>;
  /** All of them in one transaction. Rejects with a Failure `BATCH_NO_TAKEN` when the number of a half has been used. */
  settle(settlements: readonly Settlement[]): Promise<void>;
  /** Ends envelopes that need not travel, because the region has just that already. */
  finish(dataset: string, ended: readonly Ended[], at: number): Promise<void>;
  /** Envelopes that have not come to an end. */
  backlog(dataset: string): Promise<number>;
  /** How many of them wait for a record of another dataset, which delivering this one cannot bring. */
  stalled(dataset: string): Promise<number>;
}

export interface RunStore {
  beginRun(run: { readonly job: string; readonly dataset: string; readonly mode: Run['mode']; readonly at: number; readonly made: string }): Promise<number>;
  endRun(run: number, end: { readonly at: number; readonly state: RunState; readonly failure: string | null }): Promise<Counts>;
  /** Runs that a crash left open are closed as failed. */
  closeAbandonedRuns(at: number): Promise<void>;
  lastRuns(limit: number): Promise<readonly Run[]>;
}

export interface Totals {
  readonly dataset: string;
  /** Records the region has from us now. */
  readonly atRegion: number;
  /** Envelopes on their way. */
  readonly waiting: number;
  readonly quarantined: number;
  /** Versions delivered since the store began. */
  readonly delivered: number;
  readonly oldestWaitingAt: number | null;
}

export interface Quarantined {
  readonly seq: number;
  readonly dataset: string;
  readonly key: string;
  readonly version: number;
  readonly keptAt: number;
  readonly problems: readonly Problem[];
}

/** Records kept back by one problem with one field; for a code without partner, by one value of it. */
export interface QuarantineGroup {
  readonly dataset: string;
  readonly code: string;
  readonly field: string;
  /** The county's code that has no partner; empty for every other problem. */
  readonly value: string;
  readonly count: number;
}

export interface TraceVersion {
  readonly seq: number;
  readonly version: number;
  readonly operation: string;
  readonly state: EnvelopeState;
  readonly fingerprint: string;
  readonly keptAt: number;
  readonly settledAt: number | null;
  readonly run: number;
  /** Version of the site files it was made with. */
  readonly made: string;
  /** Who let it go again, and why; null for a version that was read in the ordinary way. */
  readonly deed: Deed | null;
  readonly waits: string | null;
  readonly problems: readonly Problem[];
  readonly batches: readonly TraceBatch[];
}

export interface TraceBatch {
  readonly no: string;
  readonly table: string;
  readonly state: string;
  readonly writtenAt: number;
  readonly attempts: readonly Attempt[];
  readonly receipts: readonly { readonly rowGuid: string; readonly verdict: string; readonly code: string; readonly field: string; readonly message: string }[];
}

export interface Trace {
  readonly dataset: string;
  readonly key: string;
  readonly identity: string | null;
  readonly ledger: LedgerEntry | null;
  readonly versions: readonly TraceVersion[];
  readonly corrections: readonly TracedCorrection[];
}

/** What the region has acknowledged of one record, with what each row says; a row whose body is no longer kept is left out. */
export interface Acknowledged {
  readonly ledger: LedgerEntry;
  readonly records: readonly SealedRecord[];
}

/** A batch that is written down and not concluded, with what the last try of it was told; null: none has been made. */
export interface OpenBatch extends Pick<Batch, 'no' | 'dataset' | 'table' | 'time' | 'count'> {
  readonly said: string | null;
}

/** What people look at. Nothing here writes. */
export interface LookStore extends InboundLook {
  /** By key; a record the region does not have is absent. */
  acknowledged(dataset: string, keys: readonly string[]): Promise<ReadonlyMap<string, Acknowledged>>;
  totals(): Promise<readonly Totals[]>;
  /** By the county's key, or by the record's identity. */
  trace(dataset: string, keyOrIdentity: string): Promise<Trace | null>;
  quarantine(dataset: string | null, after: number, limit: number): Promise<readonly Quarantined[]>;
  /** Counts by problem, field and unmapped code, the most first. */
  quarantineGroups(): Promise<readonly QuarantineGroup[]>;
  /** What was read when the record was set aside. */
  quarantinedChange(seq: number): Promise<{ readonly about: Quarantined; readonly change: Change } | null>;
  /** Batches that are written down and not concluded, the oldest of each dataset first. */
  unconcluded(): Promise<readonly OpenBatch[]>;
}

/** The memory for looking and judging only; works while another process writes. */
export interface LookingStore extends LookStore, JudgingStore, QualityStore, ExplainingStore, IndicatorStore, Pick<RunStore, 'lastRuns'>, Pick<RetentionStore, 'expired'>,
  Pick<RestStore, 'resting'>, Pick<GateStore, 'gates' | 'gateWords'>, Pick<ComparisonStore, 'comparisons'>, Pick<MissedStore, 'missed'> {
  /** Copies all of it as it is at one moment into a new file. */
  backUp(to: string): Promise<void>;
  /** Who may write it; null when nobody ever has. */
  lease(): Promise<Lease | null>;
  close(): Promise<void>;
}

/** For what a person tells a gateway that may be running. */
export interface TellingStore extends Pick<GateStore, 'sayGate'>, Pick<ComparisonStore, 'keepComparison'> {
  close(): Promise<void>;
}

/** The gateway's own memory. */
export interface Store extends IntakeStore, DeliveryStore, RunStore, LookStore, MendingStore, ExplainingStore, RetentionStore, RepairStore, GateStore, LeaseStore, RestStore, ComparisonStore, InboundStore, MissedStore, ShapeStore, BulletinStore {
  close(): Promise<void>;
}
