import type { Site } from '../config/site.ts';
import type { Clock } from '../port/clock.ts';
import type { ComparisonStore } from '../port/compare.ts';
import type { RunStore } from '../port/store.ts';
import type { Comparison } from '../record/comparison.ts';
import { Failure } from '../record/failure.ts';
import type { CompareJob } from '../record/job.ts';
import { notNow } from '../record/not-now.ts';
import { noCounts } from '../record/run.ts';
import type { RunResult } from './run-job.ts';

/** What a comparison on the timetable is run with. */
export interface CompareRunSetting {
  readonly job: CompareJob;
  readonly site: Site;
  readonly store: RunStore & ComparisonStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly compare: () => Promise<Comparison>;
}

/** Compares as a run of its own; sides that disagree are said with it (`COMPARE_UNEQUAL`), what stopped it as in every run. */
export async function runCompareJob({ job, site, store, clock, signal, compare }: CompareRunSetting): Promise<RunResult> {
  const run = await store.beginRun({ job: job.job, dataset: job.dataset, mode: 'compare', at: clock.wallMs(), made: site.version });
  const end = async (state: RunResult['state'], failure: Failure | null): Promise<RunResult> => {
    await store.endRun(run, { at: clock.wallMs(), state, failure: failure?.code ?? null });
    return { run, state, counts: noCounts, failure };
  };
  try {
    const found = await compare();
    return await end('done', found.equal === false ? new Failure('COMPARE_UNEQUAL', { dataset: job.dataset, ...found.counts, groups: found.groups.length }) : null);
  } catch (cause) {
    if (!(cause instanceof Failure)) {
      await end('failed', new Failure('UNFORESEEN'));
      throw cause;
    }
    return end(signal.aborted ? 'stopped' : notNow.has(cause.code) ? 'pending' : 'failed', cause);
  }
}
