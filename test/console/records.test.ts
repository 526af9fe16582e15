import { expect } from 'chai';
import type { ConflictNote } from '../../src/port/inbound.ts';
import { noDifferences, type KeptComparison } from '../../src/record/comparison.ts';
import { description, emptyOffice, Hall, shippedSite, workbenchOf, type Visitor } from './hall.ts';
import { monday } from '../fakes/virtual-time.ts';
import { livedTown } from './lived-town.ts';

/** A comparison in which one record was missing at the region. */
function compared(id: number, dataset: string): KeptComparison {
  return {
    id, total: 1, dataset, mode: 'keys', at: 0, ms: 1, requests: 1, tables: [{ table: 'up_lic_data', ours: 2, theirs: 1 }], uncompared: [], counts: { ...noDifferences, missing: 1 }, onTheWay: 0, unknownDay: 0,
    equal: false, groups: [], differences: [{ kind: 'missing', table: 'up_lic_data', rowGuid: 'L1', key: 'L1', ours: null, theirs: [], version: null, fields: null, mending: 'create' }],
  };
}

/** A value that both sides changed. */
function contested(resource: string): ConflictNote {
  return { resource, key: resource, table: 'T', row: { ID: resource }, column: 'C', agreed: 'a', county: 'b', region: 'c', state: 'open', by: null, why: null };
}

interface Version { readonly version: number; readonly state: string; readonly batches: readonly { readonly receipts: readonly { readonly message: string }[] }[] }

describe('finding a record', () => {
  const told: unknown[] = [];
  let hall: Hall;
  let operator: Visitor;
  /** What gateway.yaml says of the time for mending. */
  let within: number | null = null;

  before(async () => {
    const file = await livedTown(async (town) => {
      town.county.put('licences', 'L1', { NAME: 'Khulan of the steppe', IDENT: 'IDENT-1' });
      town.county.put('licences', 'L2', { NAME: 'Nobody in particular', BAD: 'VALUE_MISSING' });
      town.county.put('items', 'I1', { NAME: 'An item' });
      town.county.put('items', 'I2', { NAME: 'No item', BAD: 'VALUE_MISSING' });
      for (const resource of ['items', 'licences']) await town.store.conclude({ resource, at: 0, ended: [], agreed: [], adopted: [], conflicts: [contested(resource)] });
      town.region.books.refuses = (record) => (record['name'] === 'Khulan of the hills' ? 'Khulan of the hills, 150626199001011234, is unknown here' : null);
      await town.run('licences');
      await town.run('items');
      town.county.put('licences', 'L1', { NAME: 'Khulan of the hills', IDENT: 'IDENT-1' });
      await town.run('licences');
      town.region.ill = () => ({ kind: 'lost-before' });
      town.region.ask = async () => ({ verdict: 'unknown', reason: 'ASK_NOT_POSSIBLE' });
      for (const dataset of ['items', 'licences'] as const) {
        town.county.put(dataset, `${dataset} in doubt`);
        for (let run = 0; run < 2; run += 1) {
          await town.clock.rest(3_600_000);
          await town.run(dataset);
        }
      }
      await town.store.keepBulletin({ month: '2026-10', at: monday, lines: [{ dataset: 'items', department: '民政局', records: 8, passed: 6 }] });
    });
    const site = await shippedSite();
    hall = await Hall.open({ site: () => ({ ...site, mendWithinDays: within }), office: { ...emptyOffice, comparisons: async () => [compared(2, 'licences'), compared(1, 'items')], repairPlan: async (found) => ({ plan: 'abc', dataset: found.dataset, create: 1, update: 0, remove: 0, person: 0, records: 1, allowed: 10, held: false }) } }, file);
    Object.assign(hall.workbench, workbenchOf(hall.read, site, told));
    await hall.setUp();
    operator = await hall.as('operator');
  });
  after(() => hall.close());

  it('goes by the county’s key or the record’s identifier, and says where it stands', async () => {
    for (const text of ['L1', 'IDENT-1']) {
      const { records } = (await operator.ask('POST', '/api/records/search', { text })).json as { records: readonly Readonly<Record<string, unknown>>[] };
      expect(records).to.have.length(1);
      expect(records[0]).to.deep.include({ dataset: 'licences', key: 'L1', state: 'quarantined', atRegion: true, version: 2 });
    }
    expect((await operator.ask('POST', '/api/records/search', { text: 'L9' })).json['records']).to.deep.equal([]);
  });
  it('tells the whole walk, with the region’s words but without the person in them', async () => {
    const walk = (await operator.ask('GET', `/api/records/${await recordOf('L1')}`)).json as { versions: readonly Version[] };
    expect(walk.versions.map((one) => [one.version, one.state])).to.deep.equal([[1, 'delivered'], [2, 'quarantined']]);
    expect(JSON.stringify(walk)).to.not.include('Khulan').and.not.include('150626199001011234');
    expect(walk.versions[1]?.batches[0]?.receipts[0]?.message).to.include('is unknown here');
  });
  it('shows what a version says, and in what two of them differ, masked', async () => {
    const record = await recordOf('L1');
    const one = (await operator.ask('GET', `/api/records/${record}/versions/1`)).json as { rows: readonly { fields: readonly { field: string; value: string }[] }[] };
    expect(one.rows[0]?.fields.find(({ field }) => field === 'name')?.value).to.equal('K…(20)');
    const { fields } = (await operator.ask('GET', `/api/records/${record}/differences?from=1&to=2`)).json as { fields: readonly unknown[] };
    expect(fields).to.deep.equal([{ table: 'up_lic_data', row: 0, field: 'name', label: 'name', from: 'K…(20)', to: 'K…(19)' }]);
  });
  it('shows one unmasked only to who asked, with a reason, after another has granted it, for ten minutes', async () => {
    const security = await hall.as('security');
    const record = await recordOf('L1');
    const wish = (await operator.ask('POST', '/api/unmaskings', { record, reason: 'the holder stands at the counter' })).json;
    const path = `/api/unmaskings/${String(wish['id'])}`;
    expect((await operator.ask('GET', `${path}/record`)).json['code']).to.equal('UNMASKING_NOT_GRANTED');
    expect((await operator.ask('POST', `${path}/decision`, { granted: true, reason: 'by myself' })).json['code']).to.equal('NOT_ALLOWED');
    expect((await security.ask('POST', `${path}/decision`, { granted: true, reason: 'seen the application' })).json).to.deep.include({ state: 'granted' });
    expect((await security.ask('GET', `${path}/record`)).json['code']).to.equal('NOT_ALLOWED');
    expect((await operator.ask('GET', `${path}/record`)).text).to.include('Khulan of the hills');
    const other = await hall.another('operator');
    expect((await other.ask('GET', `${path}/record`)).json['code']).to.equal('NOT_YOURS');
    expect((await other.ask('GET', '/api/unmaskings')).json['unmaskings']).to.deep.equal([]);
    hall.clock.moveOn(10 * 60_000);
    expect((await operator.ask('GET', `${path}/record`)).json['code']).to.equal('UNMASKING_NOT_GRANTED');
    expect((await (await hall.as('security')).ask('POST', `${path}/decision`, { granted: false, reason: 'again' })).json['code']).to.equal('UNMASKING_DECIDED');
    const seen = await hall.trail.find({ action: 'getUnmasked', result: 'done', limit: 10 });
    expect(seen.map((one) => one.actor)).to.deep.equal(['operator']);
  });
  it('lists what is set aside by problem, and shows a row only in its form', async () => {
    operator = await hall.as('operator');
    const { groups, total } = (await operator.ask('GET', '/api/quarantine/groups')).json as { groups: readonly Readonly<Record<string, unknown>>[]; total: number };
    expect(total).to.equal(3);
    expect(groups.map((one) => [one['dataset'], one['code'], one['count']])).to.have.deep.members([['licences', 'VALUE_MISSING', 1], ['licences', 'REGION_REFUSED', 1], ['items', 'VALUE_MISSING', 1]]);
    const { records } = (await operator.ask('GET', '/api/quarantine?dataset=licences&code=VALUE_MISSING')).json as { records: readonly { seq: number; key: string }[] };
    expect(records.map((one) => one.key)).to.deep.equal(['L2']);
    const one = await operator.ask('GET', `/api/quarantine/${records[0]?.seq}`);
    expect(one.text).to.not.include('particular');
    expect((one.json['row'] as readonly { column: string; value: string }[]).find(({ column }) => column === 'NAME')?.value).to.equal('Aaaaaa aa aaaaaaaaaa');
  });
  it('tells the figures a month was closed with, and of a month that was not closed nothing', async () => {
    operator = await hall.as('operator');
    expect((await operator.ask('GET', '/api/bulletins')).json).to.deep.equal({ months: [{ month: '2026-10', at: monday }] });
    expect((await operator.ask('GET', '/api/bulletins/2026-10')).json).to.deep.equal({ month: '2026-10', at: monday, departments: [{ dataset: 'items', department: '民政局', records: 8, passed: 6, refused: 2, rate: 0.75 }] });
    const other = await operator.ask('GET', '/api/bulletins/2026-09');
    expect([other.status, other.json['code']]).to.deep.equal([404, 'BULLETIN_UNKNOWN']);
    expect((await operator.ask('GET', '/api/bulletins/2026-13')).json['code']).to.equal('REQUEST_WRONG');
  });
  it('says by when what is set aside is to be mended, and nothing of it where the site sets no time', async () => {
    const asked = async (): Promise<readonly unknown[]> => {
      const { groups, withinDays } = (await operator.ask('GET', '/api/quarantine/groups')).json as { groups: readonly { oldestAt: number; dueAt: number | null }[]; withinDays: number | null };
      const { records } = (await operator.ask('GET', '/api/quarantine?dataset=items')).json as { records: readonly { asideAt: number; dueAt: number | null }[] };
      return [withinDays, ...groups.map((one) => one.dueAt === null ? null : one.dueAt - one.oldestAt), ...records.map((one) => one.dueAt === null ? null : one.dueAt - one.asideAt)];
    };
    expect(await asked()).to.deep.equal([null, null, null, null, null]);
    within = 15;
    const days = 15 * 86_400_000;
    expect(await asked()).to.deep.equal([15, days, days, days, days]);
    within = null;
  });
  it('lets a group go again in the name of who ordered it', async () => {
    const reply = await operator.ask('POST', '/api/workbench/redrive', { group: { dataset: 'licences', code: 'VALUE_MISSING' }, reason: 'the code table is mended' });
    expect(reply.json).to.deep.equal({ examined: 2, passed: 1, kept: 1 });
    expect(told).to.deep.equal([{ selection: { dataset: 'licences', code: 'VALUE_MISSING' }, by: { who: 'operator', why: 'the code table is mended' } }]);
  });
  it('is narrowed to the datasets an account has: its own are shown, others refused', async () => {
    const security = await hall.as('security');
    const accounts = (await security.ask('GET', '/api/accounts')).json['accounts'] as readonly { id: number; login: string }[];
    const id = accounts.find((one) => one.login === 'operator')?.id ?? 0;
    expect((await security.ask('PUT', `/api/accounts/${id}/rights`, { role: 'operator', datasets: ['items'], reason: 'works on items' })).status).to.equal(200);
    const [own, other] = [await recordOf('I1', 'items'), await recordOf('L1')];
    const asideOf = async (dataset: string): Promise<number> => (await hall.read.quarantine(dataset, 0, 1))[0]?.seq ?? 0;
    const [ownAside, otherAside] = [await asideOf('items'), await asideOf('licences')];
    const batchOf = async (of: string): Promise<string> => (await hall.read.unconcluded()).find(({ dataset }) => dataset === of)?.no ?? '';
    const [ownBatch, otherBatch] = [await batchOf('items'), await batchOf('licences')];
    const narrow = await hall.as('operator');
    const codeOf = async (method: string, path: string, body?: unknown): Promise<unknown> => (await narrow.ask(method, path, body)).json['code'] ?? 'in';
    const cells: readonly (readonly [string, string, (of: 'items' | 'licences') => string, (of: 'items' | 'licences') => unknown])[] = [
      ['searchRecords', 'POST', () => '/api/records/search', (of) => ({ dataset: of, text: 'x' })],
      ['getRecord', 'GET', (of) => `/api/records/${of === 'items' ? own : other}`, () => undefined],
      ['getRecordVersion', 'GET', (of) => `/api/records/${of === 'items' ? own : other}/versions/1`, () => undefined],
      ['getRecordDifferences', 'GET', (of) => `/api/records/${of === 'items' ? own : other}/differences?from=0&to=1`, () => undefined],
      ['requestUnmasking', 'POST', () => '/api/unmaskings', (of) => ({ record: of === 'items' ? own : other, reason: 'at the counter' })],
      ['listQuarantine', 'GET', (of) => `/api/quarantine?dataset=${of}`, () => undefined],
      ['previewMending', 'POST', () => '/api/workbench/preview', (of) => ({ group: { dataset: of } })],
      ['decideConflict', 'POST', (of) => `/api/conflicts/${of === 'items' ? 1 : 2}/decide`, () => ({ side: 'county', seen: '0.0', reason: 'asked the window' })],
      ['concludeBatch', 'POST', (of) => `/api/batches/${of === 'items' ? ownBatch : otherBatch}/conclude`, () => ({ heard: 'arrived', reason: 'asked by telephone' })],
      ['redrive', 'POST', () => '/api/workbench/redrive', (of) => ({ group: { dataset: of }, reason: 'mended' })],
      ['exportQuarantine', 'POST', () => '/api/workbench/export', (of) => ({ group: { dataset: of }, reason: 'to the office' })],
      ['getQuarantined', 'GET', (of) => `/api/quarantine/${of === 'items' ? ownAside : otherAside}`, () => undefined],
      ['getMapping', 'GET', (of) => `/api/mappings/${of}`, () => undefined],
      ['previewMapping', 'GET', (of) => `/api/mappings/${of}/preview`, () => undefined],
      ['compare', 'POST', () => '/api/comparisons', (of) => ({ dataset: of, reason: 'the nightly one failed' })],
      ['listDifferences', 'GET', (of) => `/api/comparisons/${of === 'items' ? 1 : 2}/differences`, () => undefined],
      ['repairComparison', 'POST', (of) => `/api/comparisons/${of === 'items' ? 1 : 2}/repair`, () => ({ plan: 'abc', reason: 'send again' })],
    ];
    const narrowed = description.operations.filter((one) => one.own === 'dataset').map((one) => one.id);
    expect(cells.map(([name]) => name)).to.have.members(narrowed.filter((name) => !['listQuarantineGroups', 'listConflicts'].includes(name)));
    for (const [name, method, path, body] of cells) {
      expect([name, await codeOf(method, path('items'), body('items'))]).to.deep.equal([name, 'in']);
      expect([name, await codeOf(method, path('licences'), body('licences'))]).to.deep.equal([name, 'NOT_YOURS']);
    }
    expect((await narrow.ask('POST', '/api/records/search', { text: 'L1' })).json['records']).to.deep.equal([]);
    expect((await narrow.ask('GET', '/api/quarantine/groups')).json).to.deep.include({ total: 1 });
    expect((await narrow.ask('GET', '/api/conflicts')).json).to.deep.include({ total: 1 });
  });

  async function recordOf(key: string, dataset = 'licences'): Promise<number> {
    const [found] = await hall.read.find(key, 'key', [dataset]);
    return found?.record ?? 0;
  }
});
