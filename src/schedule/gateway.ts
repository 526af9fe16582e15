import type { Site } from '../config/site.ts';
import { compileContract } from '../contract/contract.ts';
import { breakerOf, type Breaker, type Lamp } from '../delivery/breaker.ts';
import { examiner } from '../intake/examine.ts';
import { compileMapping } from '../mapping/mapping.ts';
import type { Clock, Luck } from '../port/clock.ts';
import type { Log } from '../port/log.ts';
import type { Region } from '../port/region.ts';
import type { Source } from '../port/source.ts';
import type { Store } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import type { Job } from '../record/job.ts';
import { runJob, type RunResult, type RunSetting } from './run-job.ts';

/** What a gateway is opened with: a site, and the outside world. */
export interface GatewayParts {
  readonly site: Site;
  readonly store: Store;
  readonly region: Region;
  readonly openSource: (name: string) => Source;
  readonly clock: Clock;
  readonly luck: Luck;
  readonly log: Log;
}

export interface Gateway {
  readonly site: Site;
  /** Runs a job once; throws a Failure `JOB_UNKNOWN` for a name no file in jobs/ has. */
  run(name: string, options: { readonly signal: AbortSignal; readonly patienceMs: number; readonly progress: RunSetting['progress'] }): Promise<RunResult>;
  lamp(): Lamp;
  close(): Promise<void>;
}

/** Envelopes on their way beyond which the reading waits for the region. */
const highWater = 20_000;

/** Opens a site for running its jobs; mappings and contract are compiled once. */
export async function openGateway(parts: GatewayParts): Promise<Gateway> {
  const { site, store, clock, log } = parts;
  await store.closeAbandonedRuns(clock.wallMs());
  const intakes = compileIntakes(parts);
  const breaker = breakerOf(parts.region, (lamp) => log.warn('BREAKER', { state: lamp.state, reason: lamp.reason }));
  return {
    site,
    run: async (name, options) => {
      const job = site.jobs.find((one) => one.job === name);
      const intake = job === undefined ? undefined : intakes.of(job);
      if (job === undefined || intake === undefined) throw new Failure('JOB_UNKNOWN', { job: name, known: site.jobs.map((one) => one.job).join('、') });
      const result = await runJob({
        ...options, job, intake, store, clock, highWater, made: site.version, delivery: deliverySetting(parts, breaker),
      });
      log.info('RUN', { job: name, run: result.run, state: result.state, failure: result.failure?.code ?? null, ...result.counts });
      return result;
    },
    lamp: () => breaker.lamp(),
    close: async () => {
      breaker.close();
      await intakes.close();
      await parts.region.close();
      await store.close();
    },
  };
}

function deliverySetting({ site, region, luck }: GatewayParts, breaker: Breaker): RunSetting['delivery'] {
  return { region, breaker, luck, regionCode: site.regionCode, zoneMinutes: zoneMinutes(site.zone), limits: site.profile.limits };
}

function compileIntakes({ site, openSource }: GatewayParts): { of(job: Job): RunSetting['intake'] | undefined; close(): Promise<void> } {
  const contract = compileContract(site.contract);
  const sources = new Map<string, Source>();
  const compiled = new Map(site.datasets.map((dataset) => {
    const mapping = compileMapping(dataset, contract);
    return [dataset.dataset, { selection: mapping.selection, examine: examiner(mapping, contract), source: dataset.source }];
  }));
  return {
    of: (job) => {
      const found = compiled.get(job.dataset);
      if (found === undefined) return undefined;
      const source = sources.get(found.source) ?? openSource(found.source);
      sources.set(found.source, source);
      return { selection: found.selection, examine: found.examine, source };
    },
    close: async () => {
      for (const source of sources.values()) await source.close();
    },
  };
}

/** `+08:00` is 480. */
export function zoneMinutes(zone: string): number {
  const parts = /^([+-])(\d{2}):(\d{2})$/.exec(zone);
  if (parts === null) throw new Error(`not a zone: ${zone}`);
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3]));
}
