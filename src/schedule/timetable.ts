import cron, { type ScheduledTask } from 'node-cron';
import { isReport, type Job } from '../record/job.ts';

/** Jobs on the clock. */
export interface Timetable {
  /** Milliseconds since 1970 of a job's next run; null when it only runs by hand. */
  nextRun(job: string): number | null;
  /** Puts a job in line now, whatever its timetable says. */
  join(job: Job): void;
  /** Whether a job runs, waits in line, or neither. */
  standing(job: string): 'running' | 'waiting' | null;
  /** Does something while no job runs; jobs that fall due meanwhile wait in line. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Another timetable from now on; a job that waits in line and is no longer there is let go, one that runs ends. */
  renew(jobs: readonly Job[]): Promise<void>;
  stop(): Promise<void>;
}

/** How closely the timetable keeps to its minutes. */
export interface Punctuality {
  /** Jobs that missed their minute while nobody was there: they run once at the start. */
  readonly missed?: ReadonlySet<string>;
  /** A job's minute has struck while it runs. */
  readonly overlapped?: (job: Job) => void;
  /** Waits as long as luck wants; false when it must not begin any more. */
  readonly jitter?: (job: Job) => Promise<boolean>;
}

/**
 * Starts every job that has a timetable. One run at a time: jobs that fall due while another runs wait in line, in the
 * order of `after`; a job that still waits is not put in line twice, and one that still runs runs once more when it has ended,
 * however often its minute has struck meanwhile. `due` is asked when a job's minute strikes: a
 * job that is paused lets it pass.
 */
export function startTimetable(jobs: readonly Job[], zone: string, run: (job: Job) => Promise<void>, due: (job: Job) => boolean = () => true, more: Punctuality = {}): Timetable {
  const line = new Line(run);
  const strike = (job: Job): void => {
    if (!due(job)) return;
    if (line.standing(job.job) === 'running') more.overlapped?.(job);
    line.join(job);
  };
  const delayed = (job: Job): void => {
    if (more.jitter === undefined || (job.jitterSeconds ?? 0) === 0) strike(job);
    else void more.jitter(job).then((goOn) => (goOn ? strike(job) : undefined));
  };
  const put = (all: readonly Job[]): Map<string, ScheduledTask> => new Map(inOrder(all).flatMap((job) => (
    job.cron === undefined ? [] : [[job.job, cron.schedule(job.cron, () => delayed(job), { timezone: zone, name: job.job, noOverlap: true })]])));
  let tasks = put(jobs);
  const atOnce = (one: Job): boolean => (isReport(one) ? one.mode === 'changes' : one.kind !== 'compare') || more.missed?.has(one.job) === true;
  for (const job of inOrder(jobs.filter((one) => atOnce(one) && due(one)))) line.join(job);
  return {
    nextRun: (name) => tasks.get(name)?.getNextRun()?.getTime() ?? null,
    join: (job) => line.join(job),
    standing: (name) => line.standing(name),
    alone: (work) => line.alone(work),
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
  /** Struck while they ran: they go once more when nobody waits, so that a long job keeps no other from its turn. */
  readonly #again = new Map<string, Job>();
  #tasks: (() => Promise<void>)[] = [];

  constructor(run: (job: Job) => Promise<void>) {
    this.#run = run;
  }

  join(job: Job): void {
    if (this.#ended || this.#waiting.some((one) => one.job === job.job)) return;
    if (this.#running?.job === job.job) {
      this.#again.set(job.job, job);
      return;
    }
    this.#waiting = inOrder([...this.#waiting, job]);
    this.#begin();
  }

  standing(job: string): 'running' | 'waiting' | null {
    if (this.#running?.job === job) return 'running';
    return this.#waiting.some((one) => one.job === job) ? 'waiting' : null;
  }

  alone<T>(work: () => Promise<T>): Promise<T> {
    const result = Promise.withResolvers<T>();
    this.#tasks.push(() => work().then(result.resolve, result.reject));
    this.#begin();
    return result.promise;
  }

  #begin(): void {
    this.#current ??= this.#work();
  }

  /** Jobs that wait stay in line as they are now written. */
  keep(jobs: readonly Job[]): void {
    const asNow = (all: readonly Job[]): readonly Job[] => inOrder(all.flatMap((one) => jobs.find(({ job }) => job === one.job) ?? []));
    this.#waiting = asNow(this.#waiting);
    const again = asNow([...this.#again.values()]);
    this.#again.clear();
    for (const job of again) this.#again.set(job.job, job);
  }

  async end(): Promise<void> {
    this.#ended = true;
    this.#waiting = [];
    this.#again.clear();
    await this.#current;
  }

  /** The end is marked in the same breath as the look at the line, so that whoever comes next begins anew. */
  async #work(): Promise<void> {
    try {
      for (;;) {
        for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) await task();
        if (this.#waiting.length === 0) {
          this.#waiting = inOrder([...this.#again.values()]);
          this.#again.clear();
        }
        const [job, ...rest] = this.#waiting;
        if (job === undefined) break;
        this.#waiting = rest;
        this.#running = job;
        await this.#run(job).finally(() => {
          this.#running = null;
        });
      }
    } finally {
      this.#current = null;
    }
  }
}
