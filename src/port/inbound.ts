import type { Row } from '../record/change.ts';
import type { Cursor } from '../record/cursor.ts';
import type { SealedRecord } from '../record/envelope.ts';
import type { Issued, IssuedState } from '../record/issued.ts';
import type { Problem } from '../record/problem.ts';

/** How far a resource has been read, and what was last said about it. */
export interface Stream {
  readonly cursor: Cursor | null;
  /** The page before the cursor: where it began and what it held, so that the same page under another cursor is noticed. */
  readonly last: { readonly from: Cursor | null; readonly digest: string; readonly count: number } | null;
  /** What the region has been told we have. */
  readonly acknowledged: Cursor | null;
  /** When it was last asked, had no more, and everything was dealt with; null before. */
  readonly caughtUpAt: number | null;
}

/** Records that have arrived, by a page or by a callback; kept in one transaction with the cursor or the nonce. */
export interface Arrival {
  readonly resource: string;
  readonly at: number;
  readonly run: number;
  readonly records: readonly Pick<Issued, 'key' | 'version' | 'fingerprint' | 'text'>[];
  readonly via:
    | { readonly kind: 'page'; readonly from: Cursor | null; readonly cursor: Cursor; readonly digest: string }
    /** The nonce counts once until it expires; a second arrival under it is refused whole. */
    | { readonly kind: 'callback'; readonly nonce: string; readonly expiresAt: number };
}

/** `fresh`: kept now. `repeated`: known already, nothing to do. `overtaken`: a later version had come before. */
export type Arrived = { readonly fresh: number; readonly repeated: number; readonly overtaken: number } | 'replayed';

/** Both sides' values of a shared column, side by side. */
export interface Conflict {
  readonly id: number;
  readonly resource: string;
  readonly key: string;
  readonly table: string;
  /** Key columns of the county's row. */
  readonly row: Row;
  readonly column: string;
  readonly agreed: string | null;
  readonly county: string | null;
  readonly region: string | null;
  /** `settled`: both sides came to say the same without anybody deciding. */
  readonly state: 'open' | 'region' | 'county' | 'settled';
  /** A person's name, `rule`, or null while open. */
  readonly by: string | null;
  readonly why: string | null;
  readonly openedAt: number;
  readonly decidedAt: number | null;
  /** How often each side's value has moved on since the conflict was opened: whether it is still the one somebody has seen. */
  readonly countyMoved: number;
  readonly regionMoved: number;
}

/** What both sides last agreed on about the rows a record fills: by table and key of the row, then by column. */
export type Agreed = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

/** What the region has of a record that the county reports too, because the region said so itself. */
export interface Adoption {
  readonly dataset: string;
  readonly key: string;
  readonly identity: string | null;
  /** With bodies; a row whose content nobody here knows has an empty body and digest. */
  readonly records: readonly SealedRecord[];
  /** What we sent since this moment may have come to the region after what it said: then nothing is known, and nothing is noted. */
  readonly unlessSentSince: number | null;
  /** Fingerprint of the county's record when it says just this now; null when it says something else, or nothing yet. */
  readonly fingerprint: string | null;
}

export type ConflictNote = Pick<Conflict, 'resource' | 'key' | 'table' | 'row' | 'column' | 'agreed' | 'county' | 'region' | 'state' | 'by' | 'why'>;

/** What came of records that were received; one transaction. */
export interface Outcome {
  readonly resource: string;
  readonly at: number;
  readonly ended: readonly { readonly id: number; readonly state: Exclude<IssuedState, 'received'>; readonly problems: readonly Problem[] }[];
  readonly agreed: readonly { readonly key: string; readonly rows: Agreed }[];
  /** Conflicts opened, moved on or settled; an open one of the same row and column is taken up again. */
  readonly conflicts: readonly ConflictNote[];
  readonly adopted: readonly Adoption[];
}

/** What pulling asks of the gateway's memory. */
export interface InboundStore {
  /** Random, made with the store: a mark at the county is ours only under the same name. */
  epoch(): Promise<string>;
  stream(resource: string): Promise<Stream>;
  receive(arrival: Arrival): Promise<Arrived>;
  /** Whether every one of these has come before, word for word. */
  knows(resource: string, records: readonly Pick<Issued, 'key' | 'fingerprint'>[]): Promise<boolean>;
  /** Received and not yet dealt with, in the order of arrival. */
  received(resource: string, limit: number): Promise<readonly (Issued & { readonly run: number })[]>;
  agreed(resource: string, keys: readonly string[]): Promise<ReadonlyMap<string, Agreed>>;
  conclude(outcome: Outcome): Promise<void>;
  /** Asked at this moment, the region had no more, and everything that had come has been dealt with. */
  noteCaughtUp(resource: string, at: number): Promise<void>;
  /** The region has been told. */
  noteAcknowledged(resource: string, cursor: Cursor): Promise<void>;
  conflicts(state: 'open' | 'all', limit: number): Promise<readonly Conflict[]>;
  conflict(id: number): Promise<Conflict | null>;
  /** False when it was no longer open. */
  decide(id: number, decision: { readonly state: 'region' | 'county'; readonly by: string; readonly why: string; readonly at: number }): Promise<boolean>;
}

/** How many records of a resource are in each state. */
export interface InboundCount {
  readonly resource: string;
  readonly state: IssuedState;
  readonly count: number;
}

/** What people and other rooms look at. */
export interface InboundLook extends Pick<InboundStore, 'stream' | 'conflicts' | 'conflict'> {
  inboundCounts(): Promise<readonly InboundCount[]>;
  /** The newest record of each key of a resource, in the order of keys, whatever its state but overtaken. */
  issued(resource: string, after: string, limit: number): Promise<readonly (Issued & { readonly problems: readonly Problem[] })[]>;
}
