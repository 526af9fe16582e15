import { expect } from 'chai';
import { inTown } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

describe('a case that needs an item', () => {
  it('waits while the region does not hold the item, and goes when it arrives', () => inVirtualTime(inTown(1, async (town) => {
    town.region.books.needs = (record, table) => (table === 'up_pro_accept' && record['row_guid'] === 'C1' ? 'up_task_general_basic\tI1' : null);
    town.county.putCase('C1', {}, { ITEM: 'I1' });
    town.county.putCase('C2', {});
    const first = await town.run('cases');
    expect({ state: first.state, counts: first.counts }).to.deep.equal({ state: 'pending', counts: { read: 2, delivered: 1, quarantined: 0, same: 0, pending: 1 } });
    expect(await town.states('cases', 'C1')).to.deep.equal(['waiting']);
    expect((await town.store.trace('cases', 'C1'))?.versions[0]?.waits).to.equal('items:I1');
    town.county.put('items', 'I1');
    await town.run('items');
    expect(await town.states('cases', 'C1')).to.deep.equal(['open']);
    expect((await town.run('cases')).state).to.equal('done');
    expect(town.region.books.story()).to.deep.equal(['I up_pro_accept/C2', 'I up_task_general_basic/I1', 'I up_pro_accept/C1']);
    expect((await town.store.lastRuns(10)).find((run) => run.id === first.run)?.counts.delivered).to.equal(2);
  })));
  it('goes at once when the region holds the item already', () => inVirtualTime(inTown(2, async (town) => {
    town.county.put('items', 'I1');
    await town.run('items');
    town.county.putCase('C1', {}, { ITEM: 'I1' });
    expect((await town.run('cases')).counts).to.include({ delivered: 1, pending: 0 });
  })));
  it('goes on waiting when the item is refused', () => inVirtualTime(inTown(3, async (town) => {
    town.county.putCase('C1', {}, { ITEM: 'I1' });
    await town.run('cases');
    town.county.put('items', 'I1');
    town.region.books.refuses = () => '否';
    await town.run('items');
    expect(await town.states('cases', 'C1')).to.deep.equal(['waiting']);
    expect((await town.run('cases')).state).to.equal('pending');
  })));
  it('waits for an item that the region has under another code, until the new code has arrived', () => inVirtualTime(inTown(7, async (town) => {
    town.county.put('items', 'I1');
    await town.run('items');
    town.county.put('items', 'I1', { NAME: '改', IDENT: 'N1' });
    await town.runUntilKept('items');
    town.county.putCase('C1', {}, { ITEM: 'N1' });
    await town.run('cases');
    expect(await town.states('cases', 'C1')).to.deep.equal(['waiting']);
    await town.run('items');
    expect((await town.run('cases')).state).to.equal('done');
    expect(town.region.books.story()).to.deep.equal(['I up_task_general_basic/I1', 'U up_task_general_basic/I1', 'I up_pro_accept/C1']);
  })));
  it('waits also when its version was held behind an earlier one that needed nothing', () => inVirtualTime(inTown(6, async (town) => {
    town.county.putCase('C1', {});
    town.region.ill = () => ({ kind: 'lost-before' });
    await town.run('cases', { patienceMs: 20_000 });
    town.county.putCase('C1', {}, { NAME: '改', ITEM: 'I1' });
    await town.run('cases', { patienceMs: 20_000 });
    expect(await town.states('cases', 'C1')).to.deep.equal(['lent', 'held']);
    town.region.ill = () => null;
    await town.run('cases');
    expect(await town.states('cases', 'C1')).to.deep.equal(['delivered', 'waiting']);
    town.county.put('items', 'I1');
    await town.run('items');
    await town.run('cases');
    expect(town.region.books.story()).to.deep.equal(['I up_pro_accept/C1', 'I up_task_general_basic/I1', 'U up_pro_accept/C1']);
  })));
  it('is superseded while it waits by a version that needs nothing', () => inVirtualTime(inTown(4, async (town) => {
    town.county.putCase('C1', {}, { ITEM: 'I1' });
    const first = await town.run('cases');
    town.county.putCase('C1', {}, { NAME: '改' });
    await town.run('cases');
    expect(await town.states('cases', 'C1')).to.deep.equal(['superseded', 'delivered']);
    expect((await town.store.lastRuns(10)).find((run) => run.id === first.run)?.counts).to.deep.equal({ read: 1, delivered: 0, quarantined: 0, same: 1, pending: 0 });
  })));
  it('does not keep the reading of other cases back, however many wait', () => inVirtualTime(inTown(5, async (town) => {
    for (let id = 0; id < 12; id += 1) town.county.putCase(`A${id}`, {}, { ITEM: 'never' });
    town.county.putCase('B', {});
    const { counts } = await town.run('cases', { highWater: 5, page: 3 });
    expect(counts).to.deep.equal({ read: 13, delivered: 1, quarantined: 0, same: 0, pending: 12 });
  })));
});
