import { expect } from 'chai';
import type { Clock } from '../../src/port/clock.ts';
import type { Store } from '../../src/port/store.ts';
import { Failure } from '../../src/record/failure.ts';
import { inOffice, type Office } from '../fakes/office.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';

const codes = 'mappings/county/model/codes/channel.yaml';
const keys = Array.from({ length: 14 }, (_, at) => String(at + 1));

/** Every call to the store comes a moment later, by luck, so that two who use it meet in every order. */
function jostled(store: Store, clock: Clock, luck: () => number): Store {
  return Object.fromEntries(Object.entries(store).map(([name, work]) => [name, async (...given: unknown[]) => {
    await clock.rest(Math.floor(luck() * 6));
    const result = await (work as (...all: unknown[]) => Promise<unknown>)(...given);
    await clock.rest(Math.floor(luck() * 3));
    return result;
  }])) as unknown as Store;
}

function knowZ(office: Office): void {
  office.files.change(codes, '  - { from: A,', '  - { from: Z, county: 自助机, to: "1", region: 网上 }\n  - { from: A,');
}

const told = (cause: unknown): string => {
  if (!(cause instanceof Failure)) throw cause;
  return `${cause.code} ${cause.facts['job'] ?? ''}`;
};

/** A run and a redrive that begin by luck at the same time, while the county goes on; gives what each of them said. */
async function jostle(office: Office, seed: number): Promise<readonly string[]> {
  const luck = seededLuck(seed);
  const some = (share: number): readonly string[] => keys.filter(() => luck() < share);
  Object.assign(office, { store: jostled(office.store, office.clock, luck) });
  for (const key of keys) office.putCase(key, luck() < 0.6 ? { CHANNEL: 'Z' } : {});
  await office.run();
  knowZ(office);
  for (const key of some(0.4)) office.putCase(key, { B: `局${key}` });
  for (const key of some(0.15)) office.putCase(key, { APPLIED: '昨天' });
  const begun = async (work: () => Promise<unknown>): Promise<string> => {
    await office.clock.rest(Math.floor(luck() * 60));
    return work().then(() => 'done', told);
  };
  const busy = Promise.all([begun(() => office.run()), begun(() => office.redrive({}, { perSecond: 100_000 }))]);
  await office.clock.rest(Math.floor(luck() * 40));
  for (const key of some(0.3)) office.putCase(key, { B: `科${key}` });
  return busy;
}

describe('letting records go beside a run of the same dataset', () => {
  it('is one after the other in whatever order they come: whoever comes second is told who is at work, and every newest row is accounted for', async function () {
    this.timeout(60_000);
    const met = new Map<string, number>();
    for (let seed = 1; seed <= 60; seed += 1) {
      await inOffice(async (office) => {
        for (const said of await jostle(office, seed)) met.set(said, (met.get(said) ?? 0) + 1);
        await office.run();
        await office.redrive({}, { perSecond: 100_000 });
        await office.run();
        const rows = office.tables['QLCASE'] ?? [];
        const bad = rows.filter((row) => row['APPLIED'] === '昨天').map((row) => String(row['ID']));
        const wanted = Object.fromEntries(rows.filter((row) => !bad.includes(String(row['ID']))).map((row) => [String(row['ID']), row['B']]));
        const there = Object.fromEntries(Object.entries(office.cases()).filter(([key]) => !bad.includes(key)).map(([key, row]) => [key, row['remark']]));
        expect(there, `seed ${seed}`).to.deep.equal(wanted);
        expect(await office.aside(), `seed ${seed}: what is set aside`).to.have.members(bad);
      })();
    }
    expect([...met.keys()].toSorted()).to.deep.equal(['DATASET_BUSY cases', 'DATASET_BUSY cases-redrive', 'done']);
  });
  it('leaves everything as it was when it is told to wait, and does it all the next time', inOffice(async (office) => {
    for (const key of keys) office.putCase(key, { CHANNEL: 'Z' });
    await office.run();
    knowZ(office);
    office.putCase('99');
    office.region.latencyMs = () => 1_000;
    const running = office.run();
    await office.clock.rest(500);
    const before = await office.aside();
    expect(before.length, 'the run itself reads its last row again').to.be.at.least(keys.length - 1);
    expect(await office.redrive().then(() => 'done', told)).to.equal('DATASET_BUSY cases');
    expect(await office.aside()).to.deep.equal(before);
    await running;
    expect(await office.redrive()).to.deep.include({ freed: before.length });
  }));
});

describe('a run beside a run', () => {
  it('of the same dataset is refused, saying who is at work, and the dataset goes on afterwards', inOffice(async (office) => {
    await office.run();
    for (const key of keys) office.putCase(key);
    office.region.latencyMs = () => 1_000;
    const first = office.run();
    await office.clock.rest(500);
    expect(await office.run().then(() => 'done', told)).to.equal('DATASET_BUSY cases');
    expect((await first).counts).to.include({ delivered: keys.length });
    expect((await office.run()).state).to.equal('done');
  }));
});
