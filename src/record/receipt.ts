/** What the region answered about one record. */
export interface Receipt {
  readonly rowGuid: string;
  readonly verdict: 'accepted' | 'warned' | 'refused';
  /** The region's own code and words, kept as they came. */
  readonly code: string;
  readonly field?: string;
  readonly message?: string;
}

/**
 * What the region answered about a batch.
 * `settled`: one receipt for every record. `refused`: the batch as a whole, none of it in effect.
 * `later`: nothing happened, come back. `unknown`: nobody knows; ask before sending again.
 * `in-progress`: the region has it and will say; ask after it.
 * `denied`: our key, clock or configuration is wrong; sending more cannot help.
 */
export type Answer =
  | { readonly verdict: 'settled'; readonly receipts: readonly Receipt[] }
  | { readonly verdict: 'refused'; readonly code: string; readonly message: string }
  | { readonly verdict: 'later'; readonly restMs: number; readonly reason: string }
  | { readonly verdict: 'unknown'; readonly reason: string }
  | { readonly verdict: 'in-progress' }
  | { readonly verdict: 'denied'; readonly code: string; readonly reason: string };

/** What the region says when asked after a batch it may have had. */
export type Fate =
  | Answer
  | { readonly verdict: 'never-seen' };
