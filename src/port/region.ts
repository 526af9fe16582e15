import type { Parcel } from '../record/batch.ts';
import type { Answer, Fate } from '../record/receipt.ts';

/** The region's interface. Answers are values: only a programming error throws. */
export interface Region {
  push(parcel: Parcel): Promise<Answer>;
  /** What became of a batch whose answer was lost. */
  ask(batchNo: string): Promise<Fate>;
  close(): Promise<void>;
}
