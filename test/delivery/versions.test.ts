import { expect } from 'chai';
import type { Clock } from '../../src/port/clock.ts';
import type { Store } from '../../src/port/store.ts';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

const nameAtRegion = (town: Town, id: string): unknown => town.region.books.rows('up_lic_data')[id]?.['name'];

/** Version 1 of licence 1 is sent, and nobody knows whether it arrived. */
async function firstVersionTravels(town: Town): Promise<void> {
  town.county.put('licences', '1', { NAME: '一' });
  town.region.ill = (call) => (call.kind === 'push' ? { kind: 'lost-after' } : { kind: 'lost-before' });
  await town.run('licences', { patienceMs: 20_000 });
  expect(await town.states('licences', '1')).to.deep.equal(['lent']);
}

/** The page is looked up, then delivery lends what is open, and only then the page is kept. */
function slowToKeep(store: Store, clock: Clock): Store {
  return {
    ...store,
    openBatches: async (dataset) => {
      await clock.rest(20);
      return store.openBatches(dataset);
    },
    keep: async (keeping) => {
      await clock.rest(50);
      return store.keep(keeping);
    },
  };
}

describe('versions of one record', () => {
  it('reach the region as create, update, update', () => inVirtualTime(inTown(1, async (town) => {
    for (const name of ['一', '二', '三']) {
      town.county.put('licences', '1', { NAME: name });
      await town.run('licences');
    }
    expect(town.region.books.story()).to.deep.equal(['I up_lic_data/1', 'U up_lic_data/1', 'U up_lic_data/1']);
    expect(nameAtRegion(town, '1')).to.equal('三');
  })));
  it('never overtake: the second is held while the first travels, and goes after it', () => inVirtualTime(inTown(2, async (town) => {
    await firstVersionTravels(town);
    town.county.put('licences', '1', { NAME: '二' });
    await town.run('licences', { patienceMs: 20_000 });
    expect(await town.states('licences', '1')).to.deep.equal(['lent', 'held']);
    expect(town.region.pushes()).to.have.length(1);
    town.region.ill = () => null;
    await town.run('licences');
    expect(await town.states('licences', '1')).to.deep.equal(['delivered', 'delivered']);
    expect(town.region.books.story()).to.deep.equal(['I up_lic_data/1', 'U up_lic_data/1']);
    expect(nameAtRegion(town, '1')).to.equal('二');
  })));
  it('take each other\'s place while they are held: the third supersedes the second', () => inVirtualTime(inTown(3, async (town) => {
    await firstVersionTravels(town);
    for (const name of ['二', '三']) {
      town.county.put('licences', '1', { NAME: name });
      await town.run('licences', { patienceMs: 20_000 });
    }
    expect(await town.states('licences', '1')).to.deep.equal(['lent', 'superseded', 'held']);
    town.region.ill = () => null;
    await town.run('licences');
    expect(town.region.books.story()).to.deep.equal(['I up_lic_data/1', 'U up_lic_data/1']);
    expect(nameAtRegion(town, '1')).to.equal('三');
    expect(await town.totals('licences')).to.deep.equal({ atRegion: 1, waiting: 0, quarantined: 0, delivered: 2 });
    for (const run of await town.store.lastRuns(10)) expect(run.counts.pending).to.equal(0);
  })));
  it('are held behind one that travels even when a bad one came in between', () => inVirtualTime(inTown(4, async (town) => {
    await firstVersionTravels(town);
    town.county.put('licences', '1', { NAME: '坏', BAD: 'VALUE_MISSING' });
    await town.run('licences', { patienceMs: 20_000 });
    town.county.put('licences', '1', { NAME: '三' });
    await town.run('licences', { patienceMs: 20_000 });
    expect(await town.states('licences', '1')).to.deep.equal(['lent', 'superseded', 'held']);
    town.region.ill = () => null;
    await town.run('licences');
    expect(nameAtRegion(town, '1')).to.equal('三');
    expect(await town.totals('licences')).to.deep.equal({ atRegion: 1, waiting: 0, quarantined: 0, delivered: 2 });
  })));
  it('A → B → A all arrive: the third is not taken for the first', () => inVirtualTime(inTown(5, async (town) => {
    for (const name of ['A', 'B', 'A']) {
      town.county.put('licences', '1', { NAME: name });
      await town.run('licences');
    }
    expect(await town.states('licences', '1')).to.deep.equal(['delivered', 'delivered', 'delivered']);
    expect(nameAtRegion(town, '1')).to.equal('A');
  })));
  it('A → B → A before B could leave sends nothing: the region has just that', () => inVirtualTime(inTown(6, async (town) => {
    town.county.put('licences', '1', { NAME: 'A' });
    await town.run('licences');
    town.county.put('licences', '1', { NAME: 'B' });
    expect((await town.runUntilKept('licences')).state).to.equal('stopped');
    expect(await town.states('licences', '1')).to.deep.equal(['delivered', 'open']);
    town.county.put('licences', '1', { NAME: 'A' });
    await town.run('licences');
    expect(await town.states('licences', '1')).to.deep.equal(['delivered', 'superseded', 'delivered']);
    expect(town.region.pushes()).to.have.length(1);
  })));
  it('that the region refused wait for a person, and the corrected one goes', () => inVirtualTime(inTown(7, async (town) => {
    town.county.put('licences', '1', { NAME: '坏' });
    town.region.books.refuses = (record) => (record['name'] === '坏' ? '不行' : null);
    expect((await town.run('licences')).counts).to.include({ quarantined: 1, delivered: 0 });
    expect((await town.run('licences', { mode: 'sweep' })).counts).to.deep.equal({ read: 1, delivered: 0, quarantined: 1, same: 0, pending: 0 });
    expect(town.region.pushes()).to.have.length(1);
    town.county.put('licences', '1', { NAME: '好' });
    await town.run('licences');
    expect(town.region.books.story()).to.deep.equal(['I up_lic_data/1']);
    expect(await town.totals('licences')).to.deep.equal({ atRegion: 1, waiting: 0, quarantined: 0, delivered: 1 });
  })));
  it('that the region refused need nobody\'s attention when a later one has come already', () => inVirtualTime(inTown(12, async (town) => {
    town.region.books.refuses = (record) => (record['name'] === '一' ? '不行' : null);
    town.county.put('licences', '1', { NAME: '一' });
    town.region.ill = (call) => (call.kind === 'push' ? { kind: 'lost-after' } : { kind: 'lost-before' });
    await town.run('licences', { patienceMs: 20_000 });
    town.county.put('licences', '1', { NAME: '二' });
    await town.run('licences', { patienceMs: 20_000 });
    town.region.ill = () => null;
    await town.run('licences');
    expect(await town.states('licences', '1')).to.deep.equal(['superseded', 'delivered']);
    expect(await town.totals('licences')).to.deep.equal({ atRegion: 1, waiting: 0, quarantined: 0, delivered: 1 });
    expect(await town.store.quarantine(null, 0, 10)).to.deep.equal([]);
    expect(town.region.books.story()).to.deep.equal(['I up_lic_data/1']);
  })));
  it('are taken back when the county no longer has the record', () => inVirtualTime(inTown(8, async (town) => {
    town.county.put('licences', '1');
    town.county.put('licences', '2');
    await town.run('licences');
    town.county.remove('licences', '1');
    const { counts } = await town.run('licences', { mode: 'sweep' });
    expect(counts).to.deep.equal({ read: 2, delivered: 1, quarantined: 0, same: 1, pending: 0 });
    expect(town.region.books.story()).to.deep.equal(['I up_lic_data/1', 'I up_lic_data/2', 'D up_lic_data/1']);
    expect(await town.totals('licences')).to.deep.equal({ atRegion: 1, waiting: 0, quarantined: 0, delivered: 3 });
    town.county.put('licences', '1', { NAME: '又来' });
    await town.run('licences');
    expect(nameAtRegion(town, '1')).to.equal('又来');
  })));
  it('are not taken back while they travel, but after', () => inVirtualTime(inTown(9, async (town) => {
    await firstVersionTravels(town);
    town.county.remove('licences', '1');
    await town.run('licences', { mode: 'sweep', patienceMs: 20_000 });
    expect(await town.states('licences', '1')).to.deep.equal(['lent', 'held']);
    town.region.ill = () => null;
    await town.run('licences');
    expect(town.region.books.story()).to.deep.equal(['I up_lic_data/1', 'D up_lic_data/1']);
    expect(town.region.books.size).to.equal(0);
  })));
  it('never overtake, not even when the first is lent while the page with the second is being kept', () => inVirtualTime(inTown(10, async (town) => {
    town.county.put('licences', '1', { NAME: '一' });
    await town.runUntilKept('licences');
    expect(await town.states('licences', '1')).to.deep.equal(['open']);
    town.county.put('licences', '1', { NAME: '二' });
    town.region.latencyMs = () => 200;
    town.meddle = (store) => slowToKeep(store, town.clock);
    expect((await town.run('licences', { records: 1, connections: 2 })).state).to.equal('done');
    expect(await town.states('licences', '1')).to.deep.equal(['delivered', 'delivered']);
    expect(nameAtRegion(town, '1')).to.equal('二');
    expect(await town.totals('licences')).to.deep.equal({ atRegion: 1, waiting: 0, quarantined: 0, delivered: 2 });
    for (const run of await town.store.lastRuns(10)) expect(run.counts).to.deep.equal({ read: 1, delivered: 1, quarantined: 0, same: 0, pending: 0 });
  })));
  it('are taken back when the first arrives while the page without it is being kept', () => inVirtualTime(inTown(11, async (town) => {
    town.county.put('licences', '1');
    await town.runUntilKept('licences');
    town.county.remove('licences', '1');
    town.meddle = (store) => slowToKeep(store, town.clock);
    expect((await town.run('licences', { mode: 'sweep', records: 1 })).state).to.equal('done');
    expect(town.region.books.size).to.equal(0);
    expect(await town.totals('licences')).to.include({ atRegion: 0, waiting: 0 });
  })));
});
