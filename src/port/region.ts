import type { Entry, Parcel } from '../record/batch.ts';
import type { Answer, Fate } from '../record/receipt.ts';

/** What a batch is called and when it was written: everything its bytes depend on besides its entries. */
export interface Label {
  readonly no: string;
  readonly table: string;
  /** Region's local time, `yyyy-MM-dd HH:mm:ss`. */
  readonly time: string;
}

/** The region's interface. Answers are values: only a programming error throws. */
export interface Region {
  /** The bytes of a batch. Pure: the same label and entries give the same parcel for ever. */
  wrap(label: Label, entries: readonly Entry[]): Parcel;
  push(parcel: Parcel): Promise<Answer>;
  /** What became of a batch whose answer was lost. */
  ask(batchNo: string): Promise<Fate>;
  close(): Promise<void>;
}
