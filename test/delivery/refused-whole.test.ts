import { expect } from 'chai';
import { inTown } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

describe('a batch refused as a whole', () => {
  it('is halved until the one bad record among 1,000 stands alone; the other 999 arrive, in 20 pushes', () => inVirtualTime(inTown(1, async (town) => {
    for (let id = 1; id <= 1000; id += 1) town.county.put('licences', String(id).padStart(4, '0'));
    town.region.refusesWhole = (records) => records.some((record) => record['row_guid'] === '0777');
    const { state, counts } = await town.run('licences', { page: 1000 });
    expect({ state, counts }).to.deep.equal({ state: 'done', counts: { read: 1000, delivered: 999, quarantined: 1, same: 0, pending: 0 } });
    expect(town.region.pushes()).to.have.length(20);
    expect(Object.keys(town.region.books.rows('up_lic_data'))).to.have.length(999);
    expect(await town.totals('licences')).to.deep.equal({ atRegion: 999, waiting: 0, quarantined: 1, delivered: 999 });
    expect(await town.states('licences', '0777')).to.deep.equal(['quarantined']);
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
