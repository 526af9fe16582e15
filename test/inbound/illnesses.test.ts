import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { openSink } from '../../adapters/county-sqlite/sink.ts';
import { openSource } from '../../adapters/county-sqlite/source.ts';
import { openRegion } from '../../adapters/region-http/client.ts';
import { openDigests } from '../../adapters/store-sqlite/digests.ts';
import { openStore, openStoreForPages } from '../../adapters/store-sqlite/store.ts';
import { createTable, tables } from '../../demo/county/schema.ts';
import { loadSite } from '../../src/config/load-site.ts';
import type { Site } from '../../src/config/site.ts';
import type { Store } from '../../src/port/store.ts';
import { openGateway, type Gateway } from '../../src/schedule/gateway.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { stillClock } from '../fakes/still-clock.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { root } from '../house/tree.ts';
import { clean, rehearse, type Rehearsal } from '../simulator/rehearsal.ts';

type Made = Readonly<Record<string, unknown>>;
const count = 12;
const at = '2026-11-23 10:00:00';

/** What the region issues of each resource, and how many of it the county's tables, or the gateway, then have. */
const resources: Readonly<Record<string, { readonly make: (n: number) => Made; readonly table: string | null }>> = {
  applications: { table: 'QLCASE', make: (n) => ({ row_guid: `case-${n}`, project_no: `P${n}`, task_handle_item: 'H1', task_name: '事项', project_name: `申请${n}`, apply_type: '1', apply_date: at, applyer_name: '其其格', applyer_type: '1', applyer_page_type: '111', update_time: at, materials: [] }) },
  evaluations: { table: 'QLEVALUATE', make: (n) => ({ row_guid: `e-${n}`, project_no: `P${n}`, satisfaction: '3', is_default: n % 2 === 0 ? '1' : '0', update_time: at }) },
  directory: { table: 'SXDIRECTORY', make: (n) => ({ catalog_code: `0001010${n}0`, catalog_name: `目录${n}`, task_type: '01', state: '1', update_time: at }) },
  items: { table: null, make: (n) => ({ row_guid: `item-${n}`, task_name: `事项${n}`, anticipate_day: 20, promise_day: 5, update_time: at }) },
  dictionaries: { table: null, make: (n) => ({ dictionary: `list-${n}`, version: '2', entries: { '1': '甲' } }) },
  receipts: { table: null, make: () => ({}) },
};
const illnesses: readonly (readonly [string, Made])[] = [
  ['page-short', {}], ['page-altered', {}], ['page-repeated', {}], ['page-loop', {}], ['page-back', {}], ['truncated', { withLength: false }], ['truncated', { withLength: true }], ['gbk', {}],
  ['broken-json', {}], ['html200', {}], ['503', {}], ['429', { retryAfter: 1 }], ['reset-after-commit', {}], ['token', {}],
];

describe('every resource under every illness of the region', function () {
  this.timeout(60_000);
  let sim: Rehearsal;
  let site: Site;
  before(async () => {
    [sim, site] = await begun();
  });
  after(() => sim.end());

  for (const [resource, { make, table }] of Object.entries(resources)) {
    it(`loses nothing of ${resource} and enters nothing twice, whatever goes wrong with one page or with the acknowledgement`, async () => {
      const county = emptyCounty(site);
      const { gateway, store } = await opened(site);
      let issued = 0;
      for (const [kind, more] of illnesses) {
        await issue(sim, resource, Array.from({ length: count }, (_, n) => make(issued + n + 1)), issued);
        issued += count;
        await sim.sim('POST', 'illness', { kind, ...more, times: 1, afterRequests: 1, match: { path: resource === 'receipts' ? '/v1/receipts' : `/v1/down/${resource}` } });
        await sim.sim('POST', 'illness', { kind: 'reset-before-commit', times: 1, match: { path: `/v1/down/${resource}/ack` } });
        for (let tries = 0; tries < 3; tries += 1) await run(gateway, resource);
        const struck = ((await sim.sim('GET', 'state'))['illnesses'] as readonly { readonly struck: number }[]).map((one) => one.struck);
        expect(struck, `${kind} has struck, and so has what befell the acknowledgement`).to.deep.equal([1, resource === 'receipts' ? 0 : 1]);
        await sim.sim('DELETE', 'illness');
        const counts = (await store.inboundCounts()).filter((one) => one.resource === resource && one.state !== 'overtaken');
        expect(counts.reduce((sum, one) => sum + one.count, 0), `${kind} ${JSON.stringify(counts)}`).to.equal(issued);
        expect(counts.find((one) => one.state === 'received')?.count ?? 0, kind).to.equal(0);
        if (table !== null) expect(Number(county.prepare(`select count(*) as n from ${table}`).get()?.['n']), kind).to.equal(issued);
      }
      if (resource !== 'receipts') expect((await sim.sim('GET', 'state'))['acknowledged']).to.have.property(resource, (await store.stream(resource)).cursor);
      await gateway.close();
      county.close();
    });
  }

});

describe('every resource, when the gateway dies', function () {
  this.timeout(60_000);
  let sim: Rehearsal;
  let site: Site;
  before(async () => {
    [sim, site] = await begun();
  });
  after(() => sim.end());

  for (const [nth, [resource, { make, table }]] of Object.entries(resources).entries()) {
    it(`after applying and before acknowledging: nothing of ${resource} is lost, nothing is entered twice`, async () => {
      const county = emptyCounty(site);
      const rows = (): number => (table === null ? 0 : Number(county.prepare(`select count(*) as n from ${table}`).get()?.['n']));
      const file = join(temporaryFolder(), 'gateway.db');
      const first = 10_000 + 100 * nth;
      const living = await opened(site, file);
      await run(living.gateway, resource);
      const all = await counted(living.store, resource) + count;
      await living.gateway.close();
      const told = async (): Promise<unknown> => ((await sim.sim('GET', 'state'))['acknowledged'] as Readonly<Record<string, unknown>>)[resource];
      const [before, rowsBefore] = [await told(), rows()];
      await issue(sim, resource, Array.from({ length: count }, (_, n) => make(first + n)), first);
      const dying = await opened(site, file, 'killed');
      await run(dying.gateway, resource).then(() => expect.fail('it was not killed'), (cause: Error) => expect(cause.message).to.equal('killed'));
      await dying.store.close();
      expect([rows() - rowsBefore, await told()], 'applied, and the region has not heard of it').to.deep.equal([table === null ? 0 : count, before]);
      const { gateway, store } = await opened(site, file);
      for (let again = 0; again < 2; again += 1) await run(gateway, resource);
      expect([await counted(store, resource), rows() - rowsBefore]).to.deep.equal([all, table === null ? 0 : count]);
      expect((await store.inboundCounts()).filter((one) => one.state === 'received')).to.deep.equal([]);
      if (resource !== 'receipts') expect(await told()).to.equal((await store.stream(resource)).cursor).and.not.equal(before);
      await gateway.close();
      county.close();
    });
  }

  it('marks a rating that nobody gave, and tells it from a person’s', async () => {
    const county = emptyCounty(site);
    const { gateway } = await opened(site);
    await issue(sim, 'evaluations', [1, 2, 3].map((n) => resources['evaluations']?.make(20_000 + n) ?? {}), 0);
    await run(gateway, 'evaluations');
    const flags = county.prepare(`select DEFAULTFLAG as flag, count(*) as n from QLEVALUATE where EVALUATEOID > 'e-20000' group by 1 order by 1`).all();
    expect(flags.map(({ flag, n }) => [flag, n]), 'county codes: 1 yes, 2 no').to.deep.equal([['1', 1], ['2', 2]]);
    await gateway.close();
    county.close();
  });
});

async function begun(): Promise<[Rehearsal, Site]> {
  const sim = await rehearse();
  const env = { QILIAN_DATA: temporaryFolder(), QILIAN_REGION_URL: sim.simulator.url, QILIAN_REGION_APP_KEY: 'county-of-the-tests', QILIAN_REGION_APP_SECRET: 'secret-of-the-tests' };
  const loaded = await loadSite({ dir: root, env });
  if (!('site' in loaded)) throw new Error(JSON.stringify(loaded.mistakes));
  return [sim, { ...loaded.site, jobs: loaded.site.jobs.map((job) => (job.kind === 'pull' ? { ...job, page: 5 } : job)) }];
}

function emptyCounty(site: Site): DatabaseSync {
  const county = new DatabaseSync(site.sinks['hall']?.engine === 'sqlite' ? site.sinks['hall'].file : '');
  county.exec(`pragma synchronous = off; ${Object.values(tables).map((one) => `drop table if exists ${one.name}; ${createTable(one)}`).join('; ')}`);
  county.exec(`insert into SXSERVICE (SERVICEOID, STATENO, ORGANOID, CASETYPE) values ('s1', 'H1', 'o1', '0')`);
  return county;
}

async function counted(store: Store, resource: string): Promise<number> {
  return (await store.inboundCounts()).filter((one) => one.resource === resource && one.state !== 'overtaken').reduce((sum, one) => sum + one.count, 0);
}

async function run(gateway: Gateway, resource: string): Promise<void> {
  await gateway.run(`pull-${resource}`, { signal: new AbortController().signal, patienceMs: 1_000, progress: () => undefined });
}

async function issue(sim: Rehearsal, resource: string, records: readonly Made[], before: number): Promise<void> {
  if (resource !== 'receipts') return void await sim.sim('POST', 'issue', { resource, records });
  const guids = records.map((_, n) => `lic-${before + n}`);
  await sim.push('up_lic_data', `B${before}`, guids.map((row_guid) => clean('up_lic_data', `B${before}`, { row_guid })));
  for (const rowGuid of guids) await sim.sim('POST', 'refuse', { rowGuid, message: '事后发现不符' });
}

/** With `killed` the process does nothing any more from the moment at which it would acknowledge. */
async function opened(site: Site, file = join(temporaryFolder(), 'gateway.db'), fate: 'lives' | 'killed' = 'lives'): Promise<{ readonly gateway: Gateway; readonly store: Store }> {
  const clock = stillClock();
  const store = openStore(file, 'test');
  let dead = false;
  const mortal = <T extends object>(one: T, deadly: string): T => (fate === 'lives' ? one : new Proxy(one, {
    get: (target, name) => {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== 'function') return value;
      return (...words: readonly unknown[]) => {
        if (name === deadly) dead = true;
        return dead ? Promise.reject(new Error('killed')) : (value as (...all: readonly unknown[]) => unknown).apply(target, [...words]);
      };
    },
  }));
  const gateway = await openGateway({
    site, store: mortal(store, ''), clock, luck: seededLuck(1), log: silentLog(), openDigests, openQuality: openStoreForPages,
    openSource: (setting) => openSource(setting.engine === 'sqlite' ? setting.file : '', clock),
    openSink: (setting) => openSink(setting.engine === 'sqlite' ? setting.file : ''),
    openRegion: (profile) => {
      if (profile.transport !== 'http') throw new Error('the shipped profile is over HTTP');
      const region = openRegion(profile, { clock: { ...clock, wallMs: () => Date.UTC(2026, 10, 23, 7) }, nonce: randomUUID, keys: {} });
      return region.feed === undefined ? region : { ...region, feed: mortal(region.feed, 'acknowledge') };
    },
  });
  return { gateway, store };
}
