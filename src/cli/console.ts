import type { Clock } from '../port/clock.ts';
import type { Run } from '../record/run.ts';
import type { ConsoleOptions } from './parts.ts';

interface ConsoleFigures {
  readonly site: string;
  readonly at: number;
  readonly datasets: readonly DatasetFigures[];
  readonly breaker: { readonly state: 'closed' | 'half-open' | 'open'; readonly since: number | null; readonly reason: string | null };
}

interface DatasetFigures {
  readonly name: string;
  readonly title: string;
  readonly region: number;
  readonly waiting: number;
  readonly quarantined: number;
  readonly delivered: number;
  readonly oldestWaitingAt: number | null;
  readonly lastRun: Run | null;
  readonly nextRun: number | null;
}

type StartConsole = (parts: {
  readonly port: number;
  readonly host: string;
  readonly figures: () => Promise<ConsoleFigures>;
  readonly log: (code: string, facts: Readonly<Record<string, string>>) => void;
}) => Promise<{ readonly url: string; close(): Promise<void> }>;

/** Opens the console on this machine, with figures read from the store each time somebody looks. */
export function openConsole(options: ConsoleOptions, clock: Clock, start: StartConsole): ReturnType<StartConsole> {
  const lamps = watchedLamp(options.lamp, clock);
  return start({
    port: options.port, host: '127.0.0.1',
    figures: () => figures(options, clock, lamps),
    log: (code, facts) => options.log.warn(code, facts),
  });
}

async function figures({ site, store, nextRun }: ConsoleOptions, clock: Clock, lamp: () => ConsoleFigures['breaker']): Promise<ConsoleFigures> {
  const totals = await store.totals();
  const runs = await store.lastRuns(50);
  return {
    site: site.name, at: clock.wallMs(), breaker: lamp(),
    datasets: site.datasets.map(({ dataset, title }) => {
      const total = totals.find((one) => one.dataset === dataset);
      const next = site.jobs.filter((job) => job.dataset === dataset).map((job) => nextRun(job.job)).filter((at) => at !== null);
      return {
        name: dataset, title, region: total?.atRegion ?? 0, waiting: total?.waiting ?? 0, quarantined: total?.quarantined ?? 0,
        delivered: total?.delivered ?? 0, oldestWaitingAt: total?.oldestWaitingAt ?? null,
        lastRun: runs.find((run) => run.dataset === dataset) ?? null, nextRun: next.length === 0 ? null : Math.min(...next),
      };
    }),
  };
}

/** The breaker's lamp with the moment since when it has not been closed, as far as somebody has looked. */
function watchedLamp(lamp: ConsoleOptions['lamp'], clock: Clock): () => ConsoleFigures['breaker'] {
  let since: number | null = null;
  return () => {
    const { state, reason } = lamp();
    since = state === 'closed' ? null : since ?? clock.wallMs();
    return { state, since, reason };
  };
}
