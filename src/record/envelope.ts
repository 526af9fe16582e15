import type { Change } from './change.ts';
import type { Problem } from './problem.ts';

/** One row for one table of the region, closed for sending. */
export interface SealedRecord {
  readonly table: string;
  /** The region's `row_guid`: the same for the same county row, however often it is made. */
  readonly rowGuid: string;
  /** Compact JSON of the business fields in the table's order, without the control fields (`cd_*`, `data_source`). */
  readonly body: string;
  /** SM3 of `body`, base64url. */
  readonly digest: string;
}

/** What a record depends on: it may only travel when the region holds this identity of that dataset. */
export interface Need {
  readonly dataset: string;
  readonly identity: string;
}

/** What mapping and contract make of one change: something to send, something to take back, or something to look at. */
export type Mapped =
  | {
      readonly state: 'good';
      readonly key: string;
      /** Business identifier that must be unique within the dataset (licence identifier, case number), if declared. */
      readonly identity: string | null;
      readonly need: Need | null;
      /** In the order in which the region must accept them. */
      readonly records: readonly SealedRecord[];
      /** SM3 over all records: equal exactly when the region would receive the same. */
      readonly fingerprint: string;
      /** Warnings and notes that travel with it. */
      readonly problems: readonly Problem[];
    }
  | { readonly state: 'gone'; readonly key: string }
  | {
      readonly state: 'bad';
      readonly key: string;
      readonly identity: string | null;
      readonly problems: readonly Problem[];
      /** What was read, kept so that a person can look at it and a corrected mapping can try again. */
      readonly change: Change;
      /** SM3 of what was read and of the problems found: equal when nothing has moved since. */
      readonly fingerprint: string;
    };

export type GoodMapped = Extract<Mapped, { state: 'good' }>;
export type BadMapped = Extract<Mapped, { state: 'bad' }>;

/**
 * An envelope's life:
 *
 *     open ──lend──▶ lent ──settle──▶ open (next part) … ──▶ delivered
 *      ▲  ▲            │                                      
 *      │  └─waiting    └──▶ quarantined
 *      held (an earlier version is lent)      superseded (a later version came before it was lent)
 */
export type EnvelopeState =
  | 'open' | 'waiting' | 'held' | 'lent'
  | 'delivered' | 'quarantined' | 'superseded';

/** A record in the outbox. */
export interface Envelope {
  /** Order of keeping; also the envelope's name in the store. */
  readonly seq: number;
  readonly dataset: string;
  /** 1 for the first version of this key taken in, then 2, 3 … */
  readonly version: number;
  readonly operation: 'put' | 'remove';
  readonly fingerprint: string;
  /** Empty for `remove`: what must be taken back is what the ledger says the region has. */
  readonly records: readonly SealedRecord[];
  /** How many entries of its plan the region has already accepted. */
  readonly position: number;
}
