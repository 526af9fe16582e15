import { expect } from 'chai';
import type { Receipt } from '../../src/record/receipt.ts';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

const threeLicences = (town: Town): void => ['1', '2', '3'].forEach((id) => town.county.put('licences', id));

describe('receipts', () => {
  it('settle each record by its own answer: one refused, the others arrive', () => inVirtualTime(inTown(1, async (town) => {
    threeLicences(town);
    town.region.books.refuses = (record) => (record['row_guid'] === '2' ? '名称不符' : null);
    const { state, counts } = await town.run('licences');
    expect({ state, counts }).to.deep.equal({ state: 'done', counts: { read: 3, delivered: 2, quarantined: 1, same: 0, pending: 0 } });
    const [one] = await town.store.quarantine(null, 0, 10);
    expect(one?.problems).to.deep.equal([{ code: 'REGION_REFUSED', severity: 'refuse', table: 'up_lic_data', field: 'name', facts: { code: '2', message: '名称不符' } }]);
    expect((await town.store.trace('licences', '2'))?.versions[0]?.batches[0]?.receipts).to.deep.equal([
      { rowGuid: '2', verdict: 'refused', code: '2', field: 'name', message: '名称不符' },
    ]);
  })));
  it('are matched by identity, in whatever order they come', () => inVirtualTime(inTown(2, async (town) => {
    threeLicences(town);
    town.region.books.refuses = (record) => (record['row_guid'] === '1' ? '否' : null);
    town.region.ill = () => ({ kind: 'receipts', change: (receipts) => receipts.toReversed() });
    await town.run('licences');
    expect(await town.states('licences', '1')).to.deep.equal(['quarantined']);
    expect(await town.states('licences', '3')).to.deep.equal(['delivered']);
  })));

  const crooked: readonly (readonly [string, (receipts: readonly Receipt[]) => readonly Receipt[]])[] = [
    ['one too few', (receipts) => receipts.slice(1)],
    ['one too many', (receipts) => [...receipts, { rowGuid: '9', verdict: 'accepted', code: '0' }]],
    ['two for one, and they contradict each other', (receipts) => [...receipts, { rowGuid: '1', verdict: 'refused', code: '2' }]],
    ['for other records', (receipts) => receipts.map((receipt) => ({ ...receipt, rowGuid: `x${receipt.rowGuid}` }))],
    ['twice for one and not for another', (receipts) => receipts.map((receipt, index) => (index === 1 ? { ...receipt, rowGuid: '1' } : receipt))],
    ['none at all', () => []],
  ];
  for (const [name, change] of crooked) {
    it(`that are ${name} prove nothing: the batch is asked after, and nothing is guessed by position`, () => inVirtualTime(inTown(3, async (town) => {
      threeLicences(town);
      town.region.ill = (call) => (call.nth === 1 ? { kind: 'receipts', change } : null);
      const { state, counts } = await town.run('licences');
      expect({ state, delivered: counts.delivered }).to.deep.equal({ state: 'done', delivered: 3 });
      expect(town.region.calls.map((call) => call.kind)).to.deep.equal(['push', 'ask']);
      const attempts = (await town.store.trace('licences', '1'))?.versions[0]?.batches[0]?.attempts ?? [];
      expect(attempts.map(({ verdict, detail }) => `${verdict} ${detail}`.trim())).to.deep.equal(['unknown RECEIPTS_DO_NOT_MATCH', 'settled']);
    })));
  }
  it('that never fit leave the batch open and nothing delivered', () => inVirtualTime(inTown(4, async (town) => {
    threeLicences(town);
    town.region.ill = () => ({ kind: 'receipts', change: (receipts) => receipts.slice(1) });
    const { state, counts } = await town.run('licences', { patienceMs: 60_000 });
    expect({ state, counts }).to.deep.equal({ state: 'pending', counts: { read: 3, delivered: 0, quarantined: 0, same: 0, pending: 3 } });
    expect(town.region.pushes()).to.have.length(1);
  })));
  it('with a warning count as arrived', () => inVirtualTime(inTown(5, async (town) => {
    threeLicences(town);
    town.region.ill = () => ({ kind: 'receipts', change: (receipts) => receipts.map((receipt) => ({ ...receipt, verdict: 'warned', code: '1' })) });
    expect((await town.run('licences')).counts.delivered).to.equal(3);
  })));
});
