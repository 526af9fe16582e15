import type { Clock } from '../port/clock.ts';

/** Runs out when nothing has moved for a while. */
export class Patience {
  readonly #clock: Clock;
  readonly #patienceMs: number;
  readonly #spent = new AbortController();
  readonly #over = new AbortController();
  #lastMs: number;

  constructor(clock: Clock, patienceMs: number) {
    this.#clock = clock;
    this.#patienceMs = patienceMs;
    this.#lastMs = clock.steadyMs();
  }

  /** Aborted when patience has run out. */
  get signal(): AbortSignal {
    return this.#spent.signal;
  }

  progress(): void {
    this.#lastMs = this.#clock.steadyMs();
  }

  end(): void {
    this.#over.abort();
  }

  async watch(): Promise<void> {
    while (!this.#over.signal.aborted) {
      const left = this.#lastMs + this.#patienceMs - this.#clock.steadyMs();
      if (left <= 0) {
        this.#spent.abort();
        return;
      }
      await this.#clock.rest(left, this.#over.signal);
    }
  }
}
