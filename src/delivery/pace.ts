import type { Clock } from '../port/clock.ts';

/** Lets at most so many requests a second through, evenly: each takes the next free moment, in the order of asking. */
export class Pace {
  readonly #clock: Clock;
  readonly #gapMs: number;
  #nextMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#gapMs = 1_000 / perSecond;
  }

  /** Resolves when it is the caller's turn; false when the signal came first. */
  async turn(signal: AbortSignal): Promise<boolean> {
    const now = this.#clock.steadyMs();
    const at = Math.max(now, this.#nextMs);
    this.#nextMs = at + this.#gapMs;
    if (at > now) await this.#clock.rest(at - now, signal);
    return !signal.aborted;
  }
}
