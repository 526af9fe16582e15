import type { Handlers } from '../asked.ts';
import type { Texts } from '../../../src/cli/texts.ts';
import type { Run } from '../../../src/record/run.ts';
import type { Job } from '../../../src/record/job.ts';
import { reasonText } from '../reason-text.ts';
import { sharedReading } from '../shared-reading.ts';
import { shownRun } from '../shown-run.ts';
import type { World } from '../world.ts';

const zoneMs = 8 * 3_600_000;
const dayMs = 86_400_000;
const none = { kept: 0, delivered: 0, refused: 0 };

/** The figures of the first page, before they are put into words. */
export interface OverviewFigures {
  readonly at: number;
  readonly totals: Awaited<ReturnType<World['read']['totals']>>;
  readonly runs: readonly Run[];
  readonly today: Awaited<ReturnType<World['read']['sums']>>;
  readonly yesterday: Awaited<ReturnType<World['read']['sums']>>;
  readonly successes: Awaited<ReturnType<World['read']['lastSuccesses']>>;
  readonly alarms: { readonly open: number; readonly worst: 'alarm' | 'warning' | null };
}

/** Reads the figures; whoever asks while they are read gets the same. */
export function overviewReading({ read, clock, alarms }: World): () => Promise<OverviewFigures> {
  return sharedReading(async () => {
    const at = clock.wallMs();
    const midnight = Math.floor((at + zoneMs) / dayMs) * dayMs - zoneMs;
    const open = (await alarms.open()).filter((one) => one.acknowledged === null);
    return {
      at, totals: await read.totals(), runs: await read.lastRuns(50), today: await read.sums(midnight, at + 1), yesterday: await read.sums(midnight - dayMs, midnight),
      successes: await read.lastSuccesses(),
      alarms: { open: open.length, worst: open.some((one) => one.severity === 'alarm') ? 'alarm' : open.length > 0 ? 'warning' : null },
    };
  });
}

/** The first page: is all well, in one look. */
export function overviewRoutes(world: World, figures: () => Promise<OverviewFigures>): Handlers {
  return { reads: { getOverview: async ({ texts }) => ({ json: shownOverview(await figures(), world, texts) }) } };
}

export function shownOverview(figures: OverviewFigures, world: World, texts: Texts): Readonly<Record<string, unknown>> {
  const site = world.site();
  const datasets = [
    ...site.datasets.map(({ dataset, title }) => ({ dataset, title, direction: 'up' })),
    ...site.jobs.filter((job) => job.kind === 'pull').map(({ dataset, title }) => ({ dataset, title, direction: 'down' })),
  ];
  return {
    site: site.name, at: figures.at, version: site.version, region: lampOf(world, texts), alarms: figures.alarms, auditWell: world.trail.well(),
    datasets: datasets.map(({ dataset, title, direction }) => {
      const jobs = site.jobs.filter((job) => job.dataset === dataset && (job.kind === 'pull') === (direction === 'down'));
      const run = figures.runs.find((one) => jobs.some((job) => job.job === one.job));
      return {
        dataset, title, direction, ...(direction === 'up' ? sentFigures(figures, dataset) : { ...nothingSent, lastSuccessAt: run?.state === 'done' ? run.endedAt : null }),
        lastRun: run === undefined ? null : shownRun(run, site, texts), nextRunAt: nextOf(jobs, world), paused: jobs.some((job) => world.duty.paused(job.job) !== null),
      };
    }),
  };
}

/** What is received is in no outbox: only its runs tell of it. */
const nothingSent = { atRegion: 0, delivered: 0, waiting: 0, quarantined: 0, oldestWaitingAt: null, today: none, yesterday: none };

function sentFigures(figures: OverviewFigures, dataset: string): Omit<typeof nothingSent, 'oldestWaitingAt'> & { readonly oldestWaitingAt: number | null; readonly lastSuccessAt: number | null } {
  const total = figures.totals.find((one) => one.dataset === dataset);
  return {
    atRegion: total?.atRegion ?? 0, delivered: total?.delivered ?? 0, waiting: total?.waiting ?? 0, quarantined: total?.quarantined ?? 0, oldestWaitingAt: total?.oldestWaitingAt ?? null,
    today: sumOf(figures.today, dataset), yesterday: sumOf(figures.yesterday, dataset), lastSuccessAt: figures.successes.find((one) => one.dataset === dataset)?.at ?? null,
  };
}

function sumOf(sums: OverviewFigures['today'], dataset: string): typeof none {
  const { kept, delivered, refused } = sums.find((one) => one.dataset === dataset) ?? none;
  return { kept, delivered, refused };
}

function nextOf(jobs: readonly Job[], { timetable, duty }: World): number | null {
  const next = jobs.filter((job) => duty.paused(job.job) === null).map((job) => timetable.nextRun(job.job)).filter((at) => at !== null);
  return next.length === 0 ? null : Math.min(...next);
}

function lampOf({ lamp }: World, texts: Texts): { readonly state: string; readonly since: number | null; readonly reason: string | null } {
  const { state, since, reason } = lamp();
  return { state, since, reason: reason === null || state === 'closed' ? null : reasonText(reason, texts) };
}
