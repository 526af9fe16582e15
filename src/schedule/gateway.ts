import type { Site } from '../config/site.ts';
import type { Lamp } from '../delivery/breaker.ts';
import { counterpartThrough, feedThrough } from '../delivery/questions.ts';
import type { Outcome } from '../delivery/refusals.ts';
import { warningOf, withdrawnCodes } from '../inbound/catalogue.ts';
import { undecided } from '../inbound/contested.ts';
import { pull } from '../inbound/pull.ts';
import type { Clock, Luck } from '../port/clock.ts';
import type { GateWord } from '../port/gates.ts';
import type { Log } from '../port/log.ts';
import type { Region } from '../port/region.ts';
import type { Source } from '../port/source.ts';
import type { Store } from '../port/store.ts';
import type { Comparison, Difference } from '../record/comparison.ts';
import { Failure } from '../record/failure.ts';
import { invariantBroken, present } from '../record/invariant.ts';
import { isReport, type PullJob } from '../record/job.ts';
import { AtWork } from './at-work.ts';
import { allowedNow, workTimeOf, type RunEnd } from './allowed.ts';
import { runBulletinJob, type BulletinRunSetting } from './bulletin-job.ts';
import { runCompareJob } from './compare-job.ts';
import { compareDataset, datasetOf, type SiteComparing } from './comparing.ts';
import { fitOut, type Outfit, type World } from './outfit.ts';
import { runRedriveJob } from './redrive-job.ts';
import { repairJob, repairsInstead, type RepairOrder } from './repairing.ts';
import { retain } from './retain.ts';
import { runJob, type RunResult, type RunSetting } from './run-job.ts';
import { calendarEnded } from './work-time.ts';
import { zoneMinutes } from './zone.ts';

export { zoneMinutes } from './zone.ts';

/** What a gateway is opened with: a site, and the outside world. */
export interface GatewayParts extends Omit<World, 'onLamp' | 'store' | 'clock'> {
  readonly site: Site;
  readonly store: Store;
  readonly clock: Clock;
  readonly luck: Luck;
  readonly log: Log;
  readonly openDigests: SiteComparing['openDigests'];
  readonly openQuality: BulletinRunSetting['openQuality'];
}

type RunOptions = Pick<RunSetting, 'signal' | 'patienceMs' | 'progress'>;

export interface Gateway {
  /** The site by which the next run is made. */
  readonly site: Site;
  /** Runs a job once; throws a Failure `JOB_UNKNOWN` for a name no file in jobs/ has, `DATASET_BUSY` while another works on its dataset. */
  run(name: string, options: RunOptions & { readonly confirm?: string }): Promise<RunResult>;
  /** Compares a dataset with the region and keeps the result; nothing else is changed anywhere. */
  compare(dataset: string, signal: AbortSignal): Promise<Comparison>;
  /** Mends differences that a comparison found, through the outbox. */
  repair(dataset: string, differences: readonly Difference[], options: RunOptions & Pick<RepairOrder, 'deed'>): Promise<RunResult>;
  /**
   * Takes another version of the site files from the next run on; a run under way ends by the files it began with, so the
   * version written down with a run is that of every envelope it makes. Throws, and keeps what it has, when it cannot.
   */
  take(site: Site): Promise<void>;
  /** Takes a dataset for work beside jobs, and gives what ends it; throws a Failure `DATASET_BUSY` while another works on it. */
  readonly occupy: (dataset: string, job: string) => () => void;
  lamp(): Lamp;
  /** A person holds a gate to the region shut, or releases it: `region`, or a dataset. The reason stays on record. */
  sayGate(word: Omit<GateWord, 'at'>): Promise<void>;
  close(): Promise<void>;
}

/** Envelopes on their way beyond which the reading waits for the region. */
export const highWater = 6_000;

/** Opens a site for running its jobs; mappings and contract are compiled once for each version of the files. */
export async function openGateway(parts: GatewayParts): Promise<Gateway> {
  const { store, clock, log } = parts;
  const world: World = { ...parts, onLamp: (lamp) => log.warn('BREAKER', { state: lamp.state, reason: lamp.reason, held: lamp.held !== null }) };
  await store.closeAbandonedRuns(clock.wallMs());
  const latest = new Map<string, Outcome[]>();
  let now = fitOut(parts.site, world, null);
  const atWork = new AtWork();
  const compareKept = async ({ site, contract, door }: Outfit, dataset: string, signal: AbortSignal): Promise<Comparison> => {
    const found = await compareDataset({ site, contract, region: carefully(door.value, signal), openDigests: parts.openDigests, store, clock, signal }, dataset);
    await store.keepComparison(found);
    log.info('COMPARE', { dataset, mode: found.mode, equal: found.equal, requests: found.requests, onTheWay: found.onTheWay, ...found.counts });
    return found;
  };
  /** One run of whatever kind the job is of. */
  const work = async (outfit: Outfit, name: string, options: RunOptions & { readonly confirm?: string }): Promise<RunResult> => {
    const { site } = outfit;
    const until = allowed(parts, site, name);
    const job = site.jobs.find((one) => one.job === name);
    switch (job?.kind) {
      case 'retention': return runRetention(parts, site, options.signal);
      case 'bulletin': return runBulletinJob({ job, site, store, clock, log, openQuality: parts.openQuality });
      case 'compare': return runCompareJob({ job, site, store, clock, signal: options.signal, compare: () => compareKept(outfit, job.dataset, options.signal) });
      case 'pull': return runPull(parts, outfit, { job, ...options });
      case 'redrive': {
        await datasetMustNotRest(store, job.dataset);
        const openSource = (source: string): Source => parts.openSource(present(site.sources[source], 'a dataset’s source is in the site'));
        return runRedriveJob({ ...options, job, site, store, clock, highWater, openSource, progress: (read) => options.progress({ read }) });
      }
      default: return report(outfit, name, { ...options, until });
    }
  };
  /** From the county to the region, after what the region has issued meanwhile. */
  const report = async (outfit: Outfit, name: string, { until, ...options }: RunOptions & { readonly confirm?: string; readonly until: RunEnd | null }): Promise<RunResult> => {
    await datasetMustNotRest(store, outfit.site.jobs.find((one) => one.job === name)?.dataset);
    await pullBefore(parts, outfit, name, options);
    const made = await madeBy(store, outfit, name);
    const { dataset } = made.job;
    latest.set(dataset, latest.get(dataset) ?? []);
    const delivery = { ...deliverySetting(outfit, parts.luck), latest: latest.get(dataset) ?? [] };
    const result = await runJob({ ...options, ...made, store, clock, highWater, delivery, ...(until === null ? {} : { until }) });
    if (result.failure?.code === invariantBroken) await rest(parts, outfit.site, { name, failure: result.failure });
    log.info('RUN', { job: name, run: result.run, state: result.state, failure: result.failure?.code ?? null, ...result.counts });
    return result;
  };
  return {
    get site() {
      return now.value.site;
    },
    run: (name, options) => atWork.on(now.value.site.jobs.find((one) => one.job === name)?.dataset ?? '', name, async () => {
      const outfit = now.hold();
      const catchingUp = async (result: RunResult): Promise<RunResult> => {
        await store.caughtUp(name, result.run);
        return result;
      };
      try {
        return await catchingUp(await work(outfit.value, name, options));
      } finally {
        await outfit.release();
      }
    }),
    compare: async (dataset, signal) => {
      const outfit = now.hold();
      try {
        return await compareKept(outfit.value, dataset, signal);
      } finally {
        await outfit.release();
      }
    },
    repair: (name, differences, options) => atWork.on(name, 'repair', async () => {
      const outfit = now.hold();
      try {
        await datasetMustNotRest(store, name);
        const job = repairJob(name);
        const dataset = datasetOf(outfit.value.site, name);
        const intake = outfit.value.intakeOf(job);
        if (intake === undefined) throw new Failure('DATASET_UNKNOWN', { dataset: name, known: '' });
        const repairing = repairsInstead({ dataset, differences, store, ...(options.deed === undefined ? {} : { deed: options.deed }) });
        const result = await runJob({ ...options, job, intake, made: outfit.value.site.version, repairing, store, clock, highWater, delivery: deliverySetting(outfit.value, parts.luck) });
        log.info('REPAIR', { dataset: name, run: result.run, state: result.state, failure: result.failure?.code ?? null, ...result.counts });
        return result;
      } finally {
        await outfit.release();
      }
    }),
    take: async (site) => {
      const before = now;
      for (const what of ['store', 'zone', 'regionCode'] as const) {
        if (JSON.stringify(site[what]) !== JSON.stringify(before.value.site[what])) throw new Failure('RESTART_NEEDED', { what });
      }
      now = fitOut(site, world, before.value);
      await before.release();
    },
    occupy: (dataset, job) => atWork.take(dataset, job),
    sayGate: (word) => store.sayGate({ ...word, at: clock.wallMs() }),
    lamp: () => now.value.door.value.breaker.lamp(),
    close: async () => {
      await now.release();
      await store.close();
    },
  };
}

/** When a run that begins now must end; throws when it may not begin. */
function allowed({ clock, log }: GatewayParts, site: Site, name: string): RunEnd | null {
  const job = site.jobs.find((one) => one.job === name);
  if (job === undefined) return null;
  if (calendarEnded(workTimeOf(site, job.windows), clock.wallMs())) log.warn('CALENDAR_ENDED', { job: name });
  return allowedNow(site, job, clock.wallMs());
}

/** A dataset that rests is neither read nor sent until a person lets it go on. */
async function datasetMustNotRest(store: Store, dataset: string | undefined): Promise<void> {
  const resting = (await store.resting()).find((one) => one.dataset === dataset);
  if (resting !== undefined) throw new Failure('DATASET_RESTS', { dataset: resting.dataset, what: resting.what });
}

async function rest({ store, clock, log }: GatewayParts, site: Site, about: { readonly name: string; readonly failure: Failure }): Promise<void> {
  const dataset = site.jobs.find((one) => one.job === about.name)?.dataset ?? '';
  const what = String(about.failure.facts['what'] ?? '');
  await store.rest({ dataset, since: clock.wallMs(), what });
  log.error(invariantBroken, { dataset, ...about.failure.facts });
}

/** The region as comparisons see it: asked through the breaker. */
function carefully({ region, breaker }: Outfit['door']['value'], signal: AbortSignal): Pick<Region, 'counterpart'> {
  return region.counterpart === undefined ? {} : { counterpart: counterpartThrough(breaker, region.counterpart, signal) };
}

/** Retention as a run: it reads and sends nothing, so its counts are zero. */
async function runRetention({ store, clock, log }: GatewayParts, site: Site, signal: AbortSignal): Promise<RunResult> {
  const run = await store.beginRun({ job: 'retention', dataset: '', mode: 'retention', at: clock.wallMs(), made: site.version });
  const done = await retain({ site, store, clock, signal });
  const state = done.stopped ? 'stopped' : 'done';
  const counts = await store.endRun(run, { at: clock.wallMs(), state, failure: null });
  log.info('RETENTION', { run, ...done });
  return { run, state, counts, failure: null };
}

/** Fetching and applying what the region issues, as a run like the others. */
async function runPull({ store, clock, log }: GatewayParts, { pullOf, door }: Outfit, { job, signal, progress }: RunOptions & { readonly job: PullJob }): Promise<RunResult> {
  const pulling = pullOf(job);
  const result = await pull({ ...pulling, feed: feedThrough(door.value.breaker, pulling.feed, signal), store, clock, signal, progress });
  log.info('PULL', { job: pulling.job.job, run: result.run, state: result.state, failure: result.failure?.code ?? null, ...result.counts });
  return result;
}

/** Items are held against the base catalogue as far as it has come. */
async function catalogued(store: Store, site: Site, { dataset, examine }: { readonly dataset: string; readonly examine: RunSetting['intake']['examine'] }): Promise<RunSetting['intake']['examine']> {
  const profile = site.profile.pull?.catalogue;
  const records = site.datasets.find((one) => one.dataset === dataset)?.records ?? [];
  if (profile === undefined || !records.some(({ table }) => profile.tables.includes(table))) return examine;
  return warningOf(profile, await withdrawnCodes(profile, store), examine);
}

/** A report sends whole records: what the region has changed meanwhile is fetched first, so that it is not overwritten there. */
async function pullBefore(parts: GatewayParts, outfit: Outfit, name: string, options: RunOptions): Promise<void> {
  const { site, door } = outfit;
  if (door.value.region.feed === undefined) return;
  const dataset = site.jobs.find((one) => one.job === name)?.dataset;
  for (const { resource } of site.downs.filter(({ up }) => up?.dataset === dataset)) {
    const job = site.jobs.find((one) => one.kind === 'pull' && one.dataset === resource);
    if (job?.kind !== 'pull') continue;
    await runPull(parts, outfit, { ...options, job, progress: () => undefined })
      .catch((cause: unknown) => parts.log.error('UNFORESEEN', { job: job.job, what: cause instanceof Error ? cause.name : 'unknown' }));
  }
}

async function madeBy(store: Store, { site, intakeOf }: Outfit, name: string): Promise<Pick<RunSetting, 'job' | 'intake' | 'made'>> {
  const job = site.jobs.filter(isReport).find((one) => one.job === name);
  const intake = job === undefined ? undefined : intakeOf(job);
  if (job === undefined || intake === undefined) throw new Failure('JOB_UNKNOWN', { job: name, known: site.jobs.map((one) => one.job).join('、') });
  const examine = undecided(intake.examine, intake.selection, await store.conflicts('open', 100_000));
  return { job, intake: { ...intake, examine: await catalogued(store, site, { dataset: job.dataset, examine }) }, made: site.version };
}

function deliverySetting({ site, door }: Outfit, luck: Luck): RunSetting['delivery'] {
  return { ...door.value, luck, regionCode: site.regionCode, zoneMinutes: zoneMinutes(site.zone), limits: site.profile.limits };
}
