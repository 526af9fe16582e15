import type { Entry, Parcel } from '../record/batch.ts';
import type { Answer, Fate } from '../record/receipt.ts';
import type { Counterpart } from './compare.ts';
import type { Feed } from './feed.ts';
import type { Verifier } from './verifier.ts';

/** What a batch is called and when it was written: everything its bytes depend on besides its entries. */
export interface Label {
  readonly no: string;
  readonly table: string;
  /** Region's local time, `yyyy-MM-dd HH:mm:ss`. */
  readonly time: string;
}

/** What an exchange database is found to be; nothing is written to it. */
export interface ExchangeProbe {
  readonly version: string;
  /** Its clock, milliseconds since 1970. */
  readonly clockMs: number;
  /** Whether a rare character comes back as it went. */
  readonly wide: boolean;
  readonly tables: readonly ExchangeTable[];
}

/** A table as it is there: what it lacks, and why it cannot be written to (for the region's own: read), by the server's code. */
export interface ExchangeTable {
  readonly table: string;
  readonly use: 'write' | 'read';
  /** Null: no such table, or no right to it at all. */
  readonly missing: readonly string[] | null;
  readonly refused: string | null;
}

/** The region's interface. Answers are values: only a programming error throws. */
export interface Region {
  /** The bytes of a batch. Pure: the same label and entries give the same parcel for ever. */
  wrap(label: Label, entries: readonly Entry[]): Parcel;
  push(parcel: Parcel): Promise<Answer>;
  /** What became of a batch whose answer was lost, or who has not yet said. `never-seen` means: it is right to send it again. */
  ask(parcel: Parcel): Promise<Fate>;
  /** What it tells of what it has; absent where it can only be sent to. */
  readonly counterpart?: Counterpart;
  /** Its word on a licence that somebody shows; absent where it gives none. */
  readonly verifier?: Verifier;
  /** What it issues; absent where it issues nothing. */
  readonly feed?: Feed;
  /** Looks whether it can be reached and has the tables and rights that these entries need; absent where that cannot be asked. Rejects when it cannot be reached. */
  readonly probe?: (entries: readonly Entry[]) => Promise<ExchangeProbe>;
  /** How far its clock is ahead of ours, to a second; null before it has said its time, absent where it never does. */
  readonly skewMs?: () => number | null;
  close(): Promise<void>;
}
