import { expect } from 'chai';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

/** Every licence is at the region, was set aside for a while, and is as it was again. */
async function backAsItWas(town: Town, count: number): Promise<number> {
  for (let id = 0; id < count; id += 1) town.county.put('licences', `L${String(id).padStart(3, '0')}`);
  await town.run('licences');
  for (let id = 0; id < count; id += 1) town.county.put('licences', `L${String(id).padStart(3, '0')}`, { BAD: 'VALUE_MISSING' });
  expect((await town.run('licences')).counts.quarantined).to.equal(count);
  for (let id = 0; id < count; id += 1) town.county.put('licences', `L${String(id).padStart(3, '0')}`);
  return town.region.calls.length;
}

describe('a record that is again as the region has it', () => {
  it('is not sent, and counts as delivered', () => inVirtualTime(inTown(1, async (town) => {
    const before = await backAsItWas(town, 3);
    const { state, counts } = await town.run('licences');
    expect({ state, counts }).to.deep.equal({ state: 'done', counts: { read: 3, delivered: 3, quarantined: 0, same: 0, pending: 0 } });
    expect(town.region.calls).to.have.length(before);
    expect(await town.totals('licences')).to.deep.equal({ atRegion: 3, waiting: 0, quarantined: 0, delivered: 6 });
  })));
  it('does not keep back what stands behind it, however many there are', () => inVirtualTime(inTown(2, async (town) => {
    const before = await backAsItWas(town, 100);
    town.county.put('licences', 'new');
    const { state, counts } = await town.run('licences', { records: 3 });
    expect({ state, delivered: counts.delivered }).to.deep.equal({ state: 'done', delivered: 101 });
    expect(town.region.calls).to.have.length(before + 1);
  })));
});
