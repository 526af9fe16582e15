import type { Conclusion } from '../../src/delivery/conclude.ts';
import type { Deciding } from '../../src/inbound/decide.ts';
import type { DictionaryEffect } from '../../src/inbound/dictionary-effect.ts';
import type { DictionaryReach } from '../../src/inbound/dictionary-reach.ts';
import type { Figure } from '../../src/indicators/compute.ts';
import type { LookedRow } from '../../src/intake/look-at-row.ts';
import type { RepairPlan } from '../../src/reconcile/repair-plan.ts';
import type { PresentChange } from '../../src/record/change.ts';
import type { KeptComparison } from '../../src/record/comparison.ts';

/** A copy of the gateway's and the console's memory. */
export interface Backup {
  readonly name: string;
  readonly at: number;
  readonly bytes: number;
}

/** A certificate the gateway or its region shows, and when it ends. */
export interface Certificate {
  readonly what: string;
  readonly subject: string;
  readonly endsAt: number;
}

/** Code lists nobody has taken yet, each with what taking it would do; and how many codes of the base catalogue are withdrawn, null where the region issues none. */
export interface IssuedLists {
  readonly lists: readonly { readonly id: number; readonly effect: DictionaryEffect; readonly reach: DictionaryReach }[];
  readonly withdrawn: number | null;
}

/** What the console asks of the running service besides the workbench: comparisons, figures, mappings as they are, and its own house. */
export interface Office {
  /** The newest first. */
  comparisons(dataset: string | null, limit: number): Promise<readonly KeptComparison[]>;
  repairPlan(found: KeptComparison): Promise<RepairPlan>;
  /** Begins a comparison as soon as no job runs; the result is kept. */
  compare(dataset: string): void;
  /** Does what the plan of this name says, as soon as no job runs; throws a Failure when it is another by now. */
  repair(found: KeptComparison, plan: string): Promise<void>;
  /** Decides a contested value as soon as no job runs; throws a Failure when it has moved meanwhile. */
  decideConflict(deciding: Omit<Deciding, 'at'>): Promise<void>;
  /** Lets a dataset go on that rests after a failed check of the gateway itself; false when it does not rest. */
  resume(dataset: string, by: { readonly who: string; readonly why: string }): Promise<boolean>;
  /** Concludes a batch in doubt as soon as no job runs; throws a Failure when it is in doubt no more. */
  concludeBatch(said: Pick<Conclusion, 'no' | 'heard' | 'who' | 'why'>): Promise<void>;
  /** A few rows of the county, with what becomes of them by today's files. */
  sampleRows(dataset: string, limit: number): Promise<readonly { readonly row: PresentChange; readonly looked: LookedRow }[]>;
  /** Texts of a mapping's file; empty when it cannot be read. */
  mappingFile(dataset: string): { readonly file: string; readonly text: string };
  indicators(): Promise<readonly Figure[]>;
  /** What the region has issued that a person must look at. */
  issued(): Promise<IssuedLists>;
  /** Takes the list of this number as soon as no job runs, if its plan is still the one that was seen; throws a Failure when it is not, or when code tables would break. */
  takeList(number: number, plan: string): Promise<void>;
  /** `gateway.yaml` and the region's interface as read, secrets hidden. */
  config(): readonly { readonly path: string; readonly value: string }[];
  certificates(): readonly Certificate[];
  backups(): readonly Backup[];
  backUp(): Promise<Backup>;
  readonly version: string;
  readonly node: string;
  readonly startedAt: number;
}
