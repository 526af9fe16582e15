/** What a terminal asks about: a licence identifier, or the text of a scanned code. */
export interface Shown {
  readonly identifier?: string;
  readonly code?: string;
}

/** `told`: the region's result, and how long it holds by its own word. */
export type VerifyAnswer =
  | { readonly verdict: 'told'; readonly result: string; readonly validMs: number | null }
  | { readonly verdict: 'away'; readonly reason: string };

/** The region's word on a licence that somebody shows. */
export interface Verifier {
  verify(shown: Shown): Promise<VerifyAnswer>;
}

/** How a licence is verified, as data: the section `verify` of `interface.yaml`. */
export interface VerifyProfile {
  readonly method: 'POST' | 'GET';
  readonly path: string;
  readonly ask: { readonly identifier: string; readonly code: string };
  readonly result: string;
  /** Path of the seconds for which the answer holds; absent or not told: `keepSeconds`. */
  readonly validSeconds?: string;
  readonly keepSeconds: number;
  /** What the results mean. */
  readonly results: Readonly<Record<string, string>>;
  /** Table whose records are licences: what the ledger knows when the region is away. */
  readonly table: string;
}
