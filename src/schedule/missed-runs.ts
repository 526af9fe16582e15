import type { MissedStore } from '../port/missed.ts';
import type { RunStore } from '../port/store.ts';
import type { Job } from '../record/job.ts';
import { nextTimes } from './next-times.ts';

/** More are not told apart. */
const most = 10_000;

/** What jobs have missed since they last began, because nobody was there; noted, and given by name. */
export async function missedWhileDown(
  jobs: readonly Job[],
  { store, wallMs, zoneMinutes }: { readonly store: MissedStore & Pick<RunStore, 'lastRuns'>; readonly wallMs: number; readonly zoneMinutes: number },
): Promise<ReadonlySet<string>> {
  const missed = new Set<string>();
  const runs = await store.lastRuns(1);
  for (const job of jobs) {
    const last = runs.findLast((run) => run.job === job.job);
    if (job.cron === undefined || last === undefined) continue;
    const due = nextTimes(job.cron, { after: last.startedAt, zoneMinutes, count: most }).filter((at) => at <= wallMs);
    const [first] = due;
    if (first === undefined) continue;
    missed.add(job.job);
    await store.noteMissed({ job: job.job, reason: 'down', firstDue: first, lastDue: due.at(-1) ?? first, times: due.length });
  }
  return missed;
}
