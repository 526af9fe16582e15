import type { Clock, Luck } from '../port/clock.ts';
import type { MissedReason } from '../port/missed.ts';
import type { Store } from '../port/store.ts';
import type { Failure } from '../record/failure.ts';
import type { Job } from '../record/job.ts';
import { missedWhileDown } from './missed-runs.ts';
import type { Punctuality, Timetable } from './timetable.ts';

/** What keeping jobs to their minutes needs. */
export interface PunctualSetting {
  readonly jobs: readonly Job[];
  readonly store: Pick<Store, 'noteMissed' | 'missed' | 'caughtUp' | 'lastRuns'>;
  readonly clock: Clock;
  readonly luck: Luck;
  readonly zoneMinutes: number;
  readonly signal: AbortSignal;
}

/** Writes down which minutes of jobs passed without a run and why, and sees to it that each is caught up once. */
export class Punctual {
  readonly #setting: PunctualSetting;
  readonly #later = new Set<string>();
  readonly #missed: ReadonlySet<string>;

  private constructor(setting: PunctualSetting, missed: ReadonlySet<string>) {
    this.#setting = setting;
    this.#missed = missed;
  }

  static async begin(setting: PunctualSetting): Promise<Punctual> {
    return new Punctual(setting, await missedWhileDown(setting.jobs, { ...setting, wallMs: setting.clock.wallMs() }));
  }

  /** What the timetable asks. */
  get manners(): Punctuality {
    const { clock, luck, signal } = this.#setting;
    return {
      missed: this.#missed,
      overlapped: (job) => void this.#note(job, 'overlapping'),
      jitter: async (job) => {
        await clock.rest(luck() * (job.jitterSeconds ?? 0) * 1_000, signal);
        return !signal.aborted;
      },
    };
  }

  /** A job came outside its window: it is put in line when that opens. */
  async outside(job: Job, failure: Failure, timetable: Timetable): Promise<void> {
    const { clock, signal } = this.#setting;
    await this.#note(job, 'outside');
    if (this.#later.has(job.job)) return;
    this.#later.add(job.job);
    void clock.rest(Number(failure.facts['minutes']) * 60_000, signal).then(() => {
      this.#later.delete(job.job);
      if (!signal.aborted) timetable.join(job);
    });
  }

  async #note({ job }: Job, reason: MissedReason): Promise<void> {
    const at = this.#setting.clock.wallMs();
    await this.#setting.store.noteMissed({ job, reason, firstDue: at, lastDue: at, times: 1 });
  }
}
