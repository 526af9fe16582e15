/** Which entries of which envelope travel in a batch. */
export interface Member {
  readonly seq: number;
  /** First entry of the envelope's plan, and how many. */
  readonly from: number;
  readonly count: number;
}

/** `written`: kept, not yet known to be sent. `sent`: in doubt until an answer is settled. */
export type BatchState = 'written' | 'sent' | 'settled' | 'split' | 'released';

/** Records that travel together under one idempotency key; kept before it is sent, sent again byte for byte. */
export interface Batch {
  /** At most 32 characters (the region's `cd_batch`); also the idempotency key. */
  readonly no: string;
  readonly dataset: string;
  readonly table: string;
  readonly state: BatchState;
  readonly members: readonly Member[];
  /** When it was written, in the region's local time `yyyy-MM-dd HH:mm:ss`; the `cd_time` of its records. */
  readonly time: string;
  /** SM3 of the records as sent, hex: proves that a second sending is the same. */
  readonly digest: string;
  readonly count: number;
  readonly attempts: number;
}

/** What one record asks of the region. */
export type Operation = 'create' | 'update' | 'remove';

/** One record of a batch, ready to be written into the body. */
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
  readonly digest: string;
  readonly body: string;
  readonly rowGuids: readonly string[];
}
