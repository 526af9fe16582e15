import { expect } from 'chai';
import { concludeBatch, type Conclusion, type Heard } from '../../src/delivery/conclude.ts';
import type { HttpProfile } from '../../src/port/profile.ts';
import type { Failure } from '../../src/record/failure.ts';
import { shippedProfile } from '../fakes/shipped-profile.ts';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

/** A batch of three that is in doubt, of which nobody can be asked: it is in effect there, or is not. */
async function inDoubt(town: Town, there: boolean): Promise<string> {
  for (const id of ['1', '2', '3']) town.county.put('licences', id);
  town.region.ill = (call) => (call.kind === 'push' ? { kind: there ? 'lost-after' : 'lost-before' } : { kind: 'lost-before' });
  expect((await town.run('licences')).state).to.equal('pending');
  town.region.ill = () => null;
  return (await town.store.openBatches('licences'))[0]?.no ?? '';
}

const order = (town: Town, no: string, heard: Heard, change: Partial<Conclusion> = {}): Conclusion => ({
  no, heard, who: '王敏', why: '地区李工电话答复', datasets: ['items', 'licences'], profile: { ...shippedProfile(), ask: { cannot: 'hold', why: 'no such question' } } as HttpProfile,
  store: town.store, region: town.region, clock: town.clock, ...change,
});

const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (cause: unknown) => (cause as Failure).code);

describe('a batch in doubt of which the region cannot be asked', () => {
  it('has arrived by a person’s word, who stands with the reason in the walk of every record', () => inVirtualTime(inTown(31, async (town) => {
    const no = await inDoubt(town, true);
    await concludeBatch(order(town, no, 'arrived'));
    const { state, counts } = await town.run('licences');
    expect([state, counts.delivered, town.region.books.effects.length]).to.deep.equal(['done', 0, 3]);
    const [version] = (await town.store.trace('licences', '2'))?.versions ?? [];
    expect([version?.state, version?.batches[0]?.attempts.at(-1)?.detail]).to.deep.equal(['delivered', '王敏: 地区李工电话答复']);
  })));
  it('goes back to the line when it never arrived, and its records travel once', () => inVirtualTime(inTown(32, async (town) => {
    const no = await inDoubt(town, false);
    await concludeBatch(order(town, no, 'never-arrived'));
    expect(await town.store.openBatches('licences')).to.deep.equal([]);
    expect((await town.run('licences')).state).to.equal('done');
    expect(town.region.books.effects).to.have.length(3);
    const batches = (await town.store.trace('licences', '2'))?.versions[0]?.batches ?? [];
    expect(batches.map((one) => one.state).toSorted()).to.deep.equal(['released', 'settled']);
  })));
  it('is concluded by nobody without a name and a reason, not twice, and not where the region itself can say', () => inVirtualTime(inTown(33, async (town) => {
    const no = await inDoubt(town, true);
    expect(await codeOf(concludeBatch(order(town, no, 'arrived', { why: ' ' })))).to.equal('WHO_AND_WHY');
    expect(await codeOf(concludeBatch(order(town, no, 'arrived', { profile: shippedProfile() })))).to.equal('BATCH_CAN_BE_ASKED');
    expect(await codeOf(concludeBatch(order(town, `${no}x`, 'arrived')))).to.equal('BATCH_NOT_OPEN');
    await concludeBatch(order(town, no, 'arrived'));
    expect(await codeOf(concludeBatch(order(town, no, 'never-arrived')))).to.equal('BATCH_NOT_OPEN');
  })));
});
