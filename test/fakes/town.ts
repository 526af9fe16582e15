import { join } from 'node:path';
import { openStore } from '../../adapters/store-sqlite/store.ts';
import { breakerOf, type Breaker, type Lamp } from '../../src/delivery/breaker.ts';
import type { Outcome } from '../../src/delivery/refusals.ts';
import { runJob, type RunResult, type RunSetting } from '../../src/schedule/run-job.ts';
import type { Clock, Luck } from '../../src/port/clock.ts';
import { usualBreaker } from '../../src/port/profile.ts';
import type { Region } from '../../src/port/region.ts';
import type { Store } from '../../src/port/store.ts';
import { usualGuard, type ReportJob } from '../../src/record/job.ts';
import { examineRow, MadeUpCounty, selectionOf, type Dataset } from './made-up-county.ts';
import { RegionInMemory } from './region-in-memory.ts';
import { seededLuck } from './seeded-luck.ts';
import { shippedProfile } from './shipped-profile.ts';
import { sourceInMemory } from './source-in-memory.ts';
import { temporaryFolder } from './temporary-folder.ts';

const profile = shippedProfile();

/** How one run differs from an ordinary one. */
export interface RunWish extends Partial<Pick<ReportJob, 'mode' | 'page' | 'overlapMinutes' | 'guard' | 'replica'>>, Partial<Pick<RunSetting, 'highWater' | 'patienceMs' | 'signal' | 'progress' | 'confirm' | 'until' | 'repairing'>> {
  readonly records?: number;
  readonly bytes?: number;
  readonly connections?: number;
  readonly luck?: Luck;
}

/** A made-up county, a gateway with a real store, and a region in memory. */
export class Town {
  readonly county = new MadeUpCounty();
  readonly region: RegionInMemory;
  readonly clock: Clock;
  readonly file = join(temporaryFolder(), 'gateway.db');
  readonly lamps: Lamp[] = [];
  store: Store;
  /** Stands between the engine and the store, where a test wants to look or to meddle. */
  meddle: (store: Store) => Store = (store) => store;
  /** What the engine takes for the region. */
  seen: Region;
  #breaker: Breaker;
  readonly #latest = new Map<Dataset, Outcome[]>();
  #seed: number;

  constructor(clock: Clock, seed = 1) {
    this.clock = clock;
    this.#seed = seed;
    this.region = new RegionInMemory(clock);
    this.seen = this.region;
    this.store = openStore(this.file, 'test');
    this.#breaker = this.#newBreaker();
  }

  /** One run of a dataset's job. */
  run(dataset: Dataset, wish: RunWish = {}): Promise<RunResult> {
    const { mode = 'changes', page = 100, overlapMinutes = 0, highWater = 20_000, patienceMs = 90_000 } = wish;
    const job: ReportJob = { job: mode === 'sweep' ? `${dataset}-sweep` : dataset, title: dataset, dataset, mode, page, overlapMinutes, after: [], guard: wish.guard ?? usualGuard, ...(wish.replica === undefined ? {} : { replica: wish.replica }) };
    this.#seed += 1;
    this.#latest.set(dataset, this.#latest.get(dataset) ?? []);
    return runJob({
      job, made: 'test', store: this.meddle(this.store), clock: this.clock, highWater, patienceMs,
      intake: { selection: selectionOf(dataset), examine: examineRow(dataset), source: sourceInMemory(this.county.tables, this.clock) },
      delivery: {
        region: this.seen, breaker: this.#breaker, latest: this.#latest.get(dataset) ?? [], luck: wish.luck ?? seededLuck(this.#seed), regionCode: '150626', zoneMinutes: 480,
        limits: { ...profile.limits, recordsPerBatch: wish.records ?? 500, bytesPerBatch: wish.bytes ?? profile.limits.bytesPerBatch, connections: wish.connections ?? 1 },
      },
      ...(wish.confirm === undefined ? {} : { confirm: wish.confirm }),
      ...(wish.until === undefined ? {} : { until: wish.until }),
      ...(wish.repairing === undefined ? {} : { repairing: wish.repairing }),
      signal: wish.signal ?? new AbortController().signal,
      progress: wish.progress ?? ((): void => undefined),
    });
  }

  /** A run that somebody ends as soon as one page is kept, before anything is sent. */
  runUntilKept(dataset: Dataset, wish: RunWish = {}): Promise<RunResult> {
    const ending = new AbortController();
    return this.run(dataset, { ...wish, signal: ending.signal, progress: (moved) => (moved.read === undefined ? undefined : ending.abort()) });
  }

  /** The process ends and a new one opens the same store. */
  async restart(): Promise<void> {
    this.#breaker.close();
    await this.store.close();
    this.store = openStore(this.file, 'test');
    this.#breaker = this.#newBreaker();
    await this.store.closeAbandonedRuns(this.clock.wallMs());
  }

  /** A dataset's totals; zeros before anything has happened. */
  async totals(dataset: Dataset): Promise<{ atRegion: number; waiting: number; quarantined: number; delivered: number }> {
    const { atRegion = 0, waiting = 0, quarantined = 0, delivered = 0 } = (await this.store.totals()).find((one) => one.dataset === dataset) ?? {};
    return { atRegion, waiting, quarantined, delivered };
  }

  async states(dataset: Dataset, key: string): Promise<readonly string[]> {
    return (await this.store.trace(dataset, key))?.versions.map((version) => version.state) ?? [];
  }

  async end(): Promise<void> {
    this.#breaker.close();
    await this.store.close();
  }

  #newBreaker(): Breaker {
    const seen: Region = { wrap: (label, entries) => this.seen.wrap(label, entries), push: (parcel) => this.seen.push(parcel), ask: (parcel) => this.seen.ask(parcel), close: async () => undefined };
    return breakerOf({ region: seen, clock: this.clock, rule: usualBreaker,
      store: { gate: (name) => this.store.gate(name), keepGate: (standing) => this.store.keepGate(standing) }, connections: 2, onChange: (lamp) => this.lamps.push(lamp) });
  }
}

/** A test of a town, in virtual time; afterwards nothing must have reached the region that should not. */
export function inTown(seed: number, work: (town: Town) => Promise<void>): (clock: Clock) => Promise<void> {
  return async (clock) => {
    const town = new Town(clock, seed);
    try {
      await work(town);
      if (town.region.books.breaches.length > 0) throw new Error(`breaches: ${town.region.books.breaches.slice(0, 5).join('; ')}`);
    } finally {
      await town.end();
    }
  };
}
