import type { RunStore } from '../../src/port/store.ts';
import type { Run } from '../../src/record/run.ts';
import type { Desk } from './desk.ts';

interface RunRow {
  id: number; job: string; dataset: string; mode: Run['mode']; state: Run['state']; started_at: number; ended_at: number | null;
  failure: string | null; read: number; delivered: number; quarantined: number; same: number; pending: number;
}

const columns = 'id, job, dataset, mode, state, started_at, ended_at, failure, read, delivered, quarantined, same, pending';

/** Runs and their counts, which add up in every transaction. */
export function runStore(desk: Desk): RunStore {
  return {
    beginRun: async ({ job, dataset, mode, at, made }) => Number(desk.statement(
      `insert into run (job, dataset, mode, state, started_at, made) values (?, ?, ?, 'running', ?, ?)`)
      .run(job, dataset, mode, at, made).lastInsertRowid),
    endRun: async (id, { at, state, failure }) => {
      desk.run('update run set state = ?, ended_at = ?, failure = ? where id = ?', state, at, failure, id);
      const row = desk.get<RunRow>(`select ${columns} from run where id = ?`, id);
      if (row === undefined) throw new Error(`run ${id} is not known`);
      return toRun(row).counts;
    },
    closeAbandonedRuns: async (at) => {
      desk.run(`update run set state = 'failed', failure = 'PROCESS_ENDED', ended_at = ? where state = 'running'`, at);
    },
    lastRuns: async (limit) => desk.all<RunRow>(
      `select ${columns} from run where id in (select max(id) from run group by job) or id > (select max(id) from run) - ?
       order by id desc limit ?`, limit, limit).map(toRun),
  };
}

function toRun(row: RunRow): Run {
  const { id, job, dataset, mode, state, failure, read, delivered, quarantined, same, pending } = row;
  return {
    id, job, dataset, mode, state, failure, startedAt: row.started_at, endedAt: row.ended_at,
    counts: { read, delivered, quarantined, same, pending },
  };
}
