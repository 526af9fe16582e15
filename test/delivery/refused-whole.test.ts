import { expect } from 'chai';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

/** How many pushes it took to find the bad records of so many, and how many until all the others had arrived. */
async function seek(town: Town, { many, bad, words = '整批退回' }: { readonly many: number; readonly bad: readonly number[]; readonly words?: string }): Promise<{ found: number; all: number }> {
  const guid = (id: number): string => `licence-${String(id).padStart(10, '0')}`;
  const guids = new Set(bad.map(guid));
  for (let id = 0; id < many; id += 1) town.county.put('licences', guid(id));
  town.region.refusesWhole = (records) => records.some((record) => guids.has(String(record['row_guid'])));
  town.region.refusal = words;
  let found: number | null = null;
  town.meddle = (store) => ({
    ...store,
    settle: async (settlements) => {
      if (settlements.some((one) => one.reopened.length > 0)) found ??= town.region.pushes().length;
      return store.settle(settlements);
    },
  });
  const { state, counts } = await town.run('licences', { page: 1000, records: many });
  expect({ state, counts }).to.deep.equal({ state: 'done', counts: { read: many, delivered: many - bad.length, quarantined: bad.length, same: 0, pending: 0 } });
  expect((await town.store.quarantine('licences', 0, 100)).map((one) => one.key)).to.deep.equal([...guids]);
  const all = town.region.pushes().length;
  return { found: found ?? all, all };
}

describe('a batch refused as a whole', () => {
  for (const at of [0, 1, 499, 500, 776, 998, 999]) {
    it(`for one bad record among 1,000, number ${at + 1}: it is found in 11 requests at most, and one more brings the rest`, () => inVirtualTime(inTown(1, async (town) => {
      const { found, all } = await seek(town, { many: 1000, bad: [at] });
      expect(found).to.be.at.most(11);
      expect(all).to.be.at.most(12);
    })));
  }
  it('is sought through in ⌈log2 n⌉ + 1 requests wherever the bad record stands, whatever n is no power of two', async () => {
    for (const many of [1, 2, 3, 5, 11]) {
      for (let at = 0; at < many; at += 1) {
        await inVirtualTime(inTown(at + 1, async (town) => {
          const alone = many === 2 && at === 1 ? 1 : 0; // its only neighbour went through: it is sent alone before it is set aside
          expect((await seek(town, { many, bad: [at] })).found, `number ${at + 1} of ${many}`).to.be.at.most(Math.ceil(Math.log2(many)) + 1 + alone);
        }));
      }
    }
  });
  it('for four bad records among 256 costs less than twelve requests each', () => inVirtualTime(inTown(3, async (town) => {
    const { all } = await seek(town, { many: 256, bad: [3, 100, 101, 255] });
    expect(all).to.be.below(48);
  })));
  it('with words that name the row is no riddle: the row alone, and all the others together', () => inVirtualTime(inTown(4, async (town) => {
    expect(await seek(town, { many: 200, bad: [77], words: '第 78 条 licence-0000000077 证照编号重复' })).to.deep.equal({ found: 2, all: 3 });
  })));
  it('by a whim of the region sets nobody aside: whoever is left over is sent alone first', () => inVirtualTime(inTown(5, async (town) => {
    for (let id = 0; id < 20; id += 1) town.county.put('licences', String(id));
    let whims = 1;
    town.region.refusesWhole = () => (whims -= 1) >= 0;
    const { counts } = await town.run('licences');
    expect(counts).to.deep.equal({ read: 20, delivered: 20, quarantined: 0, same: 0, pending: 0 });
    expect(town.region.books.effects).to.have.length(20);
  })));
  it('is never sent again in any part that went through', () => inVirtualTime(inTown(6, async (town) => {
    await seek(town, { many: 100, bad: [7, 8, 60] });
    expect(town.region.books.effects).to.have.length(97);
  })));
  it('sets the bad record aside with the region\'s own code and words', () => inVirtualTime(inTown(2, async (town) => {
    for (const id of ['1', '2', '3']) town.county.put('licences', id);
    town.region.refusesWhole = (records) => records.some((record) => record['row_guid'] === '2');
    await town.run('licences');
    const [one] = await town.store.quarantine('licences', 0, 10);
    expect(one?.key).to.equal('2');
    expect(one?.problems).to.deep.equal([{ code: 'REGION_REFUSED', severity: 'refuse', table: 'up_lic_data', facts: { code: '422', message: '整批退回' } }]);
  })));
  it('finds several bad records, wherever they stand', () => inVirtualTime(inTown(3, async (town) => {
    const bad = new Set(['000', '001', '037', '063']);
    for (let id = 0; id < 64; id += 1) town.county.put('licences', String(id).padStart(3, '0'));
    town.region.refusesWhole = (records) => records.some((record) => bad.has(String(record['row_guid'])));
    const { counts } = await town.run('licences', { connections: 3, records: 16 });
    expect(counts).to.deep.equal({ read: 64, delivered: 60, quarantined: 4, same: 0, pending: 0 });
    expect((await town.store.quarantine('licences', 0, 10)).map((one) => one.key)).to.deep.equal([...bad]);
  })));
  it('is not halved again in a later run: what was cut off when patience ran out goes on from its halves', () => inVirtualTime(inTown(4, async (town) => {
    for (let id = 0; id < 8; id += 1) town.county.put('licences', String(id));
    town.region.refusesWhole = (records) => records.some((record) => record['row_guid'] === '5');
    town.region.ill = (call) => (call.nth > 1 ? { kind: 'lost-before' } : null);
    expect((await town.run('licences', { patienceMs: 30_000 })).state).to.equal('pending');
    await town.restart();
    town.region.ill = () => null;
    const before = town.region.pushes().length;
    expect((await town.run('licences')).state).to.equal('done');
    const sizes = town.region.pushes().slice(before).map((call) => (JSON.parse(call.body) as { count: number }).count);
    expect(Math.max(...sizes)).to.equal(4);
    expect(await town.totals('licences')).to.deep.equal({ atRegion: 7, waiting: 0, quarantined: 1, delivered: 7 });
  })));
  it('isolates the one bad row inside one record, and the ledger holds what the region has of it', () => inVirtualTime(inTown(5, async (town) => {
    town.county.putCase('C', { steps: ['一', '二', '三', '四', '五'] });
    town.region.refusesWhole = (records) => records.some((record) => record['name'] === '四');
    const { counts } = await town.run('cases');
    expect(counts).to.include({ delivered: 0, quarantined: 1 });
    const ledger = (await town.store.trace('cases', 'C'))?.ledger;
    expect(ledger?.rows.map((row) => row.rowGuid)).to.deep.equal(['C', 'C-steps-1', 'C-steps-2', 'C-steps-3']);
    expect(Object.keys(town.region.books.rows('up_pro_process'))).to.deep.equal(['C-steps-1', 'C-steps-2', 'C-steps-3']);
  })));
});
