import { expect } from 'chai';
import fc from 'fast-check';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { inTown } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

describe('an outbox that is nearly full', () => {
  it('never brings reading and delivering to a standstill, whatever the sizes', async function () {
    this.timeout(20_000);
    await fc.assert(fc.asyncProperty(
      fc.record({
        licences: fc.integer({ min: 0, max: 60 }), page: fc.integer({ min: 1, max: 20 }), records: fc.integer({ min: 1, max: 20 }), bytes: fc.constantFrom(600, 1_200, 2_000_000),
        connections: fc.integer({ min: 1, max: 4 }), highWater: fc.integer({ min: 1, max: 20 }), slow: fc.boolean(), seed: fc.nat(1_000_000),
      }),
      (wish) => inVirtualTime(inTown(wish.seed, async (town) => {
        for (let id = 0; id < wish.licences; id += 1) town.county.put('licences', `L${id}`, id % 7 === 3 ? { BAD: 'VALUE_MISSING' } : {});
        const luck = seededLuck(wish.seed);
        town.region.latencyMs = () => (wish.slow ? Math.floor(luck() * 300) : 0);
        let most = 0;
        town.meddle = (store) => ({ ...store, keep: async (keeping) => {
          const kept = await store.keep(keeping);
          most = Math.max(most, await store.backlog('licences'));
          return kept;
        } });
        const { state, counts } = await town.run('licences', wish);
        const bad = Math.floor((wish.licences + 3) / 7);
        expect({ state, counts }).to.deep.equal({ state: 'done', counts: { read: wish.licences, delivered: wish.licences - bad, quarantined: bad, same: 0, pending: 0 } });
        expect(most).to.be.below(wish.highWater + wish.page);
        expect(town.region.books.effects).to.have.length(wish.licences - bad);
      })),
    ), { numRuns: 60, seed: 20_261_123 });
  });
  it('does not run out of patience while it reads a long time and finds nothing to send', () => inVirtualTime(inTown(1, async (town) => {
    for (let id = 0; id < 40; id += 1) town.county.put('licences', `L${String(id).padStart(2, '0')}`);
    await town.run('licences');
    const last = town.county.tables['licences']?.at(-1);
    town.county.tables['licences']?.splice(-1, 1, { ...last, NAME: '悄悄改了' });
    town.meddle = (store) => ({ ...store, standings: async (dataset, keys) => {
      await town.clock.rest(20_000);
      return store.standings(dataset, keys);
    } });
    const { state, counts } = await town.run('licences', { mode: 'sweep', page: 4, patienceMs: 60_000 });
    expect({ state, delivered: counts.delivered }).to.deep.equal({ state: 'done', delivered: 1 });
  })));
  it('is emptied before a person who said stop is kept waiting: what was on the road is settled, the rest stays for later', () => inVirtualTime(inTown(2, async (town) => {
    for (let id = 0; id < 30; id += 1) town.county.put('licences', `L${id}`);
    const ending = new AbortController();
    town.region.latencyMs = () => 100;
    town.region.ill = (call) => {
      if (call.nth === 2) ending.abort();
      return null;
    };
    const { state, counts } = await town.run('licences', { records: 5, page: 10, signal: ending.signal });
    expect(state).to.equal('stopped');
    expect(counts.delivered).to.equal(10);
    expect(town.region.books.effects).to.have.length(10);
    expect((await town.run('licences')).state).to.equal('done');
    expect(town.region.books.effects).to.have.length(30);
  })));
});
