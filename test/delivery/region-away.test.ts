import { expect } from 'chai';
import { inTown } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

describe('a region that is away for five minutes', () => {
  it('is rested, is tried now and then, and gets every record once when it is back', () => inVirtualTime(inTown(1, async (town) => {
    for (let id = 0; id < 40; id += 1) town.county.put('licences', String(id));
    const back = town.clock.wallMs() + 300_000;
    town.region.ill = (call) => (call.at < back ? { kind: 'lost-before' } : null);
    const { state, counts } = await town.run('licences', { records: 5, connections: 2, patienceMs: 3_600_000 });
    expect({ state, delivered: counts.delivered }).to.deep.equal({ state: 'done', delivered: 40 });
    expect(town.region.books.effects).to.have.length(40);
    expect(town.region.calls.filter((call) => call.at < back).length).to.be.below(60);
  })));
  it('opens the breaker when it keeps asking for a rest, and closes it when it is back', () => inVirtualTime(inTown(2, async (town) => {
    for (let id = 0; id < 10; id += 1) town.county.put('licences', String(id));
    const back = town.clock.wallMs() + 300_000;
    town.region.ill = (call) => (call.at < back ? { kind: 'later', restMs: 0 } : null);
    const { state } = await town.run('licences', { records: 1, connections: 4, patienceMs: 3_600_000 });
    expect(state).to.equal('done');
    expect(town.lamps[0]?.state).to.equal('open');
    expect(town.lamps.at(-1)?.state).to.equal('closed');
    expect(town.region.books.effects).to.have.length(10);
  })));
});
