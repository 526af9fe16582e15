import type { Site } from '../config/site.ts';
import { Failure } from '../record/failure.ts';
import type { Job } from '../record/job.ts';
import { closesInMs, opensInMs, type WorkTime } from './work-time.ts';
import { zoneMinutes } from './zone.ts';

/** When and why a run must end, done or not. */
export interface RunEnd {
  readonly inMs: number;
  readonly code: 'OVER_BUDGET' | 'WINDOW_CLOSED';
}

/** How long a run of the job may go on that begins now; null: to its end. Throws a Failure `OUTSIDE_WINDOW` when it may not begin. */
export function allowedNow(site: Pick<Site, 'zone' | 'calendar'>, job: Job, wallMs: number): RunEnd | null {
  const time = workTimeOf(site, job.windows);
  const waitMs = opensInMs(time, wallMs);
  if (waitMs > 0) throw new Failure('OUTSIDE_WINDOW', { job: job.job, minutes: Math.ceil(waitMs / 60_000) });
  const closing = closesInMs(time, wallMs);
  const budgetMs = job.budgetMinutes === undefined ? Number.POSITIVE_INFINITY : job.budgetMinutes * 60_000;
  if (closing !== null && closing <= budgetMs) return { inMs: closing, code: 'WINDOW_CLOSED' };
  return Number.isFinite(budgetMs) ? { inMs: budgetMs, code: 'OVER_BUDGET' } : null;
}

export function workTimeOf({ zone, calendar }: Pick<Site, 'zone' | 'calendar'>, windows: WorkTime['windows'] = []): WorkTime {
  return { windows, calendar, zoneMinutes: zoneMinutes(zone) };
}
