import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSink } from '../../adapters/county-sqlite/sink.ts';
import { openStore } from '../../adapters/store-sqlite/store.ts';
import { pull, type PullResult, type Pulling } from '../../src/inbound/pull.ts';
import { notReported, type Upward } from '../../src/inbound/upward.ts';
import type { DownMapping } from '../../src/mapping/down.ts';
import { compileDown } from '../../src/mapping/map-down.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { PullProfile } from '../../src/port/pull-profile.ts';
import type { Sink } from '../../src/port/sink.ts';
import type { Store } from '../../src/port/store.ts';
import type { Row } from '../../src/record/change.ts';
import { FeedInMemory } from '../fakes/feed-in-memory.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const column = (name: string) => ({ origin: { kind: 'column', place: { of: 'row', lookup: '', column: name } }, steps: {} }) as const;

/** Made-up suits of citizens: the number is the region's, the state the county's, the phone either's. */
export const suits: DownMapping = {
  resource: 'applications', title: '申请', sink: 'hall', from: { objects: [], lists: [], lookups: {}, rows: {} }, codes: {},
  records: [{
    table: 'SUIT', key: ['ID'], required: [], enters: true,
    owners: { STATE: 'county', PHONE: 'shared', ADDRESS: 'shared' }, decide: { PHONE: 'ask', ADDRESS: 'region' },
    fields: { ID: column('no'), NAME: column('name'), PHONE: column('phone'), ADDRESS: column('address'), STATE: { origin: { kind: 'constant', value: '1' }, steps: {} } },
  }],
};

export const profile: PullProfile = {
  method: 'GET', path: '/', ask: { cursor: 'cursor', limit: 'limit' }, limit: 100, digest: 'sm3', cursors: 'rising',
  page: { records: 'records', cursor: 'next' }, resources: { applications: { key: 'no', version: 'at', waits: false, acknowledged: true } },
};

/** A county with one table, the region's feed in memory, and a gateway with a real store between them. */
export class TownHall {
  readonly feed = new FeedInMemory();
  readonly clock: Clock;
  readonly county: DatabaseSync;
  readonly #folder = temporaryFolder();
  store: Store;
  sink: Sink;
  upward: Upward = notReported;
  /** Stand between the engine and the outside, where a test wants to meddle. */
  meddleStore: (store: Store) => Store = (store) => store;
  meddleSink: (sink: Sink) => Sink = (sink) => sink;

  constructor(clock: Clock) {
    this.clock = clock;
    const file = join(this.#folder, 'county.db');
    this.county = new DatabaseSync(file);
    this.county.exec('pragma synchronous = off; create table SUIT (ID text primary key, NAME text not null, PHONE text, ADDRESS text, STATE text)');
    this.store = openStore(join(this.#folder, 'gateway.db'), 'test');
    this.sink = openSink(file);
  }

  run({ page = 10, ...change }: Partial<Pulling> & { readonly page?: number } = {}): Promise<PullResult> {
    const job = { kind: 'pull', job: 'pull', title: '取', dataset: 'applications', page, after: [] } as const;
    const applying = { down: suits, translator: compileDown(suits, 'no'), sink: this.meddleSink(this.sink), upward: this.upward, stamp: () => '', moment: () => null };
    return pull({
      job, made: 'test', profile, feed: this.feed, use: () => ({ kind: 'county', applying }), store: this.meddleStore(this.store), clock: this.clock,
      signal: new AbortController().signal, progress: () => undefined, ...change,
    });
  }

  /** The process ends, and a new one opens the same store. */
  async restart(): Promise<void> {
    await this.store.close();
    this.store = openStore(join(this.#folder, 'gateway.db'), 'test');
    this.meddleStore = (store) => store;
    this.meddleSink = (sink) => sink;
    await this.store.closeAbandonedRuns(this.clock.wallMs());
  }

  rows(): readonly Row[] {
    return this.county.prepare('select * from SUIT order by ID').all().map((row) => ({ ...row }) as Row);
  }

  clerk(id: string, change: Row): void {
    for (const [name, value] of Object.entries(change)) this.county.prepare(`update SUIT set ${name} = ? where ID = ?`).run(value, id);
  }

  async end(): Promise<void> {
    await this.store.close();
    await this.sink.close();
    this.county.close();
  }
}

/** An application as the region issues it. */
export function suit(no: string, at: number, change: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { no, at: `2026-11-23 ${String(10 + at).padStart(2, '0')}:00:00`, name: `申请人${no}`, phone: '0477-1', address: '嘎鲁图镇', ...change };
}
