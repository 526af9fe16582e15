/** Who may write the store. Each process that takes it does so under a higher number; a lower one writes nothing any more. */
export interface Lease {
  readonly generation: number;
  /** As the holder calls itself; empty when it has let go. */
  readonly holder: string;
  /** Moves while the holder is alive. */
  readonly renewedAt: number;
}

export interface LeaseStore {
  /** Says that the holder is alive; a Failure `STORE_LOST` when another has taken the store over meanwhile, `STORE_UNSYNCED` after a sync that failed. */
  renewLease(at: number): Promise<void>;
}
