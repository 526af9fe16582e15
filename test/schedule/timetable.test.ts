import { expect } from 'chai';
import { inOrder, startTimetable, type Timetable } from '../../src/schedule/timetable.ts';
import { usualGuard, type Job, type ReportJob } from '../../src/record/job.ts';
import { monday, timeByHand, turn, type HandTime } from '../fakes/virtual-time.ts';

const job = (name: string, change: Partial<ReportJob> = {}): ReportJob => ({ job: name, title: name, dataset: name, mode: 'changes', page: 1, overlapMinutes: 0, after: [], guard: usualGuard, ...change });
const items = job('items', { cron: '*/10 * * * *' });
const cases = job('cases', { cron: '*/5 * * * *', after: ['items'] });
const sweep = job('items-sweep', { dataset: 'items', mode: 'sweep', cron: '5 2 * * *' });
const minute = 60_000;

describe('jobs in line', () => {
  it('go after those they come after, however they are named', () => {
    expect(inOrder([cases, items, sweep]).map((one) => one.job)).to.deep.equal(['items', 'items-sweep', 'cases']);
    expect(inOrder([job('c', { after: ['b'] }), job('b', { after: ['a'] }), job('a')]).map((one) => one.job)).to.deep.equal(['a', 'b', 'c']);
  });
  it('that come after each other in a ring are each there once', () => {
    expect(inOrder([job('a', { after: ['b'] }), job('b', { after: ['a'] })]).map((one) => one.job).toSorted()).to.deep.equal(['a', 'b']);
  });
});

describe('the timetable', () => {
  let time: HandTime;
  let timetable: Timetable | null;
  let began: string[];
  let endRun: (() => void)[];

  beforeEach(() => {
    time = timeByHand();
    began = [];
    endRun = [];
    timetable = null;
  });
  afterEach(async () => {
    for (const end of endRun) end();
    await timetable?.stop();
    time.end();
  });

  /** Starts; each run goes on until it is ended by hand, or ends at once. */
  const start = (jobs: readonly Job[], atOnce = true): Timetable => {
    timetable = startTimetable(jobs, '+08:00', (one) => {
      began.push(one.job);
      return atOnce ? Promise.resolve() : new Promise((resolve) => {
        endRun.push(resolve);
      });
    });
    return timetable;
  };
  const endOne = async (): Promise<void> => {
    endRun.shift()?.();
    await turn();
  };

  it('runs every job for changes once at the start, in order, and no sweep', async () => {
    start([cases, items, sweep]);
    await turn();
    expect(began).to.deep.equal(['items', 'cases']);
  });
  it('runs a job at its minute, in the site\'s time', async () => {
    start([job('night', { mode: 'sweep', cron: '5 2 * * *' })]);
    expect(timetable?.nextRun('night')).to.equal(Date.UTC(2026, 10, 23, 18, 5));
    await time.pass(Date.UTC(2026, 10, 23, 18, 4) - monday);
    expect(began).to.deep.equal([]);
    await time.pass(2 * minute);
    expect(began).to.deep.equal(['night']);
    expect(timetable?.nextRun('night')).to.equal(Date.UTC(2026, 10, 24, 18, 5));
  });
  it('knows no next run of a job that only runs by hand, and of none it has never heard of', () => {
    start([job('by-hand')]);
    expect(timetable?.nextRun('by-hand')).to.equal(null);
    expect(timetable?.nextRun('nobody')).to.equal(null);
  });
  it('goes by another timetable once it is given one, and lets go a waiting job that is no longer there', async () => {
    start([items, cases], false);
    await turn();
    await timetable?.renew([job('items', { cron: '7 * * * *' })]);
    await endOne();
    await time.pass(6 * minute);
    expect(began).to.deep.equal(['items']);
    expect(timetable?.nextRun('items')).to.equal(monday + 7 * minute);
    expect(timetable?.nextRun('cases')).to.equal(null);
    await time.pass(2 * minute);
    expect(began).to.deep.equal(['items', 'items']);
  });
  it('runs one job at a time', async () => {
    start([items, cases], false);
    await turn();
    expect(began).to.deep.equal(['items']);
    await endOne();
    expect(began).to.deep.equal(['items', 'cases']);
  });
  it('puts no job in line twice: one that waits goes once, and one that ran too long once more, after those who wait', async () => {
    start([items, cases], false);
    await time.pass(31 * minute);
    expect(began).to.deep.equal(['items']);
    await endOne();
    expect(began).to.deep.equal(['items', 'cases']);
    await endOne();
    expect(began).to.deep.equal(['items', 'cases', 'items']);
    await endOne();
    expect(began).to.deep.equal(['items', 'cases', 'items']);
  });
  it('tells of every minute that struck while the job was still running', async () => {
    const told: string[] = [];
    timetable = startTimetable([items], '+08:00', () => new Promise((resolve) => {
      endRun.push(resolve);
    }), () => true, { overlapped: (one) => told.push(one.job) });
    await time.pass(31 * minute);
    expect(told).to.deep.equal(['items', 'items', 'items']);
  });
  it('runs a sweep at the start when its minute passed while nobody was there', async () => {
    timetable = startTimetable([items, sweep], '+08:00', async (one) => void began.push(one.job), () => true, { missed: new Set(['items-sweep']) });
    await turn();
    expect(began).to.deep.equal(['items', 'items-sweep']);
  });
  it('puts a job off by luck, when its file says so', async () => {
    const late = job('late', { mode: 'sweep', cron: '5 * * * *', jitterSeconds: 60 });
    timetable = startTimetable([late], '+08:00', async (one) => void began.push(one.job), () => true, {
      jitter: async () => {
        await time.clock.rest(30_000);
        return true;
      },
    });
    await time.pass(5 * minute + 20_000);
    expect(began).to.deep.equal([]);
    await time.pass(20_000);
    expect(began).to.deep.equal(['late']);
  });
  it('lets items go before cases when both fall due while something else runs', async () => {
    const long = job('long', { mode: 'sweep', cron: '1 * * * *' });
    start([cases, items, long], false);
    await endOne();
    await endOne();
    await time.pass(61 * minute - 1);
    while (began.at(-1) !== 'long') {
      await endOne();
      await time.pass(minute);
    }
    const before = began.length;
    await time.pass(12 * minute);
    await endOne();
    await endOne();
    expect(began.slice(before)).to.deep.equal(['items', 'cases']);
  });
  it('lets items go before cases when both fall due in the same minute', async () => {
    start([cases, items]);
    await turn();
    began.length = 0;
    await time.pass(10 * minute + 1);
    expect(began.at(0)).to.equal('cases');
    expect(began.slice(1)).to.deep.equal(['items', 'cases']);
  });
  it('begins nothing any more once it is stopped, and waits for the run that is under way', async () => {
    start([items, cases], false);
    await turn();
    let stopped = false;
    const stopping = timetable?.stop().then(() => {
      stopped = true;
    });
    await time.pass(60 * minute);
    expect({ stopped, began }).to.deep.equal({ stopped: false, began: ['items'] });
    await endOne();
    await stopping;
    expect(began).to.deep.equal(['items']);
  });
});
