import type { Clock } from '../../../src/port/clock.ts';
import { Refusal } from '../refusal.ts';

/**
 * One at a time, and when more wait, with a rest of four times as long after each: however many knock, the work takes a
 * fifth of one core. Who comes when the line is full is sent away at once.
 */
export class Gate {
  readonly #clock: Clock;
  readonly #most: number;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock, most = 20) {
    this.#clock = clock;
    this.#most = most;
  }

  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= this.#most) throw new Refusal(429, 'TOO_MANY_LOGINS', {});
    this.#waiting += 1;
    const result = Promise.withResolvers<T>();
    this.#last = this.#last.then(() => this.#one(work, result));
    return result.promise;
  }

  async #one<T>(work: () => Promise<T>, result: PromiseWithResolvers<T>): Promise<void> {
    const began = this.#clock.steadyMs();
    try {
      result.resolve(await work());
    } catch (cause) {
      result.reject(cause);
    }
    this.#waiting -= 1;
    if (this.#waiting > 0) await this.#clock.rest((this.#clock.steadyMs() - began) * 4);
  }
}
