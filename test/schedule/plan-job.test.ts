import { expect } from 'chai';
import { openStoreToLook } from '../../adapters/store-sqlite/store.ts';
import { usualGuard, type ReportJob } from '../../src/record/job.ts';
import type { Run } from '../../src/record/run.ts';
import { durationOf, planJob, type Plan } from '../../src/schedule/plan-job.ts';
import { contract } from '../fixtures/contract.ts';
import { examineRow, selectionOf, type Dataset } from '../fakes/made-up-county.ts';
import { sourceInMemory } from '../fakes/source-in-memory.ts';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

/** A plan made beside the gateway that holds the store, by a look at the same file. */
async function planOf(town: Town, dataset: Dataset, change: Partial<ReportJob> = {}): Promise<Plan> {
  const mode = change.mode ?? 'changes';
  const store = openStoreToLook(town.file);
  try {
    const found = await planJob({
      job: { job: mode === 'sweep' ? `${dataset}-sweep` : dataset, title: dataset, dataset, mode, page: 100, overlapMinutes: 0, after: [], guard: usualGuard, ...change },
      made: 'test', selection: selectionOf(dataset), examine: examineRow(dataset), source: sourceInMemory(town.county.tables, town.clock), store,
      contract: contract(), limits: { recordsPerBatch: 500 }, signal: new AbortController().signal, progress: () => undefined,
    });
    if (found === null) throw new Error('interrupted');
    return found;
  } finally {
    await store.close();
  }
}

const records = ({ records: { create, update, delete: gone, same, withdraw, refuse, stillQuarantined } }: Plan): unknown =>
  ({ create, update, delete: gone, same, withdraw, refuse, stillQuarantined });
const none = { create: 0, update: 0, delete: 0, same: 0, withdraw: 0, refuse: 0, stillQuarantined: 0 };

describe('a plan of a job', () => {
  it('keeps nothing: after it the gateway knows as much as before', () => inVirtualTime(inTown(1, async (town) => {
    town.county.put('licences', '1');
    expect(records(await planOf(town, 'licences'))).to.deep.equal({ ...none, create: 1 });
    expect(await town.store.cursor('licences:changes')).to.equal(null);
    expect([await town.store.lastRuns(5), await town.store.backlog('licences'), town.region.calls]).to.deep.equal([[], 0, []]);
    expect((await town.run('licences')).counts).to.include({ delivered: 1 });
  })));
  it('says what is new, changed, gone, the same, set aside and still set aside', () => inVirtualTime(inTown(2, async (town) => {
    for (const id of ['1', '2', '3', '4', '5']) town.county.put('licences', id);
    town.county.put('licences', '6', { BAD: 'VALUE_MISSING' });
    await town.run('licences');
    town.county.put('licences', '7');
    await town.runUntilKept('licences');
    town.county.remove('licences', '7');
    town.county.put('licences', '1', { NAME: '改了' });
    town.county.remove('licences', '2');
    town.county.put('licences', '3', { BAD: 'CODE_UNMAPPED' });
    town.county.put('licences', '8');
    const plan = await planOf(town, 'licences', { mode: 'sweep' });
    expect(records(plan)).to.deep.equal({ create: 1, update: 1, delete: 1, same: 2, withdraw: 1, refuse: 1, stillQuarantined: 1 });
    expect(plan.tables).to.deep.equal([{ table: 'up_lic_data', create: 1, update: 1, remove: 1 }]);
    expect(plan.problems).to.deep.equal([
      { code: 'CODE_UNMAPPED', severity: 'refuse', table: 'up_lic_data', field: 'name', count: 1 },
      { code: 'VALUE_MISSING', severity: 'refuse', table: 'up_lic_data', field: 'name', count: 1 },
    ]);
    expect(plan.onTheWay).to.equal(1);
  })));
  it('tells field by field what would be said otherwise than the region acknowledged, never than what is only on its way', () => inVirtualTime(inTown(3, async (town) => {
    town.county.putCase('1', { steps: ['受理', '审核'] }, { NAME: '甲' });
    await town.run('cases');
    town.county.putCase('1', { steps: ['受理', '退回', '办结'] }, { NAME: '乙' });
    await town.runUntilKept('cases');
    town.county.putCase('1', { steps: ['受理', '审核', '办结'] }, { NAME: '丙丁' });
    const plan = await planOf(town, 'cases');
    expect(plan.fields).to.deep.equal([{ field: 'up_pro_accept.name', count: 1 }]);
    expect(plan.tables).to.deep.equal([{ table: 'up_pro_accept', create: 0, update: 1, remove: 0 }, { table: 'up_pro_process', create: 1, update: 0, remove: 0 }]);
  })));
  it('sees two records of one identity, however many pages lie between them, as the run will', () => inVirtualTime(inTown(4, async (town) => {
    town.county.put('licences', '1', { IDENT: 'L' });
    for (let id = 10; id < 40; id += 1) town.county.put('licences', String(id));
    town.county.put('licences', '2', { IDENT: 'L' });
    const plan = await planOf(town, 'licences', { page: 7 });
    expect(records(plan)).to.deep.equal({ ...none, create: 31, refuse: 1 });
    expect(plan.problems.map((one) => one.code)).to.deep.equal(['DUPLICATE_IDENTITY']);
    expect((await town.run('licences', { page: 7 })).counts).to.include({ delivered: 31, quarantined: 1 });
  })));
  it('lets a record take an identity that another gives up in the same reading, as the run will', () => inVirtualTime(inTown(5, async (town) => {
    town.county.put('licences', '1', { IDENT: 'L' });
    await town.run('licences');
    town.county.put('licences', '1', { IDENT: 'M', NAME: '换了标识' });
    for (let id = 10; id < 20; id += 1) town.county.put('licences', String(id));
    town.county.put('licences', '2', { IDENT: 'L' });
    expect(records(await planOf(town, 'licences', { page: 4 }))).to.deep.include({ refuse: 0, create: 11 });
    expect((await town.run('licences', { page: 4 })).counts).to.include({ quarantined: 0, delivered: 12 });
  })));
  it('counts the cases that must wait for their item', () => inVirtualTime(inTown(6, async (town) => {
    town.county.put('items', 'I1');
    await town.run('items');
    town.county.put('cases', '1', { ITEM: 'I1' });
    town.county.put('cases', '2', { ITEM: 'I2' });
    expect((await planOf(town, 'cases')).records).to.include({ create: 2, waiting: 1 });
  })));
  it('shows few examples, of texts the first character and the length alone', () => inVirtualTime(inTown(7, async (town) => {
    const masking = contract().shape('up_lic_data').fields.map((field) => field.name);
    expect(masking).to.include('certificate_holder');
    for (let id = 0; id < 9; id += 1) town.county.put('licences', String(id), { NAME: '萧某人' });
    await town.run('licences');
    for (let id = 0; id < 9; id += 1) town.county.put('licences', String(id), { NAME: '万某人' });
    const { examples, guard } = await planOf(town, 'licences');
    expect(examples).to.have.length(5);
    expect(JSON.stringify(examples)).to.not.match(/某人/);
    expect(guard).to.deep.equal({ atRegion: 9, changed: 9, gone: 0, allowed: 10, held: false });
  })));
  it('says that the run would refuse, and its name lets the run go on', () => inVirtualTime(inTown(8, async (town) => {
    for (let id = 0; id < 100; id += 1) town.county.put('licences', String(id));
    await town.run('licences');
    for (let id = 0; id < 30; id += 1) town.county.put('licences', String(id), { NAME: '改了' });
    const plan = await planOf(town, 'licences');
    expect(plan.guard).to.include({ changed: 30, allowed: 10, held: true });
    expect((await town.run('licences')).failure?.code).to.equal('GUARD_HELD');
    expect((await planOf(town, 'licences')).plan).to.equal(plan.plan);
    expect((await town.run('licences', { confirm: plan.plan })).counts.delivered).to.equal(30);
  })));
  it('has another name for another job, other site files, or another change', () => inVirtualTime(inTown(9, async (town) => {
    town.county.put('licences', '1');
    await town.run('licences');
    town.county.put('licences', '1', { NAME: '改了' });
    const first = await planOf(town, 'licences');
    expect((await planOf(town, 'licences', { mode: 'sweep' })).plan).to.not.equal(first.plan);
    town.county.put('licences', '1', { NAME: '又改了' });
    expect((await planOf(town, 'licences')).plan).to.not.equal(first.plan);
    expect(first.plan).to.match(/^[0-9a-f]{12}$/);
  })));
});

describe('how long it will take', () => {
  const run = (delivered: number, seconds: number): Run => ({
    id: 1, job: 'licences', dataset: 'licences', mode: 'changes', state: 'done', startedAt: 0, endedAt: seconds * 1000, failure: null,
    counts: { read: delivered, delivered, quarantined: 0, same: 0, pending: 0 },
  });
  it('is reckoned by what the last runs delivered in a second', () => {
    expect(durationOf({ records: 600, requests: 2 }, [run(300, 2), run(0, 9), run(100, 2)])).to.deep.equal({ requests: 2, perSecond: 100, seconds: 6, runs: 2 });
  });
  it('is unknown when nothing has been delivered yet', () => {
    expect(durationOf({ records: 600, requests: 2 }, [run(0, 5)])).to.deep.equal({ requests: 2, perSecond: null, seconds: null, runs: 0 });
  });
});
