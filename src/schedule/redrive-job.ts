import { redrive } from '../mending/redrive.ts';
import type { Clock } from '../port/clock.ts';
import type { Source } from '../port/source.ts';
import type { Store } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import type { RedriveJob } from '../record/job.ts';
import type { Site } from '../config/site.ts';
import { correctionsOf, mendingParts } from './mending.ts';
import type { RunResult } from './run-job.ts';

/** What a redrive on the timetable is run with. */
export interface RedriveRunSetting {
  readonly job: RedriveJob;
  readonly site: Site;
  readonly store: Store;
  readonly openSource: (name: string) => Source;
  readonly highWater: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (read: number) => void;
}

/**
 * Lets go again, as a run of its own and in the job's name, what has been set aside for so long; the dataset's next report sends it.
 * What is refused anew is set aside anew, and its time begins again; what a full outbox had no room for is left for the next time.
 */
export async function runRedriveJob({ job, site, store, openSource, highWater, clock, signal, progress }: RedriveRunSetting): Promise<RunResult> {
  const { dataset, code, value, olderHours, perSecond } = job;
  const at = clock.wallMs();
  const run = await store.beginRun({ job: job.job, dataset, mode: 'redrive', at, made: site.version });
  await store.sign(run, { at, who: job.job, why: job.title });
  const mending = mendingParts(site, openSource, await correctionsOf(site, store));
  const end = async (state: RunResult['state'], failure: Failure | null): Promise<RunResult> => {
    const counts = await store.endRun(run, { at: clock.wallMs(), state, failure: failure?.code ?? null });
    return { run, state, counts, failure };
  };
  try {
    // The gateway has taken the dataset for this job.
    const done = await redrive({
      ...mending, store, occupy: () => () => undefined, clock, signal, highWater, perSecond, who: job.job, why: job.title, run: { dataset, id: run },
      selection: { dataset, code, ...(value === undefined ? {} : { value }), before: at - olderHours * 3_600_000 }, progress,
    });
    return await end(done.left === 'stopped' ? 'stopped' : done.left === 'full' || done.freed + done.gone > 0 ? 'pending' : 'done', null);
  } catch (cause) {
    if (!(cause instanceof Failure)) {
      await end('failed', new Failure('UNFORESEEN'));
      throw cause;
    }
    return end(signal.aborted ? 'stopped' : 'failed', cause);
  } finally {
    await mending.close();
  }
}
