import type { Correction } from '../record/correction.ts';
import type { Problem } from '../record/problem.ts';
import type { QualityStore } from './quality.ts';

/** Who let records go again, and why; kept with the run that did it. */
export interface Deed {
  readonly at: number;
  readonly who: string;
  readonly why: string;
}

/** A correction as the walk of its record shows it: never with its value. */
export interface TracedCorrection {
  readonly child: string;
  readonly column: string;
  readonly who: string;
  readonly why: string;
  readonly madeAt: number;
  /** When the county said something later; null while it holds. */
  readonly lapsedAt: number | null;
}

/** The region found fault, after the fact, with a row it had accepted. */
export interface LateRefusal {
  /** Number of the batch the row travelled in. */
  readonly batch: string;
  readonly table: string;
  readonly rowGuid: string;
  readonly problem: Problem;
  /** Whether the region still has the row, to be updated; otherwise it must be created anew. */
  readonly regionKeeps: boolean;
}

/**
 * What became of a late refusal. `overtaken`: a later version of the record is on its way or has arrived, which the refusal
 * says nothing about. `unknown`: no such row ever travelled in that batch. `before`: the record is set aside already.
 */
export type LateOutcome = 'set-aside' | 'overtaken' | 'unknown' | 'before';

/** What mending asks of the gateway's memory besides keeping. */
export interface MendingStore extends Pick<QualityStore, 'setAside'> {
  /** Keeps who began a redrive, and why. */
  sign(run: number, deed: Deed): Promise<void>;
  /** Keeps corrections that a person has made, all or none. */
  correct(corrections: readonly Correction[]): Promise<void>;
  /** Ends corrections: the county has said something later. */
  lapse(ids: readonly number[], at: number): Promise<void>;
  /** Puts delivered records back into quarantine, in one transaction; one outcome for each refusal, in their order. */
  refuseLate(refusals: readonly LateRefusal[], at: number): Promise<readonly LateOutcome[]>;
}
