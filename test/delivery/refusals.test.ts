import { expect } from 'chai';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

/** The region has changed a dictionary: it refuses every licence for what it says. */
function changedDictionary(town: Town, records: number): void {
  for (let id = 1; id <= records; id += 1) town.county.put('licences', String(id).padStart(5, '0'));
  town.region.books.refuses = () => '代码表已更新';
}

const release = (town: Town): Promise<void> => town.store.sayGate({ gate: 'licences', word: 'release', reason: '代码表已更新', by: '王敏', at: town.clock.wallMs() });

describe('a region that begins to refuse in a wave', () => {
  it('stops the dataset before its records are burnt one after the other', () => inVirtualTime(inTown(1, async (town) => {
    changedDictionary(town, 2_000);
    const { state, failure, counts } = await town.run('licences', { records: 50 });
    expect({ state, code: failure?.code, facts: failure?.facts }).to.deep.equal({ state: 'failed', code: 'REFUSALS_MANY', facts: { dataset: 'licences', refused: 50, of: 50 } });
    expect(counts.quarantined).to.equal(50);
    expect(town.region.pushes().length).to.be.at.most(2);
  })));
  it('stops the dataset also when it refuses batches whole and says nothing more', () => inVirtualTime(inTown(2, async (town) => {
    for (let id = 1; id <= 500; id += 1) town.county.put('licences', String(id).padStart(5, '0'));
    town.region.refusesWhole = () => true;
    const { failure, counts } = await town.run('licences', { records: 100, page: 500 });
    expect(failure?.code).to.equal('REFUSALS_MANY');
    expect(counts.quarantined).to.equal(50);
    expect((await town.store.openBatches('licences')).length).to.equal(0);
  })));
  it('goes on across runs: many small ones are a wave too', () => inVirtualTime(inTown(3, async (town) => {
    town.region.books.refuses = () => '代码表已更新';
    let runs = 0;
    for (let code: string | undefined; code !== 'REFUSALS_MANY'; runs += 1) {
      for (let id = 0; id < 10; id += 1) town.county.put('licences', `${runs}-${id}`);
      code = (await town.run('licences')).failure?.code;
    }
    expect(runs).to.equal(5);
  })));
  it('is nothing but bad records while they stay under the share', () => inVirtualTime(inTown(4, async (town) => {
    for (let id = 1; id <= 1_000; id += 1) town.county.put('licences', String(id).padStart(5, '0'));
    town.region.books.refuses = (record) => (Number(record['row_guid']) % 6 === 0 ? '有误' : null);
    const { state, counts } = await town.run('licences', { records: 50, page: 1_000 });
    expect({ state, quarantined: counts.quarantined }).to.deep.equal({ state: 'done', quarantined: 166 });
  })));
  it('is asked again with one record after ten minutes, then after twenty; each time a run says how long yet', () => inVirtualTime(inTown(5, async (town) => {
    changedDictionary(town, 500);
    await town.run('licences', { records: 100, page: 500 });
    const quiet = await town.run('licences');
    expect({ code: quiet.failure?.code, minutes: quiet.failure?.facts['minutes'] }).to.deep.equal({ code: 'REFUSALS_SHUT', minutes: 10 });
    await town.clock.rest(600_000);
    const before = town.region.pushes().length;
    expect((await town.run('licences', { records: 100 })).failure?.code).to.equal('REFUSALS_MANY');
    expect(town.region.pushes().slice(before).map((call) => (JSON.parse(call.body) as { count: number }).count)).to.deep.equal([1]);
    expect((await town.run('licences')).failure?.facts['minutes']).to.equal(20);
  })));
  it('and has come to reason lets everything through after the one record', () => inVirtualTime(inTown(6, async (town) => {
    changedDictionary(town, 500);
    await town.run('licences', { records: 100, page: 500 });
    town.region.books.refuses = () => null;
    await town.clock.rest(600_000);
    const before = town.region.pushes().length;
    const { state } = await town.run('licences', { records: 100 });
    expect(state).to.equal('done');
    expect((JSON.parse(town.region.pushes()[before]?.body ?? '{}') as { count: number }).count).to.equal(1);
    expect(await town.totals('licences')).to.deep.include({ waiting: 0, quarantined: 100, delivered: 400 });
    expect((await town.store.gates()).map(({ gate, state: now }) => ({ gate, now }))).to.deep.equal([{ gate: 'licences', now: 'open' }]);
  })));
  it('is tried at once when a person releases the dataset, also after a restart', () => inVirtualTime(inTown(7, async (town) => {
    changedDictionary(town, 200);
    await town.run('licences', { records: 100, page: 500 });
    await town.restart();
    town.region.books.refuses = () => null;
    expect((await town.run('licences')).failure?.code).to.equal('REFUSALS_SHUT');
    await release(town);
    expect((await town.run('licences')).state).to.equal('done');
  })));
  it('keeps the other datasets going', () => inVirtualTime(inTown(8, async (town) => {
    changedDictionary(town, 100);
    await town.run('licences', { page: 500 });
    town.region.books.refuses = () => null;
    town.county.putCase('C', { steps: ['一'] });
    expect((await town.run('cases')).state).to.equal('done');
  })));
});

describe('a region that a person holds', () => {
  it('is sent nothing; what is read waits, and the run ends without waiting for the person', () => inVirtualTime(inTown(10, async (town) => {
    for (let id = 0; id < 20; id += 1) town.county.put('licences', String(id));
    const say = (word: 'hold' | 'release'): Promise<void> => town.store.sayGate({ gate: 'region', word, reason: '平台升级', by: '王敏', at: town.clock.wallMs() });
    await say('hold');
    const began = town.clock.steadyMs();
    expect(await town.run('licences', { records: 5 })).to.deep.include({ state: 'pending' });
    expect(town.clock.steadyMs() - began).to.be.below(1_000);
    expect({ calls: town.region.calls.length, open: (await town.store.openBatches('licences')).length }).to.deep.equal({ calls: 0, open: 0 });
    await say('release');
    expect((await town.run('licences', { records: 5 })).state).to.equal('done');
  })));
});

describe('a dataset that a person holds', () => {
  it('is neither read nor sent until it is released', () => inVirtualTime(inTown(9, async (town) => {
    town.county.put('licences', '1');
    await town.store.sayGate({ gate: 'licences', word: 'hold', reason: '等地区通知', by: '王敏', at: town.clock.wallMs() });
    const { failure } = await town.run('licences');
    expect({ code: failure?.code, facts: failure?.facts }).to.deep.equal({ code: 'GATE_HELD', facts: { dataset: 'licences', reason: '等地区通知' } });
    expect(town.region.calls).to.have.length(0);
    await release(town);
    expect((await town.run('licences')).state).to.equal('done');
  })));
});
