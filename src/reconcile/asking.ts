import type { Clock } from '../port/clock.ts';
import type { Counterpart, Told } from '../port/compare.ts';
import { Failure } from '../record/failure.ts';

const mostTries = 6;
const firstRestMs = 500;
const longestRestMs = 30_000;

/** Asks the region until it answers, with rests between; questions change nothing, so they may be asked again. */
export class Asking {
  requests = 0;
  readonly #counterpart: Counterpart | null;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;

  constructor(counterpart: Counterpart | null, clock: Clock, signal: AbortSignal) {
    this.#counterpart = counterpart;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Throws a Failure when our key or profile is wrong, or no answer can be had. */
  async ask<T>(about: { readonly table: string }, question: (counterpart: Counterpart) => Promise<Told<T>>): Promise<T> {
    if (this.#counterpart === null) throw new Failure('COMPARE_NOT_OFFERED');
    for (let tries = 1; ; tries += 1) {
      if (this.#signal.aborted) throw new Failure('COMPARE_STOPPED', about);
      this.requests += 1;
      const told = await question(this.#counterpart);
      if (told.verdict === 'told') return told.value;
      if (told.verdict === 'denied') throw new Failure('REGION_DENIED', { reason: told.reason });
      if (tries === mostTries) throw new Failure('COMPARE_NO_ANSWER', { ...about, reason: told.reason });
      const ours = Math.min(longestRestMs, firstRestMs * 2 ** (tries - 1));
      await this.#clock.rest(told.verdict === 'later' ? Math.max(told.restMs, ours) : ours, this.#signal);
    }
  }
}
