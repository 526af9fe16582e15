import type { Missed, MissedStore } from '../../src/port/missed.ts';
import type { Desk } from './desk.ts';

/** Minutes of jobs that passed without a run, and which run caught up. */
export function missedStore(desk: Desk): MissedStore {
  return {
    noteMissed: async (one) => desk.transaction(() => noteMissed(desk, one)),
    caughtUp: async (job, run) => void desk.run('update missed set run = ? where job = ? and run is null', run, job),
    missed: async (limit) => desk.all<Missed>(
      'select job, reason, first_due as firstDue, last_due as lastDue, times, run from missed order by id desc limit ?', limit),
  };
}

function noteMissed(desk: Desk, { job, reason, firstDue, lastDue, times }: Omit<Missed, 'run'>): void {
  const more = desk.run('update missed set last_due = ?, times = times + ? where job = ? and reason = ? and run is null', lastDue, times, job, reason);
  if (more === 0) desk.run('insert into missed (job, reason, first_due, last_due, times) values (?, ?, ?, ?, ?)', job, reason, firstDue, lastDue, times);
}
