import type { Clock } from '../../src/port/clock.ts';
import { monday } from './virtual-time.ts';

/** A clock that only moves when somebody rests, and then at once; `rested` tells how long each rest was. */
export interface StillClock extends Clock {
  readonly rested: readonly number[];
}

export function stillClock(start = monday): StillClock {
  const rested: number[] = [];
  let now = start;
  return {
    rested,
    wallMs: () => now,
    steadyMs: () => now - start,
    rest: async (ms, signal) => {
      if (signal?.aborted === true) return;
      rested.push(ms);
      now += Math.max(ms, 0);
    },
  };
}
