import type { DatabaseSync } from 'node:sqlite';
import type { Pause, PauseStore } from '../../src/port/pause.ts';

/** Jobs that no clock starts until somebody resumes them. */
export function pauseStore(database: DatabaseSync): PauseStore {
  return {
    pauses: async () => database.prepare('select job, at, by, reason from pause').all() as unknown as readonly Pause[],
    pause: async ({ job, at, by, reason }) => void database.prepare('insert or replace into pause (job, at, by, reason) values (?, ?, ?, ?)').run(job, at, by, reason),
    resume: async (job) => void database.prepare('delete from pause where job = ?').run(job),
  };
}
