import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { openSink } from '../../adapters/county-sqlite/sink.ts';
import { openStore } from '../../adapters/store-sqlite/store.ts';
import { createTable, tables } from '../../demo/county/schema.ts';
import { loadSite } from '../../src/config/load-site.ts';
import type { Site } from '../../src/config/site.ts';
import { pull } from '../../src/inbound/pull.ts';
import { notReported } from '../../src/inbound/upward.ts';
import { compileDown } from '../../src/mapping/map-down.ts';
import type { Row } from '../../src/record/change.ts';
import { FeedInMemory } from '../fakes/feed-in-memory.ts';
import { stillClock } from '../fakes/still-clock.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { root } from '../house/tree.ts';
import { profile } from './town-hall.ts';

const unmoved = '2026-01-05 09:00:00';
const stamped = '2026-11-23 15:00:00';
const code = '000101001000';

describe('items of the county, completed by what the region issues', () => {
  let site: Site;
  let county: DatabaseSync;
  let issue: (resource: 'directory' | 'items', ...records: readonly Readonly<Record<string, unknown>>[]) => Promise<number>;
  let end: () => Promise<void>;

  before(async () => {
    const loaded = await loadSite({ dir: root, env: { QILIAN_DATA: temporaryFolder(), QILIAN_REGION_URL: 'http://127.0.0.1:1', QILIAN_REGION_APP_KEY: 'a key of tests', QILIAN_REGION_APP_SECRET: 'a secret of tests' } });
    if (!('site' in loaded)) throw new Error(JSON.stringify(loaded.mistakes));
    site = loaded.site;
  });
  beforeEach(() => {
    const folder = temporaryFolder();
    county = new DatabaseSync(join(folder, 'county.db'));
    county.exec(['item', 'catalogue'].map((name) => createTable(tables[name as 'item'])).join(';'));
    const [feed, clock, store, sink] = [new FeedInMemory(), stillClock(), openStore(join(folder, 'gateway.db'), 'test'), openSink(join(folder, 'county.db'))];
    issue = async (resource, ...records) => {
      const down = site.downs.find((one) => one.resource === resource);
      const face = site.profile.pull?.resources[resource];
      if (down === undefined || face === undefined) throw new Error(resource);
      feed.issue(resource, ...records);
      const writes: number[] = [];
      const applying = {
        down, translator: compileDown(down, face.key), upward: notReported, stamp: () => stamped, moment: () => null,
        sink: { ...sink, apply: async (asked: Parameters<typeof sink.apply>[0]) => { writes.push(asked.writes.length); return sink.apply(asked); } },
      };
      const { failure } = await pull({
        job: { kind: 'pull', job: 'pull', title: '取', dataset: resource, page: 10, after: [] }, made: 'test', feed, store, clock,
        profile: { ...profile, resources: { [resource]: face } }, use: () => ({ kind: 'county', applying }), signal: new AbortController().signal, progress: () => undefined,
      });
      if (failure !== null) throw failure;
      return writes.reduce((sum, one) => sum + one, 0);
    };
    end = async () => {
      await store.close();
      await sink.close();
      county.close();
    };
  });
  afterEach(() => end());

  const has = (id: string, change: Row = {}): void => {
    const row: Row = { SERVICEOID: id, BASICCODE: code, SERVICENAME: '县里的名称', SERVICETYPEOID: 'XK', SETBASIS: '县里写的依据', HANDLECONDITION: '县里的条件', MODIFYDATE: unmoved, ...change };
    county.prepare(`insert into SXSERVICE (${Object.keys(row).join(', ')}) values (${Object.keys(row).map(() => '?').join(', ')})`).run(...Object.values(row));
  };
  const item = (id: string): Row => ({ ...county.prepare('select SERVICETYPEOID as type, SETBASIS as basis, HANDLECONDITION as condition, SERVICENAME as name, MODIFYDATE as moved from SXSERVICE where SERVICEOID = ?').get(id) }) as Row;
  const own = { type: 'XK', basis: '县里写的依据', condition: '县里的条件', name: '县里的名称', moved: unmoved };
  const entry = (at: number, change: Row = {}) => ({ catalog_code: code, catalog_name: '取水许可', task_type: '07', by_law: '《水法》第四十八条', state: '1', update_time: `2026-11-23 1${at}:00:00`, ...change });

  it('the base catalogue fills what every item under its code leaves empty, and nothing that the county has written', async () => {
    has('all empty', { SERVICETYPEOID: null, SETBASIS: null });
    has('a blank', { SETBASIS: '' });
    has('full');
    has('another code', { BASICCODE: '000101002000', SETBASIS: null });
    expect(await issue('directory', entry(0)), 'the catalogue’s own row and two items').to.equal(3);
    expect(item('all empty')).to.deep.equal({ ...own, type: 'QR', basis: '《水法》第四十八条', moved: stamped });
    expect(item('a blank')).to.deep.equal({ ...own, basis: '《水法》第四十八条', moved: stamped });
    expect(item('full')).to.deep.equal(own);
    expect(item('another code')).to.deep.equal({ ...own, basis: null });
  });
  it('what the county makes of a value that was filled in stays the county’s, and the same entry again writes nothing', async () => {
    has('a', { SETBASIS: null });
    await issue('directory', entry(0));
    county.exec(`update SXSERVICE set SETBASIS = '县里改过的依据'`);
    expect(await issue('directory', entry(1, { by_law: '《水法》新条文' })), 'the catalogue’s own row').to.equal(1);
    expect(item('a')['basis']).to.equal('县里改过的依据');
    expect(await issue('directory', entry(1, { by_law: '《水法》新条文' }))).to.equal(0);
  });
  it('an item entered later is completed too, when the catalogue is next pulled, and one that is complete is not written to again', async () => {
    has('early', { SETBASIS: null });
    await issue('directory', entry(0), entry(0, { catalog_code: '000101009000', by_law: '《别的法》' }));
    has('late', { SETBASIS: null, SERVICETYPEOID: null });
    has('late, of the other code', { BASICCODE: '000101009000', SETBASIS: null });
    has('late and full');
    expect(await issue('directory'), 'rows written').to.equal(2);
    expect(item('late')).to.deep.equal({ ...own, type: 'QR', basis: '《水法》第四十八条', moved: stamped });
    expect(item('late, of the other code')['basis']).to.equal('《别的法》');
    expect(item('late and full')).to.deep.equal(own);
    expect(await issue('directory')).to.equal(0);
    county.exec(`delete from SXDIRECTORY`);
    expect(await issue('directory'), 'what the county has deleted is not entered again').to.equal(0);
  });
  it('what the catalogue does not say is not made up, and a paused or withdrawn code completes nothing', async () => {
    has('a', { SERVICETYPEOID: null, SETBASIS: null });
    await issue('directory', entry(0, { task_type: null, by_law: null }));
    await issue('directory', entry(1, { state: '3' }));
    await issue('directory', entry(2, { state: '2' }));
    expect(item('a')).to.deep.equal({ ...own, type: null, basis: null });
    expect(county.prepare('select STATE as state from SXDIRECTORY').all().map((row) => row['state'])).to.deep.equal(['2']);
  });
  it('no item is entered because the catalogue has its code', async () => {
    await issue('directory', entry(0));
    expect(county.prepare('select count(*) as n from SXSERVICE').get()).to.deep.include({ n: 0 });
  });
  it('a new version of an item fills its empty columns, leaves those the county has written, and changes those that are the region’s', async () => {
    has('a', { SETBASIS: null });
    has('b', { HANDLECONDITION: '' });
    const version = (row_guid: string) => ({ row_guid, task_name: '地区的名称', anticipate_day: 20, promise_day: null, by_law: '地区的依据', accept_condition: '地区的条件', update_time: '2026-11-23 10:00:00' });
    await issue('items', version('a'), version('b'), version('not claimed'));
    expect(item('a')).to.deep.equal({ ...own, name: '地区的名称', basis: '地区的依据', moved: stamped });
    expect(item('b')).to.deep.equal({ ...own, name: '地区的名称', condition: '地区的条件', moved: stamped });
    expect(county.prepare('select count(*) as n from SXSERVICE').get(), 'an item nobody has claimed is not entered').to.deep.include({ n: 2 });
  });
});
