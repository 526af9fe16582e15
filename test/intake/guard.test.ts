import { expect } from 'chai';
import { forecast } from '../../src/intake/forecast.ts';
import { examineRow, selectionOf } from '../fakes/made-up-county.ts';
import { usualGuard, type GuardSetting } from '../../src/record/job.ts';
import type { RunResult } from '../../src/schedule/run-job.ts';
import { sourceInMemory } from '../fakes/source-in-memory.ts';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

const key = (id: number): string => String(id).padStart(3, '0');

/** A county of so many licences that the region has. */
async function settled(town: Town, count: number): Promise<void> {
  for (let id = 0; id < count; id += 1) town.county.put('licences', key(id));
  await town.run('licences');
}

function change(town: Town, count: number, name = '改了'): void {
  for (let id = 0; id < count; id += 1) town.county.put('licences', key(id), { NAME: name });
}

const outcome = ({ state, failure, counts }: RunResult): unknown => ({ state, code: failure?.code ?? null, facts: failure?.facts ?? null, delivered: counts.delivered });
const names = (town: Town): number => Object.values(town.region.books.rows('up_lic_data')).filter((row) => row['name'] === '改了').length;

/** The name of what a run would do now. */
async function planOf(town: Town, mode: 'changes' | 'sweep', page = 100, guard: GuardSetting = usualGuard): Promise<string> {
  const job = { job: mode === 'sweep' ? 'licences-sweep' : 'licences', title: '', dataset: 'licences', mode, page, overlapMinutes: 0, after: [], guard };
  const found = await forecast(
    { job, made: 'test', selection: selectionOf('licences'), examine: examineRow('licences'), source: sourceInMemory(town.county.tables, town.clock), store: town.store },
    { goOn: async () => true, each: async () => undefined });
  return found?.plan ?? '';
}

describe('the guard', () => {
  it('asks nobody when the region has nothing yet: everything is new', () => inVirtualTime(inTown(1, async (town) => {
    for (let id = 0; id < 60; id += 1) town.county.put('licences', key(id));
    expect(outcome(await town.run('licences', { guard: { share: 0, floor: 0 } }))).to.include({ state: 'done', delivered: 60 });
  })));
  it('does not count what is new as a change, however much it is', () => inVirtualTime(inTown(2, async (town) => {
    await settled(town, 20);
    for (let id = 20; id < 300; id += 1) town.county.put('licences', key(id));
    expect(outcome(await town.run('licences'))).to.include({ state: 'done', delivered: 280 });
  })));
  for (const page of [100, 7]) {
    it(`lets a twentieth change, and keeps nothing of one record more (pages of ${page})`, () => inVirtualTime(inTown(3, async (town) => {
      await settled(town, 300);
      change(town, 15);
      expect(outcome(await town.run('licences', { page }))).to.include({ state: 'done', delivered: 15 });
      change(town, 16, '又改了');
      const held = await town.run('licences', { page });
      expect(outcome(held)).to.deep.equal({ state: 'failed', code: 'GUARD_HELD', delivered: 0, facts: { job: 'licences', dataset: 'licences', changed: 16, gone: 0, atRegion: 300, allowed: 15 } });
      expect([names(town), await town.store.backlog('licences')]).to.deep.equal([15, 0]);
    })));
  }
  it('holds again in every later run, until a person confirms: the share is not let through bit by bit', () => inVirtualTime(inTown(4, async (town) => {
    await settled(town, 100);
    change(town, 40);
    for (let again = 0; again < 5; again += 1) expect(outcome(await town.run('licences', { page: 10 }))).to.include({ code: 'GUARD_HELD' });
    expect(names(town)).to.equal(0);
    const confirm = await planOf(town, 'changes', 10);
    expect(outcome(await town.run('licences', { page: 10, confirm }))).to.include({ state: 'done', delivered: 40 });
    expect(names(town)).to.equal(40);
  })));
  it('lets new records of the same reading wait until it is settled, and loses none of them', () => inVirtualTime(inTown(5, async (town) => {
    await settled(town, 100);
    town.county.put('licences', 'a-new-one');
    change(town, 40);
    town.county.put('licences', 'b-new-one');
    expect(outcome(await town.run('licences', { page: 10 }))).to.include({ code: 'GUARD_HELD' });
    await town.run('licences', { page: 10, confirm: await planOf(town, 'changes', 10) });
    expect(town.region.books.size).to.equal(102);
  })));
  it('holds a sweep that misses more than a twentieth: nothing is taken back, nothing changed', () => inVirtualTime(inTown(6, async (town) => {
    await settled(town, 100);
    for (let id = 0; id < 11; id += 1) town.county.remove('licences', key(id));
    const held = outcome(await town.run('licences', { mode: 'sweep', page: 30 }));
    expect(held).to.deep.equal({ state: 'failed', code: 'GUARD_HELD', delivered: 0, facts: { job: 'licences-sweep', dataset: 'licences', changed: 0, gone: 11, atRegion: 100, allowed: 10 } });
    expect(town.region.books.size).to.equal(100);
    expect(outcome(await town.run('licences', { mode: 'sweep', page: 30, confirm: await planOf(town, 'sweep', 30) }))).to.include({ state: 'done', delivered: 11 });
    expect(town.region.books.size).to.equal(89);
  })));
  it('takes what changes and what disappears together', () => inVirtualTime(inTown(7, async (town) => {
    await settled(town, 100);
    for (let id = 50; id < 56; id += 1) town.county.remove('licences', key(id));
    change(town, 5);
    expect(outcome(await town.run('licences', { mode: 'sweep', page: 9 }))).to.include({ code: 'GUARD_HELD' });
    expect(outcome(await town.run('licences'))).to.include({ state: 'done', delivered: 5 });
    expect(outcome(await town.run('licences', { mode: 'sweep', page: 9 }))).to.include({ state: 'done', delivered: 6 });
  })));
  it('keeps by a confirmed plan only what that plan said: when the county has moved on it keeps nothing', () => inVirtualTime(inTown(8, async (town) => {
    await settled(town, 100);
    change(town, 40);
    const confirm = await planOf(town, 'changes');
    change(town, 41);
    expect(outcome(await town.run('licences', { confirm }))).to.deep.equal({ state: 'failed', code: 'PLAN_OTHER', delivered: 0, facts: { job: 'licences', plan: confirm } });
    expect(names(town)).to.equal(0);
  })));
  it('does not make it another plan when a record arrives that is new', () => inVirtualTime(inTown(9, async (town) => {
    await settled(town, 100);
    change(town, 40);
    const confirm = await planOf(town, 'changes');
    town.county.put('licences', 'new');
    expect(await planOf(town, 'changes')).to.equal(confirm);
    expect(outcome(await town.run('licences', { confirm }))).to.include({ state: 'done', delivered: 41 });
  })));
  it('goes by the job’s own share and floor', () => inVirtualTime(inTown(10, async (town) => {
    await settled(town, 100);
    change(town, 3);
    expect(outcome(await town.run('licences', { guard: { share: 0.02, floor: 2 } }))).to.include({ code: 'GUARD_HELD' });
    expect(outcome(await town.run('licences', { guard: { share: 0, floor: 3 } }))).to.include({ state: 'done', delivered: 3 });
    change(town, 100, '全改了');
    expect(outcome(await town.run('licences', { guard: { share: 1, floor: 0 } }))).to.include({ state: 'done', delivered: 100 });
  })));
  it('reads a few changes once, and many that are allowed a second time only from where they begin', () => inVirtualTime(inTown(11, async (town) => {
    await settled(town, 300);
    const reads = async (guard: GuardSetting): Promise<number> => {
      let rows = 0;
      await town.run('licences', { guard, page: 10, progress: (moved) => { rows += moved.read ?? 0; } });
      return rows;
    };
    change(town, 12);
    expect(await reads(usualGuard)).to.be.within(12, 13);
    change(town, 100, '又改了');
    expect(await reads({ share: 1, floor: 0 })).to.be.within(100, 101);
    expect(town.region.books.size).to.equal(300);
  })));
  it('lets what was kept earlier go out while it holds', () => inVirtualTime(inTown(12, async (town) => {
    await settled(town, 100);
    town.county.put('licences', 'new');
    await town.runUntilKept('licences');
    change(town, 40);
    expect(outcome(await town.run('licences'))).to.include({ code: 'GUARD_HELD' });
    expect([town.region.books.size, await town.store.backlog('licences')]).to.deep.equal([101, 0]);
  })));
  it('does not count records that are again as the region has them', () => inVirtualTime(inTown(14, async (town) => {
    await settled(town, 100);
    for (let id = 0; id < 50; id += 1) town.county.put('licences', key(id), { BAD: 'VALUE_MISSING' });
    expect(outcome(await town.run('licences'))).to.include({ state: 'done' });
    for (let id = 0; id < 50; id += 1) town.county.put('licences', key(id));
    expect(outcome(await town.run('licences'))).to.include({ state: 'done' });
  })));
  it('is written down with the run, for status to show', () => inVirtualTime(inTown(13, async (town) => {
    await settled(town, 100);
    change(town, 40);
    await town.run('licences');
    expect((await town.store.lastRuns(1))[0]).to.deep.include({ state: 'failed', failure: 'GUARD_HELD' });
  })));
});
