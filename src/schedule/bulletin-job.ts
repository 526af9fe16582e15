import type { Site } from '../config/site.ts';
import type { BulletinLine, BulletinStore } from '../port/bulletins.ts';
import type { Clock } from '../port/clock.ts';
import type { Log } from '../port/log.ts';
import type { QualityStore } from '../port/quality.ts';
import type { RunStore } from '../port/store.ts';
import { departmentFigures } from '../quality/report.ts';
import { Failure } from '../record/failure.ts';
import type { BulletinJob } from '../record/job.ts';
import { noCounts } from '../record/run.ts';
import type { RunResult } from './run-job.ts';
import { zoneMinutes } from './zone.ts';

/** What the closing of a month is run with. */
export interface BulletinRunSetting {
  readonly job: BulletinJob;
  readonly site: Site;
  readonly store: RunStore & BulletinStore;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info'>;
  /** Reads beside the gateway, on a thread of its own: every record is looked at. */
  readonly openQuality: (storeFile: string) => QualityStore & { close(): Promise<void> };
}

/**
 * Keeps each department's figures for the month that ended last, as they stand now and under the time of now: once, and only where
 * the gateway was there before the month ended, for figures of another time are not its own. Else there is nothing to do.
 */
export async function runBulletinJob({ job, site, store, clock, log, openQuality }: BulletinRunSetting): Promise<RunResult> {
  const { month, endMs } = lastMonth(clock.wallMs(), zoneMinutes(site.zone));
  const first = await store.firstRunAt();
  const run = await store.beginRun({ job: job.job, dataset: job.dataset, mode: 'bulletin', at: clock.wallMs(), made: site.version });
  const end = (state: RunResult['state'], failure: Failure | null): Promise<unknown> => store.endRun(run, { at: clock.wallMs(), state, failure: failure?.code ?? null });
  try {
    const open = first !== null && first < endMs && !(await store.closedMonths()).some((one) => one.month === month);
    if (open) await store.keepBulletin({ month, at: clock.wallMs(), lines: await linesNow(site, openQuality) });
    await end('done', null);
    log.info('BULLETIN', { run, month, kept: open });
    return { run, state: 'done', counts: noCounts, failure: null };
  } catch (cause) {
    const failure = cause instanceof Failure ? cause : new Failure('UNFORESEEN');
    await end('failed', failure);
    if (failure !== cause) throw cause;
    return { run, state: 'failed', counts: noCounts, failure };
  }
}

async function linesNow(site: Site, openQuality: BulletinRunSetting['openQuality']): Promise<readonly BulletinLine[]> {
  const quality = openQuality(site.store.file);
  try {
    return (await departmentFigures(site, quality)).map(({ dataset, department, records, passed }) => ({ dataset, department, records, passed }));
  } finally {
    await quality.close();
  }
}

/** The month that ended last before a moment, and when it did. */
export function lastMonth(at: number, zone: number): { readonly month: string; readonly endMs: number } {
  const local = new Date(at + zone * 60_000);
  const first = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), 1);
  return { month: new Date(first - 1).toISOString().slice(0, 7), endMs: first - zone * 60_000 };
}
