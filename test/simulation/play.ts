import { simulate, type Outcome } from './simulate.ts';
import { Stage } from './stage.ts';
import { mutantNamed } from './mutants/all.ts';

/** Which seeds are played, with which planted bug. */
export interface Task {
  readonly from: number;
  readonly seeds: number;
  readonly step: number;
  readonly mutant?: string;
  /** Ends at the first breach. */
  readonly untilFound: boolean;
}

/** What came of many seeds. */
export interface Tally {
  readonly played: number;
  readonly failed: readonly Pick<Outcome, 'seed' | 'breaches'>[];
  /** In how many seeds each state was reached. */
  readonly met: ReadonlyMap<string, number>;
  /** Over the hashes of all seeds: the same for the same seeds. */
  readonly hash: string;
}

/** More are not worth looking at. */
const mostFailed = 20;

/** Plays seed after seed on one stage. */
export async function play({ from, seeds, step, mutant, untilFound }: Task): Promise<Tally> {
  const stage = new Stage(mutantNamed(mutant));
  const failed: Pick<Outcome, 'seed' | 'breaches'>[] = [];
  const met = new Map<string, number>();
  let played = 0;
  let hash = '';
  try {
    for (let seed = from; seed < from + seeds; seed += step) {
      const outcome = await simulate(stage, seed);
      played += 1;
      hash = mixed(hash, outcome.hash);
      for (const state of outcome.met.keys()) met.set(state, (met.get(state) ?? 0) + 1);
      if (outcome.breaches.length > 0) failed.push({ seed, breaches: outcome.breaches });
      if (failed.length >= (untilFound ? 1 : mostFailed)) break;
    }
  } finally {
    await stage.end();
  }
  return { played, failed, met, hash };
}

function mixed(one: string, other: string): string {
  let mix = 0;
  for (const sign of one + other) mix = Math.imul(mix ^ sign.charCodeAt(0), 0x5bd1e995) >>> 0;
  return mix.toString(16).padStart(8, '0');
}
