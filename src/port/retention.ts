import type { FieldOfTable } from './quality.ts';

/** Up to when things are kept, milliseconds since 1970. */
export interface KeptSince {
  /** Bodies of versions settled before this go; their hashes, receipts and walk stay. */
  readonly bodies: number;
  /** What has been settled before this and replaced since goes altogether. */
  readonly evidence: number;
}

/** How much there is that has been kept long enough. */
export interface Expired {
  readonly bodies: number;
  readonly bodyBytes: number;
  readonly versions: number;
  readonly batches: number;
  readonly corrections: number;
}

/** One step of purging: where the next begins, null at the end, and how much this one has purged. */
export interface PurgeStep {
  readonly next: number | null;
  readonly purged: number;
}

/**
 * What retention asks of the gateway's memory. Nothing that is on its way, waits, is set aside or stands in an open batch is
 * ever touched, nor the newest version of a record, nor what the ledger says the region has.
 */
export interface RetentionStore {
  expired(since: KeptSince): Promise<Expired>;
  /** Purges some bodies after this number. Of the newest version the fields named for its dataset stay: by whom it is answered for. */
  purgeBodies(since: KeptSince, after: number, keeping: (dataset: string) => readonly FieldOfTable[]): Promise<PurgeStep>;
  /** Purges some of what has been replaced long ago, after this number. */
  purgeEvidence(since: KeptSince, after: number): Promise<PurgeStep>;
  /** Gives space that was set free back to the disk when it is much; bytes of the file now. */
  shrink(): Promise<number>;
}
