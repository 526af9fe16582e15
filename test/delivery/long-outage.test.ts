import { expect } from 'chai';
import { inTown } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

const hourMs = 3_600_000;
const quarterMs = 900_000;

describe('a region that is away for 72 hours', () => {
  it('costs at most 1.1 requests a batch, is met with a tenth of the usual load when it is back, and gets everything once', async function () {
    this.timeout(60_000);
    await inVirtualTime(inTown(1, async (town) => {
      const wish = { records: 3, connections: 2, page: 500, highWater: 20_000, patienceMs: 90_000 };
      const backAt = town.clock.wallMs() + 72 * hourMs;
      town.region.latencyMs = () => 200;
      town.region.ill = (call) => (call.at < backAt ? { kind: 'lost-before' } : null);
      let put = 0;
      let state = 'pending';
      for (let quarter = 0; quarter < 72 * 4 || state !== 'done'; quarter += 1) {
        const beganMs = town.clock.wallMs();
        if (beganMs < backAt) for (let more = 0; more < 40; more += 1) town.county.put('licences', String(put += 1).padStart(6, '0'));
        ({ state } = await town.run('licences', wish));
        await town.clock.rest(Math.max(0, beganMs + quarterMs - town.clock.wallMs()));
      }
      const arrived = town.region.calls.filter((call) => call.at >= backAt).map((call) => call.at);
      const batches = new Set(town.region.pushes().map((call) => call.no)).size;
      const first = arrived[0] ?? 0;
      const minutes = Map.groupBy(arrived, (at) => Math.floor((at - first) / 60_000));
      const peak = Math.max(...[...minutes.values()].map((calls) => calls.length));
      expect(await town.totals('licences')).to.deep.equal({ atRegion: put, waiting: 0, quarantined: 0, delivered: put });
      expect(town.region.books.effects).to.have.length(put);
      expect(town.region.calls.length / batches, `${town.region.calls.length} requests for ${batches} batches`).to.be.at.most(1.1);
      expect(minutes.get(0)?.length ?? 0, `${minutes.get(0)?.length} in the first minute, ${peak} at most`).to.be.at.most(peak / 10);
      expect(first - backAt, 'it is noticed within').to.be.at.most(2 * quarterMs);
    }), 120 * hourMs);
  });
  it('fills the outbox no further than its high-water mark, and reads the rest when it is back', () => inVirtualTime(inTown(2, async (town) => {
    const backAt = town.clock.wallMs() + 6 * hourMs;
    town.region.ill = (call) => (call.at < backAt ? { kind: 'lost-before' } : null);
    for (let id = 0; id < 500; id += 1) town.county.put('licences', String(id).padStart(4, '0'));
    const kept: number[] = [];
    while (town.clock.wallMs() < backAt + hourMs) {
      await town.run('licences', { page: 20, highWater: 100 });
      kept.push((await town.totals('licences')).waiting);
      await town.clock.rest(quarterMs);
    }
    expect(Math.max(...kept)).to.be.at.most(120);
    expect(await town.totals('licences')).to.deep.include({ waiting: 0, delivered: 500 });
  })));
});
