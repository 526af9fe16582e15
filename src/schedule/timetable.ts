import cron, { type ScheduledTask } from 'node-cron';
import type { Job } from '../record/job.ts';

/** Jobs on the clock. */
export interface Timetable {
  /** Milliseconds since 1970 of a job's next run; null when it only runs by hand. */
  nextRun(job: string): number | null;
  /** Another timetable from now on; a job that waits in line and is no longer there is let go, one that runs ends. */
  renew(jobs: readonly Job[]): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts every job that has a timetable. One run at a time: jobs that fall due while another runs wait in line, in the
 * order of `after`; a job that still waits or runs is not put in line twice.
 */
export function startTimetable(jobs: readonly Job[], zone: string, run: (job: Job) => Promise<void>): Timetable {
  const line = new Line(run);
  const put = (all: readonly Job[]): Map<string, ScheduledTask> => new Map(inOrder(all).flatMap((job) => (
    job.cron === undefined ? [] : [[job.job, cron.schedule(job.cron, () => line.join(job), { timezone: zone, name: job.job, noOverlap: true })]])));
  let tasks = put(jobs);
  for (const job of inOrder(jobs.filter((one) => one.mode === 'changes'))) line.join(job);
  return {
    nextRun: (name) => tasks.get(name)?.getNextRun()?.getTime() ?? null,
    renew: async (now) => {
      line.keep(now);
      for (const task of tasks.values()) await task.destroy();
      tasks = put(now);
    },
    stop: async () => {
      for (const task of tasks.values()) await task.destroy();
      await line.end();
    },
  };
}

/** Jobs with those they come after before them; among jobs that come after each other in a ring the first named stays first. */
export function inOrder(jobs: readonly Job[]): readonly Job[] {
  const ordered: Job[] = [];
  const met = new Set<Job>();
  const place = (job: Job): void => {
    if (met.has(job)) return;
    met.add(job);
    for (const dataset of job.after) for (const earlier of jobs.filter((one) => one.dataset === dataset)) place(earlier);
    ordered.push(job);
  };
  for (const job of jobs) place(job);
  return ordered;
}

class Line {
  readonly #run: (job: Job) => Promise<void>;
  #waiting: readonly Job[] = [];
  #running: Job | null = null;
  #current: Promise<void> | null = null;
  #ended = false;

  constructor(run: (job: Job) => Promise<void>) {
    this.#run = run;
  }

  join(job: Job): void {
    if (this.#ended || [this.#running, ...this.#waiting].some((one) => one?.job === job.job)) return;
    this.#waiting = inOrder([...this.#waiting, job]);
    this.#current ??= this.#work().finally(() => {
      this.#current = null;
    });
  }

  /** Jobs that wait stay in line as they are now written. */
  keep(jobs: readonly Job[]): void {
    this.#waiting = inOrder(this.#waiting.flatMap((one) => jobs.find(({ job }) => job === one.job) ?? []));
  }

  async end(): Promise<void> {
    this.#ended = true;
    this.#waiting = [];
    await this.#current;
  }

  async #work(): Promise<void> {
    for (;;) {
      const [job, ...rest] = this.#waiting;
      if (job === undefined) return;
      this.#waiting = rest;
      this.#running = job;
      await this.#run(job).finally(() => {
        this.#running = null;
      });
    }
  }
}
