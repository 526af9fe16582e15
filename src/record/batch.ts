/** Which entries of which envelope's plan travel in a batch. */
export interface Member {
  readonly seq: number;
  readonly from: number;
  readonly count: number;
}

/** `open`: written, perhaps sent, not yet settled. `split`: refused whole and halved. `released`: known not to have arrived. */
export type BatchState = 'open' | 'settled' | 'split' | 'released';

/** Records that travel together under one idempotency key; kept before it is sent, sent again byte for byte. */
export interface Batch {
  /** At most 32 characters (the region's `cd_batch`); also the idempotency key. */
  readonly no: string;
  readonly dataset: string;
  readonly table: string;
  readonly state: BatchState;
  readonly members: readonly Member[];
  /** When it was written, region's local time; the `cd_time` of its records. */
  readonly time: string;
  /** Of the records as sent: proves that a second sending is the same. */
  readonly digest: string;
  readonly count: number;
}

/** What one record asks of the region. */
export type Operation = 'create' | 'update' | 'remove';

/** One step of an envelope's plan: a record ready to be written into a batch. */
export interface Entry {
  readonly table: string;
  readonly rowGuid: string;
  readonly operation: Operation;
  /** JSON of the business fields; for `remove` only `{"row_guid":…}`. */
  readonly body: string;
  readonly digest: string;
}

/** A batch with the bytes that travel. */
export interface Parcel {
  readonly no: string;
  readonly table: string;
  readonly count: number;
  /** Of its records, in order. */
  readonly rowGuids: readonly string[];
  readonly digest: string;
  readonly body: Uint8Array;
}
