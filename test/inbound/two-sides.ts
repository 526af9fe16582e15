import { Desk } from '../../adapters/store-sqlite/desk.ts';
import { openDatabase } from '../../adapters/store-sqlite/schema.ts';
import { sidesOf } from '../../adapters/store-sqlite/sides.ts';
import { undecided } from '../../src/inbound/contested.ts';
import { decideConflict, shownAs } from '../../src/inbound/decide.ts';
import { pull } from '../../src/inbound/pull.ts';
import { upwardOf } from '../../src/inbound/upward.ts';
import type { Breaker } from '../../src/delivery/breaker.ts';
import { examiner } from '../../src/intake/examine.ts';
import type { DatasetMapping } from '../../src/mapping/dataset.ts';
import type { DownMapping } from '../../src/mapping/down.ts';
import { compileDown } from '../../src/mapping/map-down.ts';
import { compileMapping } from '../../src/mapping/mapping.ts';
import type { Conflict } from '../../src/port/inbound.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Store } from '../../src/port/store.ts';
import { runJob } from '../../src/schedule/run-job.ts';
import { FeedInMemory } from '../fakes/feed-in-memory.ts';
import { RegionInMemory } from '../fakes/region-in-memory.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { shippedProfile } from '../fakes/shipped-profile.ts';
import { sinkInMemory } from '../fakes/sink-in-memory.ts';
import { sourceInMemory, type Tables } from '../fakes/source-in-memory.ts';
import { contract } from '../fixtures/contract.ts';
import { column, constant } from '../fixtures/mapping.ts';
import { profile } from './town-hall.ts';

export const shared = ['phone', 'address', 'linkman'] as const;
export type SharedField = (typeof shared)[number];
const columnOf = { phone: 'PHONE', address: 'ADDRESS', linkman: 'LINKMAN' } as const;

const fields = ['row_guid', 'phone', 'address', 'linkman', 'state'].map((name) => ({ name, type: 'varchar', length: 64, nullable: true, comment: name }) as const);
const region = contract({ tables: { up_suit: { title: '申请', fields } }, dictionaries: {}, fields: {}, rules: [] });
const up: DatasetMapping = {
  dataset: 'suits', title: '申请', source: 'hall', from: { table: 'SUIT', key: 'ID', where: { STATE: ['2', '3'] }, gone: {}, lookups: {}, children: {} },
  identity: [], needs: null, codes: {},
  records: [{ table: 'up_suit', fields: { row_guid: column('ID'), phone: column('PHONE'), address: column('ADDRESS'), linkman: column('LINKMAN'), state: column('STATE') } }],
};
const down: DownMapping = {
  resource: 'applications', title: '申请', sink: 'hall', from: { objects: [], lists: [], lookups: {}, rows: {} }, codes: {}, up: { dataset: 'suits', has: [] },
  records: [{
    table: 'SUIT', key: ['ID'], required: [], enters: true, owners: { STATE: 'county', PHONE: 'shared', ADDRESS: 'shared', LINKMAN: 'shared' }, decide: { PHONE: 'ask', ADDRESS: 'region', LINKMAN: 'county' },
    fields: { ID: column('no'), PHONE: column('phone'), ADDRESS: column('address'), LINKMAN: column('linkman'), STATE: constant('1') },
  }],
};

/** A county and a region that both edit the same suits, and the real engine between them; everything is in memory. */
export class TwoSides {
  readonly feed = new FeedInMemory();
  readonly region: RegionInMemory;
  readonly tables: Tables = { SUIT: [] };
  readonly store: Store;
  readonly #clock: Clock;
  readonly #sink = sinkInMemory(this.tables);
  readonly #said = new Map<string, Record<string, string>>();
  readonly #mapping = compileMapping(up, region);
  readonly #examine = examiner(this.#mapping, region);
  #version = 0;
  #seed: number;

  constructor(clock: Clock, seed: number) {
    this.#clock = clock;
    this.#seed = seed;
    this.region = new RegionInMemory(clock);
    this.store = { ...sidesOf(new Desk(openDatabase(':memory:', 'write'))), close: async () => undefined, renewLease: async () => undefined };
  }

  /** What the region has of a suit: its own words until the county's first report, and then what was reported or edited last. */
  regionHas(no: string): Record<string, string> {
    return this.region.books.rows('up_suit')[no] as Record<string, string> | undefined ?? this.#said.get(no) ?? {};
  }

  countyHas(no: string): Record<string, string> | undefined {
    const row = this.tables['SUIT']?.find((one) => one['ID'] === no);
    return row === undefined ? undefined : Object.fromEntries(shared.map((field) => [field, String(row[columnOf[field]])]));
  }

  /** An edit at the region: its row changes, and it issues what it has now. */
  regionEdits(no: string, change: Readonly<Record<string, string>>): void {
    Object.assign(this.regionHas(no), change);
    if (this.region.books.rows('up_suit')[no] === undefined) this.#said.set(no, { ...this.regionHas(no), ...change });
    this.issue(no);
  }

  issue(no: string): void {
    this.#version += 1;
    const { phone = '', address = '', linkman = '' } = this.regionHas(no);
    this.feed.issue('applications', { no, at: String(this.#version).padStart(9, '0'), phone, address, linkman });
  }

  clerkEdits(no: string, field: SharedField, value: string): void {
    this.tables['SUIT'] = (this.tables['SUIT'] ?? []).map((row) => (row['ID'] === no ? { ...row, [columnOf[field]]: value } : row));
  }

  accept(no: string): void {
    this.tables['SUIT'] = (this.tables['SUIT'] ?? []).map((row) => (row['ID'] === no ? { ...row, STATE: '2' } : row));
  }

  async pull(): Promise<void> {
    const source = sourceInMemory(this.tables, this.#clock);
    const upward = upwardOf({ mapping: this.#mapping, contract: region, has: [], examine: this.#examine, source, store: this.store });
    const { failure } = await pull({
      job: { kind: 'pull', job: 'pull', title: '取', dataset: 'applications', page: 100, after: [] }, made: 'test', profile, feed: this.feed, store: this.store, clock: this.#clock,
      use: () => ({ kind: 'county', applying: { down, translator: compileDown(down, 'no'), sink: this.#sink, upward, stamp: () => '', moment: () => null } }),
      signal: new AbortController().signal, progress: () => undefined,
    });
    if (failure !== null) throw failure;
  }

  /** One report; gives how many rows went up. */
  async report(): Promise<number> {
    const before = this.region.books.effects.length;
    const examine = undecided(this.#examine, this.#mapping.selection, await this.store.conflicts('open', 1_000));
    this.#seed += 1;
    const { failure } = await runJob({
      job: { job: 'suits', title: '申请', dataset: 'suits', mode: 'sweep', page: 100, overlapMinutes: 0, after: [], guard: { share: 1, floor: 1_000 } },
      made: 'test', store: this.store, clock: this.#clock, highWater: 10_000, patienceMs: 90_000,
      intake: { selection: this.#mapping.selection, examine, source: sourceInMemory(this.tables, this.#clock) },
      delivery: {
        region: this.region, latest: [], luck: seededLuck(this.#seed), regionCode: '150626', zoneMinutes: 480, limits: { ...shippedProfile().limits, connections: 1 },
        breaker: openDoor(this.region),
      },
      signal: new AbortController().signal, progress: () => undefined,
    });
    if (failure !== null) throw failure;
    return this.region.books.effects.length - before;
  }

  async decide(shown: Conflict, side: 'region' | 'county'): Promise<void> {
    await decideConflict({ store: this.store, sinkOf: () => this.#sink, downs: [down], stamp: () => '' }, { id: shown.id, side, seen: shownAs(shown), by: '值班员', why: '电话核实', at: this.#clock.wallMs() });
  }
}

/** A breaker that never opens: the region of this model is always well. */
function openDoor(far: RegionInMemory): Breaker {
  return {
    push: (parcel) => far.push(parcel), ask: (parcel) => far.ask(parcel), question: (call) => call(), wary: () => false, idle: () => false, look: async () => undefined, close: () => undefined,
    lamp: () => { throw new Error('nobody looks at it'); },
  };
}
