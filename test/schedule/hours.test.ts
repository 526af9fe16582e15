import { expect } from 'chai';
import { allowedNow } from '../../src/schedule/allowed.ts';
import { missedWhileDown } from '../../src/schedule/missed-runs.ts';
import { Failure } from '../../src/record/failure.ts';
import { usualGuard, type Job } from '../../src/record/job.ts';
import { inOffice } from '../fakes/office.ts';
import { inTown } from '../fakes/town.ts';
import { inVirtualTime, monday } from '../fakes/virtual-time.ts';

const site = { zone: '+08:00', calendar: null } as const;
const licences: Job = { job: 'licences', title: '', dataset: 'licences', mode: 'changes', page: 1, overlapMinutes: 0, after: [], guard: usualGuard, cron: '*/5 * * * *' };
const night = { days: 'every', from: 20 * 60, to: 7 * 60 } as const;

describe('what a job is allowed', () => {
  it('outside its hours it does not begin, and says when they come', () => {
    expect(() => allowedNow(site, { ...licences, windows: [night] }, monday)).to.throw(Failure).with.deep.property('facts', { job: 'licences', minutes: 300 });
  });
  it('a run ends with its hours, or with its time, whichever comes first', () => {
    const evening = monday + 6 * 3_600_000;
    expect(allowedNow(site, { ...licences, windows: [night] }, evening)).to.deep.equal({ inMs: 10 * 3_600_000, code: 'WINDOW_CLOSED' });
    expect(allowedNow(site, { ...licences, windows: [night], budgetMinutes: 30 }, evening)).to.deep.equal({ inMs: 1_800_000, code: 'OVER_BUDGET' });
    expect(allowedNow(site, licences, evening)).to.equal(null);
  });
  it('a run whose time is over ends in good order, says so in its history, and the next goes on where it stood', () => inVirtualTime(inTown(1, async (town) => {
    for (let id = 0; id < 100; id += 1) town.county.put('licences', String(id).padStart(3, '0'));
    town.region.latencyMs = () => 10_000;
    const first = await town.run('licences', { records: 5, page: 10, until: { inMs: 60_000, code: 'OVER_BUDGET' } });
    expect({ state: first.state, code: first.failure?.code }).to.deep.equal({ state: 'pending', code: 'OVER_BUDGET' });
    expect(first.counts.delivered).to.be.within(20, 40);
    expect((await town.store.lastRuns(1))[0]).to.include({ state: 'pending', failure: 'OVER_BUDGET' });
    expect((await town.run('licences', { records: 5, page: 10 })).state).to.equal('done');
    expect(town.region.books.effects).to.have.length(100);
  })));
});

describe('minutes that passed without a run', () => {
  it('while nobody was there are counted once, with their first and last, and caught up by one run', () => inVirtualTime(inTown(2, async (town) => {
    await town.run('licences');
    await town.restart();
    await town.clock.rest(3_600_000);
    const about = { store: town.store, wallMs: town.clock.wallMs(), zoneMinutes: 480 };
    expect([...await missedWhileDown([licences, { ...licences, job: 'never-run' }], about)]).to.deep.equal(['licences']);
    const [missed] = await town.store.missed(5);
    expect(missed).to.deep.include({ job: 'licences', reason: 'down', times: 12, run: null, firstDue: monday + 300_000 });
    const { run } = await town.run('licences');
    await town.store.caughtUp('licences', run);
    expect((await town.store.missed(5)).map((one) => one.run)).to.deep.equal([run]);
  })));
  it('are caught up by a run of a job that reports nothing, too', inOffice(async (office) => {
    const nightly = (await office.site()).jobs.find((job) => job.kind === 'retention')?.job ?? '';
    await office.store.noteMissed({ job: nightly, reason: 'down', firstDue: monday, lastDue: monday, times: 1 });
    const { run } = await office.run(nightly);
    expect((await office.store.missed(5)).map((one) => [one.job, one.run])).to.deep.equal([[nightly, run]]);
  }));
  it('for the same reason are one line until they are caught up, then another', () => inVirtualTime(inTown(3, async (town) => {
    const one = (at: number): Promise<void> => town.store.noteMissed({ job: 'licences', reason: 'overlapping', firstDue: at, lastDue: at, times: 1 });
    await one(1);
    await one(2);
    await town.store.noteMissed({ job: 'licences', reason: 'outside', firstDue: 3, lastDue: 3, times: 1 });
    await town.store.caughtUp('licences', 7);
    await one(4);
    expect((await town.store.missed(9)).map(({ reason, times, run }) => ({ reason, times, run }))).to.deep.equal([
      { reason: 'overlapping', times: 1, run: null }, { reason: 'outside', times: 1, run: 7 }, { reason: 'overlapping', times: 2, run: 7 },
    ]);
  })));
});
