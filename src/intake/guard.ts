import type { JudgingStore } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import type { ReportJob } from '../record/job.ts';
import type { Judged } from './judge-page.ts';
import type { Judgement } from './judge.ts';

/** How much of what the region has may change or disappear in one run without a person. */
export interface Allowance {
  /** Records of the dataset that the region has. */
  readonly atRegion: number;
  readonly allowed: number;
}

/** By the job's own setting; a dataset of which the region has nothing yet cannot lose anything. */
export async function allowanceOf(job: ReportJob, store: JudgingStore): Promise<Allowance> {
  const atRegion = await store.atRegion(job.dataset);
  return { atRegion, allowed: Math.max(job.guard.floor, Math.floor(job.guard.share * atRegion)) };
}

/** Whether keeping it changes or takes back something the region has, or may have just now; what is new does neither. */
export function touch(judgement: Judgement): 'changed' | 'gone' | null {
  if (judgement.verdict !== 'keep') return null;
  const { keep } = judgement;
  if (keep.kind === 'remove') return 'gone';
  if (keep.kind !== 'put' || keep.before === undefined) return null;
  const { atRegion, regionHas, begun } = keep.before;
  if (begun !== null) return 'changed';
  // What the region has only in part, or in its own words, is completed and not changed.
  return atRegion && regionHas !== '' && regionHas !== keep.fingerprint ? 'changed' : null;
}

/** Counts what is touched. */
export class Touched {
  #changed = 0;
  #gone = 0;

  note(judged: readonly Judged[]): void {
    for (const { judgement } of judged) {
      const touched = touch(judgement);
      if (touched === 'changed') this.#changed += 1;
      else if (touched === 'gone') this.#gone += 1;
    }
  }

  get changed(): number {
    return this.#changed;
  }

  get gone(): number {
    return this.#gone;
  }

  /** Throws when it has become too much. */
  check(job: ReportJob, { atRegion, allowed }: Allowance): void {
    if (this.#changed + this.#gone <= allowed) return;
    throw new Failure('GUARD_HELD', { job: job.job, dataset: job.dataset, changed: this.#changed, gone: this.#gone, atRegion, allowed });
  }
}
