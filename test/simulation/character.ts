import type { Dice } from './dice.ts';
import { illnesses, type Illness } from './weather.ts';

/** What a seed's history is like: which faults it knows at all, so that no fault always hides another. */
export interface Character {
  /** `sweep`: whatever happens must be found in the end. `changes`: without any sweep; only what reading changes promises. */
  readonly trust: 'sweep' | 'changes';
  readonly overlapMinutes: number;
  /** Typical time between two events. */
  readonly paceMs: number;
  readonly events: number;
  /** How many of the runs are sweeps: they mend what reading changes has lost. */
  readonly sweepShare: number;
  /** How many keys there are in a dataset. */
  readonly keys: number;
  readonly kinds: readonly Exclude<Illness, 'well'>[];
  /** Share of runs in which the process crashes. */
  readonly crashShare: number;
  /** Whether a process may stand still while another takes its store over. */
  readonly standsStill: boolean;
  /** Share of store calls answered late. */
  readonly lateShare: number;
  readonly clockJumps: boolean;
  readonly lateCommits: boolean;
  readonly futures: boolean;
  readonly nulls: boolean;
  /** Changes that move no timestamp, rows deleted, identities held twice. */
  readonly untold: boolean;
  readonly flaws: boolean;
  readonly sameAgain: boolean;
  readonly tightGuard: boolean;
  /** Whether everything wrong with the county's rows is mended before the end. */
  readonly mend: boolean;
}

export function characterOf(dice: Dice): Character {
  const trust = dice.chance(0.6) ? 'sweep' : 'changes';
  const overlapMinutes = dice.pick([0, 10, 30]);
  const lateCommits = overlapMinutes > 0 && dice.chance(0.5);
  const clockJumps = dice.chance(0.25);
  return {
    trust, overlapMinutes,
    paceMs: lateCommits ? dice.pick([1_000, 60_000]) : dice.pick([1_000, 60_000, 3_600_000]),
    events: dice.between(6, 26),
    keys: dice.between(2, 9),
    kinds: dice.chance(0.2) ? [] : illnesses.filter(() => dice.chance(0.4)),
    crashShare: dice.pick([0, 0.2, 0.6]),
    lateShare: dice.pick([0, 0, 0.25, 0.5]),
    clockJumps,
    lateCommits,
    sweepShare: trust === 'sweep' ? 0.35 : dice.pick([0, 0, 0.2]),
    futures: dice.chance(0.2) && (trust === 'sweep' || !clockJumps),
    nulls: dice.chance(0.25),
    untold: trust === 'sweep' && dice.chance(0.6),
    flaws: dice.chance(0.5),
    sameAgain: dice.chance(0.4),
    tightGuard: dice.chance(0.15),
    mend: dice.chance(trust === 'sweep' ? 0.5 : 0.15),
    standsStill: dice.chance(0.3),
  };
}
