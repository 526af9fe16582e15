import type { Clock } from '../port/clock.ts';
import type { Pause, PauseStore } from '../port/pause.ts';
import { Failure } from '../record/failure.ts';
import type { Job } from '../record/job.ts';
import type { RunResult } from './run-job.ts';
import type { Timetable } from './timetable.ts';

/** What a run does just now. */
export interface Progress {
  readonly job: string;
  readonly startedAt: number;
  readonly read: number;
  readonly sent: number;
  /** Records sent in a second since it began; null before any has been. */
  readonly perSecond: number | null;
}

interface RunOptions { readonly signal: AbortSignal; readonly progress: (moved: { readonly read?: number; readonly sent?: number }) => void; readonly confirm?: string }

/** What people on duty can do with jobs besides letting the clock run them. */
export class Duty {
  readonly #clock: Clock;
  readonly #store: PauseStore;
  readonly #confirmed = new Map<string, string>();
  readonly #paused = new Map<string, Pause>();
  #running: { readonly job: string; readonly startedAt: number; readonly stop: AbortController; read: number; sent: number } | null = null;

  private constructor(clock: Clock, store: PauseStore) {
    this.#clock = clock;
    this.#store = store;
  }

  static async begin(clock: Clock, store: PauseStore): Promise<Duty> {
    const duty = new Duty(clock, store);
    for (const pause of await store.pauses()) duty.#paused.set(pause.job, pause);
    return duty;
  }

  /** One run, watched: it can be seen and ended. What somebody confirmed for it is used once. */
  async run(job: Job, signal: AbortSignal, work: (options: RunOptions) => Promise<RunResult>): Promise<RunResult> {
    const running = { job: job.job, startedAt: this.#clock.wallMs(), stop: new AbortController(), read: 0, sent: 0 };
    const confirm = this.#confirmed.get(job.job);
    this.#confirmed.delete(job.job);
    this.#running = running;
    try {
      return await work({
        signal: AbortSignal.any([signal, running.stop.signal]),
        progress: ({ read = 0, sent = 0 }) => {
          running.read += read;
          running.sent += sent;
        },
        ...(confirm === undefined ? {} : { confirm }),
      });
    } finally {
      this.#running = null;
    }
  }

  /** Puts the job in line; with a plan that somebody has confirmed, also beyond the guard. */
  start(job: Job, timetable: Timetable, confirm?: string): void {
    if (timetable.standing(job.job) !== null) throw new Failure('JOB_IN_LINE', { job: job.job });
    if (confirm !== undefined) this.#confirmed.set(job.job, confirm);
    timetable.join(job);
  }

  stop(job: string): void {
    if (this.#running?.job !== job) throw new Failure('JOB_NOT_RUNNING', { job });
    this.#running.stop.abort();
  }

  async pause(pause: Pause): Promise<void> {
    if (this.#paused.has(pause.job)) throw new Failure('JOB_PAUSED', { job: pause.job });
    await this.#store.pause(pause);
    this.#paused.set(pause.job, pause);
  }

  async resume(job: string): Promise<void> {
    if (!this.#paused.has(job)) throw new Failure('JOB_NOT_PAUSED', { job });
    await this.#store.resume(job);
    this.#paused.delete(job);
  }

  paused(job: string): Pause | null {
    return this.#paused.get(job) ?? null;
  }

  progress(): Progress | null {
    if (this.#running === null) return null;
    const { job, startedAt, read, sent } = this.#running;
    const seconds = (this.#clock.wallMs() - startedAt) / 1000;
    return { job, startedAt, read, sent, perSecond: sent === 0 || seconds <= 0 ? null : Math.round((sent / seconds) * 10) / 10 };
  }
}
