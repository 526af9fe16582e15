import type { Site } from '../config/site.ts';
import type { Lamp } from '../delivery/breaker.ts';
import type { Clock, Luck } from '../port/clock.ts';
import type { Log } from '../port/log.ts';
import type { Store } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import { fitOut, type Outfit, type World } from './outfit.ts';
import { runJob, type RunResult, type RunSetting } from './run-job.ts';

/** What a gateway is opened with: a site, and the outside world. */
export interface GatewayParts extends Omit<World, 'onLamp'> {
  readonly site: Site;
  readonly store: Store;
  readonly clock: Clock;
  readonly luck: Luck;
  readonly log: Log;
}

export interface Gateway {
  /** The site by which the next run is made. */
  readonly site: Site;
  /** Runs a job once; throws a Failure `JOB_UNKNOWN` for a name no file in jobs/ has. */
  run(name: string, options: { readonly signal: AbortSignal; readonly patienceMs: number; readonly progress: RunSetting['progress']; readonly confirm?: string }): Promise<RunResult>;
  /**
   * Takes another version of the site files from the next run on; a run under way ends by the files it began with, so the
   * version written down with a run is that of every envelope it makes. Throws, and keeps what it has, when it cannot.
   */
  take(site: Site): Promise<void>;
  lamp(): Lamp;
  close(): Promise<void>;
}

/** Envelopes on their way beyond which the reading waits for the region. */
const highWater = 20_000;

/** Opens a site for running its jobs; mappings and contract are compiled once for each version of the files. */
export async function openGateway(parts: GatewayParts): Promise<Gateway> {
  const { store, clock, log } = parts;
  const world: World = { ...parts, onLamp: (lamp) => log.warn('BREAKER', { state: lamp.state, reason: lamp.reason }) };
  await store.closeAbandonedRuns(clock.wallMs());
  let now = fitOut(parts.site, world, null);
  return {
    get site() {
      return now.value.site;
    },
    run: async (name, options) => {
      const outfit = now.hold();
      try {
        const result = await runJob({ ...options, ...madeBy(outfit.value, name), store, clock, highWater, delivery: deliverySetting(outfit.value, parts.luck) });
        log.info('RUN', { job: name, run: result.run, state: result.state, failure: result.failure?.code ?? null, ...result.counts });
        return result;
      } finally {
        await outfit.release();
      }
    },
    take: async (site) => {
      const before = now;
      for (const what of ['store', 'zone', 'regionCode'] as const) {
        if (JSON.stringify(site[what]) !== JSON.stringify(before.value.site[what])) throw new Failure('RESTART_NEEDED', { what });
      }
      now = fitOut(site, world, before.value);
      await before.release();
    },
    lamp: () => now.value.door.value.breaker.lamp(),
    close: async () => {
      await now.release();
      await store.close();
    },
  };
}

function madeBy({ site, intakeOf }: Outfit, name: string): Pick<RunSetting, 'job' | 'intake' | 'made'> {
  const job = site.jobs.find((one) => one.job === name);
  const intake = job === undefined ? undefined : intakeOf(job);
  if (job === undefined || intake === undefined) throw new Failure('JOB_UNKNOWN', { job: name, known: site.jobs.map((one) => one.job).join('、') });
  return { job, intake, made: site.version };
}

function deliverySetting({ site, door }: Outfit, luck: Luck): RunSetting['delivery'] {
  return { ...door.value, luck, regionCode: site.regionCode, zoneMinutes: zoneMinutes(site.zone), limits: site.profile.limits };
}

/** `+08:00` is 480. */
export function zoneMinutes(zone: string): number {
  const parts = /^([+-])(\d{2}):(\d{2})$/.exec(zone);
  if (parts === null) throw new Error(`not a zone: ${zone}`);
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3]));
}
