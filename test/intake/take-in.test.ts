import { expect } from 'chai';
import { takeIn, type Intake } from '../../src/intake/take-in.ts';
import { usualGuard, type ReportJob } from '../../src/record/job.ts';
import { examineRow, selectionOf } from '../fakes/made-up-county.ts';
import { sourceInMemory } from '../fakes/source-in-memory.ts';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

const put = (town: Town, count: number): void => {
  for (let id = 0; id < count; id += 1) town.county.put('licences', String(id).padStart(3, '0'));
};

const ordinary: ReportJob = { job: 'licences', title: '', dataset: 'licences', mode: 'changes', page: 10, overlapMinutes: 0, after: [], guard: usualGuard };

/** One reading without delivery. */
async function readOnce(town: Town, change: Partial<Intake> & { readonly mode?: 'changes' | 'sweep' } = {}): Promise<void> {
  const { mode = 'changes', ...rest } = change;
  const run = await town.store.beginRun({ job: 'licences', dataset: 'licences', mode, at: 0, made: 'test' });
  await takeIn({
    run, selection: selectionOf('licences'), examine: examineRow('licences'), source: sourceInMemory(town.county.tables, town.clock), store: town.store,
    clock: town.clock, room: async () => true, progress: () => undefined, made: 'test', job: { ...ordinary, mode }, ...rest,
  });
}

const thrownBy = (work: Promise<unknown>): Promise<unknown> => work.then(() => null, (cause: unknown) => cause);

describe('taking in', () => {
  it('keeps every page with its cursor: a second reading looks at the last moment only, and finds nothing new', () => inVirtualTime(inTown(1, async (town) => {
    put(town, 25);
    const pages: number[] = [];
    await readOnce(town, { progress: (read) => pages.push(read) });
    expect(pages).to.deep.equal([10, 10, 5, 0]);
    pages.length = 0;
    await readOnce(town, { progress: (read) => pages.push(read) });
    expect(pages).to.deep.equal([1, 0]);
    expect(await town.store.backlog('licences')).to.equal(25);
  })));
  it('goes on after the last kept page when something unforeseen stops it, and loses nothing', () => inVirtualTime(inTown(2, async (town) => {
    put(town, 25);
    const examine = examineRow('licences');
    const thrown = await thrownBy(readOnce(town, { examine: (change) => {
      if (change.key === '013') throw new TypeError('a mapping that nobody foresaw');
      return examine(change);
    } }));
    expect(thrown).to.be.instanceOf(TypeError);
    expect(await town.store.backlog('licences')).to.equal(10);
    expect(await town.totals('licences')).to.include({ quarantined: 0 });
    await readOnce(town);
    expect(await town.store.backlog('licences')).to.equal(25);
  })));
  it('reads again what lies within the overlap, and takes it for the same', () => inVirtualTime(inTown(3, async (town) => {
    put(town, 5);
    await readOnce(town);
    let read = 0;
    await readOnce(town, { progress: (count) => { read += count; }, job: { ...ordinary, overlapMinutes: 30 } });
    expect(read).to.equal(5);
    expect((await town.store.lastRuns(1))[0]?.counts).to.deep.equal({ read: 5, delivered: 0, quarantined: 0, same: 5, pending: 0 });
  })));
  it('sets the second record of one identity aside, in one page as in two', () => inVirtualTime(inTown(4, async (town) => {
    for (const id of ['1', '2']) town.county.put('licences', id, { IDENT: 'L' });
    await readOnce(town);
    town.county.put('licences', '3', { IDENT: 'L' });
    await readOnce(town);
    expect((await town.store.quarantine('licences', 0, 10)).map((one) => one.key)).to.deep.equal(['2', '3']);
    expect(await town.store.backlog('licences')).to.equal(1);
  })));
  it('keeps what was read of a record set aside, so that a person can look at it', () => inVirtualTime(inTown(5, async (town) => {
    town.county.put('licences', '1', { BAD: 'VALUE_MISSING', NAME: '样本' });
    await readOnce(town);
    const [one] = await town.store.quarantine(null, 0, 10);
    const found = await town.store.quarantinedChange(one?.seq ?? 0);
    expect(found?.change.state === 'present' ? found.change.row['NAME'] : null).to.equal('样本');
  })));
  it('reads no page for which there is no room', () => inVirtualTime(inTown(6, async (town) => {
    put(town, 25);
    let asked = 0;
    await readOnce(town, { room: async () => (asked += 1) <= 2 });
    expect(await town.store.backlog('licences')).to.equal(20);
  })));
});

describe('a sweep', () => {
  it('finds silent updates, and takes back what is no longer there', () => inVirtualTime(inTown(7, async (town) => {
    put(town, 30);
    await town.run('licences');
    const silent = town.county.tables['licences']?.find((row) => row['ID'] === '007');
    town.county.tables['licences'] = (town.county.tables['licences'] ?? []).filter((row) => row !== silent && row['ID'] !== '011');
    town.county.tables['licences'].push({ ...silent, NAME: '悄悄改了' });
    expect((await town.run('licences')).counts).to.deep.equal({ read: 1, delivered: 0, quarantined: 0, same: 1, pending: 0 });
    expect((await town.run('licences', { mode: 'sweep', page: 7 })).counts).to.deep.equal({ read: 30, delivered: 2, quarantined: 0, same: 28, pending: 0 });
    expect(town.region.books.rows('up_lic_data')['007']?.['name']).to.equal('悄悄改了');
    expect(town.region.books.rows('up_lic_data')).to.not.have.property('011');
  })));
  it('takes back up to ten without asking, however small the county', () => inVirtualTime(inTown(9, async (town) => {
    put(town, 12);
    await town.run('licences');
    for (let id = 0; id < 10; id += 1) town.county.remove('licences', String(id).padStart(3, '0'));
    expect((await town.run('licences', { mode: 'sweep' })).state).to.equal('done');
    expect(town.region.books.size).to.equal(2);
  })));
});
