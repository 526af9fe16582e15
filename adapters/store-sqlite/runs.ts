import type { RunStore } from '../../src/port/store.ts';
import { present } from '../../src/record/invariant.ts';
import type { Run } from '../../src/record/run.ts';
import type { Desk } from './desk.ts';

export interface RunRow {
  id: number; job: string; dataset: string; mode: Run['mode']; state: Run['state']; started_at: number; ended_at: number | null;
  failure: string | null; read: number; delivered: number; quarantined: number; same: number; pending: number;
}

export const runColumns = 'id, job, dataset, mode, state, started_at, ended_at, failure, read, delivered, quarantined, same, pending';

/** Runs and their counts, which add up in every transaction. */
export function runStore(desk: Desk): RunStore {
  return {
    beginRun: async ({ job, dataset, mode, at, made }) => desk.transaction(() => {
      // A job runs once at a time: whatever of it is still open was left so by a run that could not even end itself.
      desk.run(`update run set state = 'failed', failure = 'UNFORESEEN', ended_at = ? where state = 'running' and job = ?`, at, job);
      return Number(desk.statement(`insert into run (job, dataset, mode, state, started_at, made) values (?, ?, ?, 'running', ?, ?)`)
        .run(job, dataset, mode, at, made).lastInsertRowid);
    }),
    endRun: async (id, { at, state, failure }) => {
      desk.run('update run set state = ?, ended_at = ?, failure = ? where id = ?', state, at, failure, id);
      const row = desk.get<RunRow>(`select ${runColumns} from run where id = ?`, id);
      return toRun(present(row, 'a run that ends had begun')).counts;
    },
    closeAbandonedRuns: async (at) => {
      desk.run(`update run set state = 'failed', failure = 'PROCESS_ENDED', ended_at = ? where state = 'running'`, at);
    },
    lastRuns: async (limit) => desk.all<RunRow>(
      `select ${runColumns} from run where id in (select (select max(id) from run where job = j.job) from (
         with recursive named (job) as (select min(job) from run union all select (select min(job) from run where job > named.job) from named where named.job is not null)
         select job from named where job is not null) j) or id > (select max(id) from run) - ?
       order by id desc limit ?`, limit, limit).map(toRun),
  };
}

export function toRun(row: RunRow): Run {
  const { id, job, dataset, mode, state, failure, read, delivered, quarantined, same, pending } = row;
  return {
    id, job, dataset, mode, state, failure, startedAt: row.started_at, endedAt: row.ended_at,
    counts: { read, delivered, quarantined, same, pending },
  };
}
