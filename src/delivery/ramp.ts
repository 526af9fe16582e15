import type { Clock } from '../port/clock.ts';

/** How much of its usual share of time the region is asked for, so long after it has come back. */
const steps: readonly { readonly untilMs: number; readonly share: number }[] = [
  { untilMs: 60_000, share: 0.1 },
  { untilMs: 120_000, share: 0.25 },
];

/** Answers faster than this are not told apart. */
const leastMs = 10;
/** After the one request that showed it is back. */
const firstMs = 1_000;

/**
 * Holds requests back while a region is getting on its feet: one at a time, and between two of them a rest so long that
 * only the step's share of what all connections could do is asked for. No rate needs to be known for that.
 */
export class Ramp {
  readonly #clock: Clock;
  readonly #connections: number;
  #beganMs = Number.NEGATIVE_INFINITY;
  #line: Promise<void> = Promise.resolve();
  #nextMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, connections: number) {
    this.#clock = clock;
    this.#connections = connections;
  }

  /** The region has just come back. */
  begin(): void {
    this.#beganMs = this.#clock.steadyMs();
    this.#nextMs = this.#beganMs + firstMs;
  }

  /** Does it when its turn has come; null when the signal came first. */
  async walk<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | null> {
    if (this.#share() === 1) return work();
    const before = this.#line;
    let done = (): void => undefined;
    this.#line = new Promise((resolve) => {
      done = resolve;
    });
    try {
      await before;
      await this.#clock.rest(Math.min(this.#nextMs - this.#clock.steadyMs(), this.#leftMs()), signal);
      if (signal.aborted) return null;
      const share = this.#share();
      const beganMs = this.#clock.steadyMs();
      const result = await work();
      const tookMs = Math.max(leastMs, this.#clock.steadyMs() - beganMs);
      this.#nextMs = this.#clock.steadyMs() + tookMs * Math.max(0, 1 / (share * this.#connections) - 1);
      return result;
    } finally {
      done();
    }
  }

  #share(): number {
    return this.#step()?.share ?? 1;
  }

  /** Of the present step. */
  #leftMs(): number {
    return (this.#step()?.untilMs ?? 0) - (this.#clock.steadyMs() - this.#beganMs);
  }

  #step(): (typeof steps)[number] | undefined {
    const sinceMs = this.#clock.steadyMs() - this.#beganMs;
    return steps.find((step) => sinceMs < step.untilMs);
  }
}
