import { install, type Clock as FakeTimers } from '@sinonjs/fake-timers';

/** 2026-11-23 08:00:00 +08:00. */
export const dawn = Date.UTC(2026, 10, 23, 0);

const nextTurn = setImmediate;
const turn = (): Promise<void> => new Promise((resolve) => {
  nextTurn(resolve);
});

/** Longer than any run may take in which nothing is wrong. */
const longestMs = 12 * 3_600_000;

/** One time for everybody of a history, libraries too: it moves when all wait, or when it is told to. */
export class VirtualTime {
  readonly #timers: FakeTimers;

  constructor() {
    this.#timers = install({ now: dawn, toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  }

  get now(): number {
    return this.#timers.now;
  }

  begin(): void {
    this.#timers.reset();
  }

  /** Calls after so many milliseconds; gives what calls it off. */
  after(ms: number, work: () => void): () => void {
    const timer = this.#timers.setTimeout(work, Math.max(0, ms));
    return () => this.#timers.clearTimeout(timer);
  }

  /** Between runs: whoever waits is called once at most, however long it is. */
  async pass(ms: number): Promise<void> {
    await turn();
    this.#timers.jump(ms);
    await turn();
  }

  /** Lets time run until the work is done; throws when it never will be. */
  async drive<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const began = this.now;
    const ended = work.finally(() => {
      done = true;
    });
    ended.catch(() => undefined);
    for (await turn(); !done; await turn()) {
      if (this.#timers.countTimers() === 0 || this.now - began > longestMs) throw new Error('everything waits and nobody will wake it');
      this.#timers.next();
    }
    return ended;
  }

  end(): void {
    this.#timers.uninstall();
  }
}
