import type { Cursor } from '../record/cursor.ts';

/** What is asked of the region: the next records of a resource. */
export interface Asked {
  readonly resource: string;
  /** Null: from the beginning. */
  readonly cursor: Cursor | null;
  readonly limit: number;
}

/** Records the region has issued, oldest first. Each is the JSON text as it came, so that long numbers stay what they were. */
export interface FeedPage {
  readonly records: readonly string[];
  /** Where the next page begins. */
  readonly cursor: Cursor;
  readonly more: boolean;
  /** SM3 of the records, base64url: tells whether two pages hold the same. */
  readonly digest: string;
}

/**
 * What is wrong with a page. By itself: not readable as what the profile says, no cursor, no word whether more follows,
 * an entry that is no record, another count or digest than it says, more than was asked for. Among others: a cursor that
 * stands still (`still`), goes back (`back`) or was here before (`loop`), the same records again (`repeated`).
 */
export type Unsound = 'unreadable' | 'cursor' | 'more' | 'record' | 'count' | 'digest' | 'too-long' | 'still' | 'back' | 'loop' | 'repeated';

/**
 * `unsound`: an answer came that cannot be trusted (cut off, in another charset, fewer records than it says, another
 * digest); nothing of it is used, and asking again is safe. `later`: no answer, or a request to come back.
 * `denied`: our key, clock or configuration is wrong.
 */
export type FeedAnswer =
  | { readonly verdict: 'page'; readonly page: FeedPage }
  | { readonly verdict: 'unsound'; readonly reason: Unsound }
  | { readonly verdict: 'later'; readonly restMs: number; readonly reason: string }
  | { readonly verdict: 'denied'; readonly code: string; readonly reason: string };

/** What became of telling the region that we have something. */
export type Acknowledgement = { readonly verdict: 'done' } | Exclude<FeedAnswer, { readonly verdict: 'page' | 'unsound' }>;

/** What the region issues: read in pages, acknowledged when the county has them. Answers are values. */
export interface Feed {
  pull(asked: Asked): Promise<FeedAnswer>;
  /** Everything up to this cursor has been dealt with. */
  acknowledge(resource: string, cursor: Cursor): Promise<Acknowledgement>;
}
