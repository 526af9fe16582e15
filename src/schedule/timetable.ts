import cron, { type ScheduledTask } from 'node-cron';
import type { Job } from '../record/job.ts';

/** Jobs on the clock. */
export interface Timetable {
  /** Milliseconds since 1970 of a job's next run; null when it only runs by hand. */
  nextRun(job: string): number | null;
  stop(): Promise<void>;
}

/**
 * Starts every job that has a timetable. One run at a time: jobs that fall due while another runs wait in line, in the
 * order of `after`; a job that still waits or runs is not put in line twice.
 */
export function startTimetable(jobs: readonly Job[], zone: string, run: (job: Job) => Promise<void>): Timetable {
  const line = new Line(run);
  const tasks = new Map<string, ScheduledTask>();
  for (const job of jobs) {
    if (job.cron === undefined) continue;
    tasks.set(job.job, cron.schedule(job.cron, () => line.join(job), { timezone: zone, name: job.job, noOverlap: true }));
  }
  for (const job of inOrder(jobs.filter((one) => one.mode === 'changes'))) line.join(job);
  return {
    nextRun: (name) => tasks.get(name)?.getNextRun()?.getTime() ?? null,
    stop: async () => {
      for (const task of tasks.values()) await task.destroy();
      await line.end();
    },
  };
}

/** Jobs with those they come after before them. */
export function inOrder(jobs: readonly Job[]): readonly Job[] {
  const ordered: Job[] = [];
  const place = (job: Job): void => {
    if (ordered.includes(job)) return;
    for (const dataset of job.after) for (const earlier of jobs.filter((one) => one.dataset === dataset)) place(earlier);
    ordered.push(job);
  };
  for (const job of jobs) place(job);
  return ordered;
}

class Line {
  readonly #run: (job: Job) => Promise<void>;
  readonly #waiting: Job[] = [];
  #current: Promise<void> | null = null;
  #ended = false;

  constructor(run: (job: Job) => Promise<void>) {
    this.#run = run;
  }

  join(job: Job): void {
    if (this.#ended || this.#waiting.some((one) => one.job === job.job)) return;
    this.#waiting.push(job);
    this.#current ??= this.#work().finally(() => {
      this.#current = null;
    });
  }

  async end(): Promise<void> {
    this.#ended = true;
    this.#waiting.length = 0;
    await this.#current;
  }

  async #work(): Promise<void> {
    for (let job = this.#waiting.shift(); job !== undefined; job = this.#waiting.shift()) await this.#run(job);
  }
}
