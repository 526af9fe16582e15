import { expect } from 'chai';
import type { Pause, PauseStore } from '../../src/port/pause.ts';
import { noCounts } from '../../src/record/run.ts';
import { usualGuard, type Job } from '../../src/record/job.ts';
import { Duty } from '../../src/schedule/duty.ts';
import { TimetableByHand } from '../console/hall.ts';
import { stillClock } from '../fakes/still-clock.ts';

const job: Job = { job: 'licences', title: 'licences', dataset: 'licences', mode: 'changes', page: 100, overlapMinutes: 0, after: [], guard: usualGuard };
const kept = (pauses: Pause[]): PauseStore => ({
  pauses: async () => pauses,
  pause: async (one) => void pauses.push(one),
  resume: async (name) => void pauses.splice(pauses.findIndex((one) => one.job === name), 1),
});
const result = { run: 1, state: 'done', counts: noCounts, failure: null } as const;

describe('people on duty', () => {
  it('pause a job for longer than the process lives, and resume it', async () => {
    const pauses: Pause[] = [];
    const duty = await Duty.begin(stillClock(), kept(pauses));
    await duty.pause({ job: 'licences', at: 1, by: 'somebody', reason: 'maintenance' });
    const later = await Duty.begin(stillClock(), kept(pauses));
    expect(later.paused('licences')).to.deep.include({ by: 'somebody', reason: 'maintenance' });
    await later.resume('licences');
    expect((await Duty.begin(stillClock(), kept(pauses))).paused('licences')).to.equal(null);
    expect(await later.resume('licences').catch((cause: unknown) => cause)).to.include({ code: 'JOB_NOT_PAUSED' });
  });
  it('confirm a plan for one run, and not for the next', async () => {
    const duty = await Duty.begin(stillClock(), kept([]));
    const confirmed: (string | undefined)[] = [];
    const run = (): Promise<unknown> => duty.run(job, new AbortController().signal, async ({ confirm }) => {
      confirmed.push(confirm);
      return result;
    });
    duty.start(job, new TimetableByHand(), 'abc');
    await run();
    await run();
    expect(confirmed).to.deep.equal(['abc', undefined]);
  });
  it('see how a run comes along, and end it', async () => {
    const clock = stillClock();
    const duty = await Duty.begin(clock, kept([]));
    await duty.run(job, new AbortController().signal, async ({ signal, progress }) => {
      progress({ read: 100 });
      progress({ sent: 40 });
      await clock.rest(2_000);
      expect(duty.progress()).to.deep.include({ job: 'licences', read: 100, sent: 40, perSecond: 20 });
      duty.stop('licences');
      expect(signal.aborted).to.equal(true);
      return result;
    });
    expect(duty.progress()).to.equal(null);
    expect(() => duty.stop('licences')).to.throw('JOB_NOT_RUNNING');
  });
});
