import { install, type Clock as FakeTimers } from '@sinonjs/fake-timers';
import type { Clock } from '../../src/port/clock.ts';

/** 2026-11-23 15:00:00 +08:00, a Monday. */
export const monday = Date.UTC(2026, 10, 23, 7);

const nextTurn = setImmediate;

/** A library's own tick would let time run for ever while the work has got stuck. */
const longestMs = 48 * 3_600_000;

/**
 * Lets time run by itself: whenever everything waits, it jumps to the next moment somebody waits for. Timers of libraries
 * (opossum, node-cron) are on the same time. Ends when the work ends; a work that waits for nothing at all is an error. `waiting`
 * tells how many timers are pending.
 */
export async function inVirtualTime<T>(work: (clock: Clock, waiting: () => number) => Promise<T>, mostMs = longestMs): Promise<T> {
  const timers = fakeTimers();
  let done = false;
  try {
    const result = work(clockOn(timers), () => timers.countTimers()).finally(() => {
      done = true;
    });
    result.catch(() => undefined);
    for (await turn(); !done; await turn()) {
      if (timers.countTimers() === 0 || timers.now - monday > mostMs) throw new Error('everything waits and nobody will wake it');
      timers.next();
    }
    return await result;
  } finally {
    timers.uninstall();
  }
}

/** A time that stands still until it is moved by hand; callers must end it. */
export interface HandTime {
  readonly clock: Clock;
  /** Moves on so many milliseconds and lets everybody react who waited for a moment in between. */
  pass(ms: number): Promise<void>;
  end(): void;
}

export function timeByHand(): HandTime {
  const timers = fakeTimers();
  return {
    clock: clockOn(timers),
    pass: async (ms) => {
      await turn();
      await timers.tickAsync(ms);
      await turn();
    },
    end: () => timers.uninstall(),
  };
}

/** Lets everything that needs no time happen. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    nextTurn(resolve);
  });
}

function fakeTimers(): FakeTimers {
  return install({ now: monday, toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
}

function clockOn(timers: FakeTimers): Clock {
  return {
    wallMs: () => timers.now,
    steadyMs: () => timers.now - monday,
    rest: (ms, signal) => new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const timer = timers.setTimeout(finish, Math.max(ms, 0));
      signal?.addEventListener('abort', finish, { once: true });
      function finish(): void {
        timers.clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      }
    }),
  };
}
