import { expect } from 'chai';
import type { Region } from '../../src/port/region.ts';
import { textOf } from '../fakes/region-books.ts';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

/** The process ends while two batches are on the road: the region has the first, and never saw the second. */
async function endedOnTheRoad(town: Town): Promise<void> {
  for (const id of ['1', '2', '3', '4']) town.county.put('licences', id);
  let pushed = 0;
  town.region.ill = (call) => (call.kind === 'ask' ? { kind: 'lost-before' } : { kind: (pushed += 1) === 1 ? 'lost-after' : 'lost-before' });
  expect((await town.run('licences', { records: 2, connections: 2, patienceMs: 1_000 })).state).to.equal('pending');
  await town.restart();
  town.region.ill = () => null;
}

/** The same interface with another name for the county. */
function changed(region: Region): Region {
  return {
    wrap: (label, entries) => {
      const parcel = region.wrap(label, entries);
      return { ...parcel, body: Buffer.from(textOf(parcel).replaceAll('"data_source":"150"', '"data_source":"151"')), digest: `${parcel.digest}x` };
    },
    push: (parcel) => region.push(parcel),
    ask: (parcel) => region.ask(parcel),
    close: () => region.close(),
  };
}

describe('after a restart with batches on the road', () => {
  it('each is asked after first; the one that arrived is not sent again, the other as it was', () => inVirtualTime(inTown(1, async (town) => {
    await endedOnTheRoad(town);
    const before = town.region.calls.length;
    const firstPushes = town.region.pushes();
    expect((await town.run('licences', { records: 2 })).state).to.equal('done');
    const after = town.region.calls.slice(before);
    expect(after.map((call) => call.kind)).to.deep.equal(['ask', 'ask', 'push']);
    const again = after.at(-1);
    expect(firstPushes.filter((call) => call.no === again?.no).map((call) => call.body)).to.deep.equal([again?.body]);
    expect(town.region.books.story()).to.have.length(4);
    expect(await town.totals('licences')).to.deep.equal({ atRegion: 4, waiting: 0, quarantined: 0, delivered: 4 });
  })));
  it('and an interface that has changed since, what the region never saw is written anew; what it has is settled', () => inVirtualTime(inTown(2, async (town) => {
    await endedOnTheRoad(town);
    town.seen = changed(town.region);
    const numbers = new Set(town.region.pushes().map((call) => call.no));
    const before = town.region.calls.length;
    expect((await town.run('licences', { records: 2 })).state).to.equal('done');
    const pushes = town.region.calls.slice(before).filter((call) => call.kind === 'push');
    expect(pushes).to.have.length(1);
    expect(numbers.has(pushes[0]?.no ?? '')).to.equal(false);
    expect(town.region.books.effects).to.have.length(4);
    expect(await town.totals('licences')).to.deep.equal({ atRegion: 4, waiting: 0, quarantined: 0, delivered: 4 });
  })));
  it('and an interface that has changed since, nothing is released as long as the region does not say', () => inVirtualTime(inTown(3, async (town) => {
    await endedOnTheRoad(town);
    town.seen = changed(town.region);
    town.region.ill = (call) => (call.kind === 'ask' ? { kind: 'in-progress' } : null);
    const pushes = town.region.pushes().length;
    expect((await town.run('licences', { records: 2, patienceMs: 10_000 })).state).to.equal('pending');
    expect(town.region.pushes()).to.have.length(pushes);
  })));
  it('a run that the crash cut off is closed as failed, and its counts still come right', () => inVirtualTime(inTown(4, async (town) => {
    const run = await town.store.beginRun({ job: 'licences', dataset: 'licences', mode: 'changes', at: 0, made: 'x' });
    await town.restart();
    const found = (await town.store.lastRuns(5)).find((one) => one.id === run);
    expect({ state: found?.state, failure: found?.failure }).to.deep.equal({ state: 'failed', failure: 'PROCESS_ENDED' });
  })));
});

describe('a region that does not let us in', () => {
  it('stops the run with a code; the batch stays open and nothing more is sent', () => inVirtualTime(inTown(5, async (town) => {
    for (let id = 0; id < 10; id += 1) town.county.put('licences', String(id));
    town.region.ill = () => ({ kind: 'denied' });
    const { state, failure, counts } = await town.run('licences', { records: 2 });
    expect({ state, code: failure?.code, facts: failure?.facts }).to.deep.equal({ state: 'failed', code: 'REGION_DENIED', facts: { reason: '403' } });
    expect(counts).to.deep.equal({ read: 10, delivered: 0, quarantined: 0, same: 0, pending: 10 });
    expect(town.region.pushes()).to.have.length(1);
    expect((await town.store.openBatches('licences')).length).to.be.at.least(1);
    town.region.ill = () => null;
    const before = town.region.calls.length;
    expect((await town.run('licences', { records: 2 })).state).to.equal('done');
    expect(town.region.calls[before]?.kind).to.equal('ask');
    expect(town.region.books.effects).to.have.length(10);
  })));
  it('something unforeseen stops the run and is not swallowed', () => inVirtualTime(inTown(6, async (town) => {
    town.county.put('licences', '1');
    town.region.ill = () => ({ kind: 'throws' });
    let thrown: unknown = null;
    await town.run('licences').catch((cause: unknown) => { thrown = cause; });
    expect(thrown).to.be.instanceOf(TypeError);
    expect((await town.store.lastRuns(1))[0]).to.include({ state: 'failed', failure: 'UNFORESEEN' });
    town.region.ill = () => null;
    expect((await town.run('licences')).state).to.equal('done');
    expect(town.region.books.effects).to.have.length(1);
  })));
});
