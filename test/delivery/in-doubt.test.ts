import { expect } from 'chai';
import { inTown } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

const sunny = { read: 3, delivered: 3, quarantined: 0, same: 0, pending: 0 };

describe('a batch whose answer was lost', () => {
  it('is asked after and settled, and was sent once', () => inVirtualTime(inTown(1, async (town) => {
    for (const id of ['1', '2', '3']) town.county.put('licences', id);
    town.region.ill = (call) => (call.nth === 1 ? { kind: 'lost-after' } : null);
    const { state, counts } = await town.run('licences');
    expect({ state, counts }).to.deep.equal({ state: 'done', counts: sunny });
    expect(town.region.calls.map((call) => call.kind)).to.deep.equal(['push', 'ask']);
    expect(town.region.books.effects).to.have.length(3);
  })));
  it('is sent again byte for byte under the same number when the region never saw it', () => inVirtualTime(inTown(2, async (town) => {
    for (const id of ['1', '2', '3']) town.county.put('licences', id);
    town.region.ill = (call) => (call.nth === 1 ? { kind: 'lost-before' } : null);
    const { state } = await town.run('licences');
    expect(state).to.equal('done');
    expect(town.region.calls.map((call) => call.kind)).to.deep.equal(['push', 'ask', 'push']);
    const [first, second] = town.region.pushes();
    expect(second?.no).to.equal(first?.no);
    expect(second?.body).to.equal(first?.body);
    expect(town.region.books.effects).to.have.length(3);
  })));
  it('is not sent again while the region is still at work on it, and is asked after later', () => inVirtualTime(inTown(3, async (town) => {
    town.county.put('licences', '1');
    town.region.ill = (call) => (call.nth === 1 ? { kind: 'lost-after' } : call.nth <= 4 ? { kind: 'in-progress' } : null);
    expect((await town.run('licences')).state).to.equal('done');
    expect(town.region.calls.map((call) => call.kind)).to.deep.equal(['push', 'ask', 'ask', 'ask', 'ask']);
  })));
  it('is asked after again when the answer to the question is lost too', () => inVirtualTime(inTown(4, async (town) => {
    town.county.put('licences', '1');
    town.region.ill = (call) => (call.nth === 1 ? { kind: 'lost-after' } : call.nth <= 3 ? { kind: 'lost-before' } : null);
    expect((await town.run('licences')).state).to.equal('done');
    expect(town.region.pushes()).to.have.length(1);
    expect(town.region.asks()).to.have.length(3);
  })));
  it('has every push and every question on the record\'s page', () => inVirtualTime(inTown(5, async (town) => {
    town.county.put('licences', '1');
    town.region.ill = (call) => (call.nth === 1 ? { kind: 'lost-before' } : null);
    await town.run('licences');
    const batches = (await town.store.trace('licences', '1'))?.versions[0]?.batches ?? [];
    expect(batches.flatMap((batch) => batch.attempts.map(({ kind, verdict }) => `${kind} ${verdict}`)))
      .to.deep.equal(['push unknown', 'ask never-seen', 'push settled']);
    expect(batches[0]?.receipts.map(({ rowGuid, verdict }) => `${rowGuid} ${verdict}`)).to.deep.equal(['1 accepted']);
  })));
});

describe('a region that asks for a rest', () => {
  it('gets at least the rest it asked for, and then the same batch', () => inVirtualTime(inTown(6, async (town) => {
    town.county.put('licences', '1');
    town.region.ill = (call) => (call.nth === 1 ? { kind: 'later', restMs: 45_000 } : null);
    expect((await town.run('licences')).state).to.equal('done');
    const [first, second] = town.region.pushes();
    expect((second?.at ?? 0) - (first?.at ?? 0)).to.be.at.least(45_000);
    expect(second?.body).to.equal(first?.body);
  })));
});

describe('patience', () => {
  it('runs out when the region stays silent: the batch is left open, and the next run asks after it first', () => inVirtualTime(inTown(7, async (town) => {
    town.county.put('licences', '1');
    town.region.ill = (call) => (call.kind === 'push' ? { kind: 'lost-after' } : { kind: 'lost-before' });
    const { state, counts } = await town.run('licences', { patienceMs: 60_000 });
    expect({ state, counts }).to.deep.equal({ state: 'pending', counts: { read: 1, delivered: 0, quarantined: 0, same: 0, pending: 1 } });
    const before = town.region.calls.length;
    town.region.ill = () => null;
    expect((await town.run('licences')).state).to.equal('done');
    expect(town.region.calls.slice(before).map((call) => call.kind)).to.deep.equal(['ask']);
    expect(town.region.books.effects).to.have.length(1);
    expect((await town.store.lastRuns(10)).find((run) => run.id === 1)?.counts).to.deep.equal({ read: 1, delivered: 1, quarantined: 0, same: 0, pending: 0 });
  })));
});
