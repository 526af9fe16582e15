import { wrapper } from '../../adapters/region-http/wrap.ts';
import { breakerOf } from '../../src/delivery/breaker.ts';
import type { Reading } from '../../src/intake/reader.ts';
import { usualBreaker } from '../../src/port/profile.ts';
import type { Region } from '../../src/port/region.ts';
import type { Source } from '../../src/port/source.ts';
import type { Store } from '../../src/port/store.ts';
import type { GuardSetting, RefusalRule, ReportJob } from '../../src/record/job.ts';
import { runJob, type RunResult, type RunSetting } from '../../src/schedule/run-job.ts';
import { shippedProfile } from '../fakes/shipped-profile.ts';
import type { Dataset } from './county.ts';
import type { Dice } from './dice.ts';
import type { Life } from './life.ts';
import { examinerOf, selectionOf } from './mapping.ts';
import type { Mutant } from './mutant.ts';
import type { Notes } from './notes.ts';
import type { ModelRegion } from './region.ts';

const shipped = shippedProfile();
const wraps = ['DEMO', 'DEMO2'].map((dataSource) => wrapper({ ...shipped, identity: { ...shipped.identity, dataSource } }));

/** How the site's files stand at present. */
export interface SiteSetting {
  readonly page: number;
  readonly records: number;
  readonly connections: number;
  readonly highWater: number;
  readonly patienceMs: number;
  readonly guard: GuardSetting;
  readonly refusals: RefusalRule;
  /** Another one gives the same records other bytes. */
  readonly wrap: number;
}

/** What a process finds when it starts. */
export interface GatewayWorld {
  readonly life: Life;
  readonly store: Store;
  readonly source: Source;
  readonly region: ModelRegion;
  readonly notes: Notes;
  readonly mutant: Mutant;
  /** Called after everything written. */
  readonly written: (what: string, given: readonly unknown[], result: unknown) => void;
  /** Called after each page read. */
  readonly read: Source['changes'];
}

const writing = new Set(['keep', 'write', 'settle', 'finish', 'noteAttempt', 'beginRun', 'endRun', 'closeAbandonedRuns']);

/** One process of the gateway: the real engine, with every call to a port made through its life. */
export class Gateway {
  readonly store: Store;
  readonly #world: GatewayWorld;
  readonly #source: Source;
  readonly #region: Region;
  readonly #breaker: ReturnType<typeof breakerOf>;
  #wrap = 0;

  constructor(world: GatewayWorld) {
    const { life, mutant, notes } = world;
    this.#world = world;
    this.store = mutant.store?.(throughLife(world), life) ?? throughLife(world);
    const source: Source = {
      ...world.source,
      changes: (selection, cursor, limit) => life.call('source.changes', () => world.read(selection, cursor, limit)),
      sweep: (selection, cursor, limit) => life.call('source.sweep', () => world.source.sweep(selection, cursor, limit)),
    };
    this.#source = mutant.source?.(source) ?? source;
    const door = world.region.door((label, entries) => (wraps[this.#wrap] ?? wraps[0]!)(label, entries), (ms) => life.clock.rest(ms));
    const region: Region = {
      ...door,
      push: async (parcel) => {
        if (this.#breaker.lamp().state === 'half-open') notes.sometimes('the breaker is half-open');
        const answer = await life.call('region.push', () => door.push(parcel));
        world.region.heard(parcel.no, 'push', answer);
        return answer;
      },
      ask: async (parcel) => {
        const fate = await life.call('region.ask', () => door.ask(parcel));
        world.region.heard(parcel.no, 'ask', fate);
        return fate;
      },
    };
    this.#region = mutant.region?.(region, { wrap: door.wrap }) ?? region;
    this.#breaker = breakerOf({
      region: this.#region, clock: life.clock, store: this.store, rule: usualBreaker, connections: 2,
      onChange: (lamp) => notes.sometimes(`the breaker is ${lamp.state}`),
    });
  }

  /** One run of a job, the way the schedule makes it. */
  run(about: { readonly dataset: Dataset; readonly mode: ReportJob['mode']; readonly overlapMinutes: number; readonly site: SiteSetting; readonly dice: Dice; readonly signal: AbortSignal; readonly confirm?: string }): Promise<RunResult> {
    const { site, signal, dice, dataset } = about;
    const { life } = this.#world;
    this.#wrap = site.wrap;
    const { job, made, selection, examine, source } = this.reading(about);
    const setting: RunSetting = {
      job, made, store: this.store, clock: life.clock, highWater: site.highWater, patienceMs: site.patienceMs, signal,
      intake: { selection, examine, source },
      delivery: {
        region: this.#region, breaker: this.#breaker, luck: dice.luck, regionCode: '150626', zoneMinutes: 480,
        limits: { ...shipped.limits, recordsPerBatch: site.records, connections: site.connections },
      },
      ...(about.confirm === undefined ? {} : { confirm: about.confirm }),
      progress: () => undefined,
    };
    return runJob(this.#world.mutant.run?.(setting, dataset) ?? setting);
  }

  /** What a run, or a person's plan, reads. */
  reading({ dataset, mode, overlapMinutes, site }: { readonly dataset: Dataset; readonly mode: ReportJob['mode']; readonly overlapMinutes: number; readonly site: SiteSetting }): Reading {
    const job: ReportJob = { job: mode === 'sweep' ? `${dataset}-sweep` : dataset, title: dataset, dataset, mode, page: site.page, overlapMinutes, after: [], guard: site.guard, refusals: site.refusals };
    const examine = examinerOf(dataset);
    return { job, made: `files-${site.wrap}`, selection: selectionOf(dataset), examine: this.#world.mutant.examine?.(examine) ?? examine, source: this.#source, store: this.store };
  }

  /** Lets go of what a process would take with it. */
  end(): void {
    this.#breaker.close();
  }
}

function throughLife({ life, store, written }: GatewayWorld): Store {
  const calls = Object.entries(store).map(([name, work]) => [name, (...given: unknown[]) => life.call(`store.${name}`, async () => {
    const result = await (work as (...all: unknown[]) => Promise<unknown>)(...given);
    if (writing.has(name)) written(name, given, result);
    return result;
  })]);
  return Object.fromEntries(calls) as Store;
}
