import type { Character } from './character.ts';
import { History } from './history.ts';
import type { Incident } from './life.ts';
import { endQuietly } from './simulate.ts';
import { Stage } from './stage.ts';

/** Nothing goes wrong by itself. */
const calm: Character = {
  trust: 'sweep', overlapMinutes: 10, paceMs: 1_000, events: 0, sweepShare: 0, keys: 5, kinds: [], crashShare: 0, lateShare: 0, clockJumps: false, lateCommits: false,
  futures: false, nulls: false, untold: true, flaws: true, sameAgain: false, tightGuard: false, mend: false, standsStill: false,
};

/** The runs of the scenario, in their order; one of them is hit. */
const runs = [['items', 'changes'], ['cases', 'changes'], ['cases', 'changes'], ['cases', 'sweep'], ['items', 'sweep']] as const;

export type Fault = Extract<Incident['kind'], 'fail-before' | 'fail-after' | 'hang'>;

/** What came of letting each call of each run go wrong once. */
export interface Rounds {
  readonly played: number;
  readonly breaches: readonly string[];
}

/**
 * The same small history again and again: people work, five runs read, send and sweep. In each playing one call of one run
 * goes wrong, the first, then the second, until no call is left to go wrong; afterwards everything must come to its quiet end.
 */
export async function everyCall(fault: Fault, about: { readonly seed: number; readonly step: number }): Promise<Rounds> {
  const stage = new Stage();
  const breaches: string[] = [];
  let played = 0;
  try {
    for (let run = 0; run < runs.length; run += 1) {
      for (let call = 1; ; call += about.step) {
        const { reached, notes } = await playOnce(stage, about.seed, { run, call, fault });
        played += 1;
        if (notes.breaches.length > 0) breaches.push(`${fault} at call ${call} of run ${run}: ${notes.breaches[0] ?? ''}`);
        if (!reached) break;
      }
    }
    return { played, breaches };
  } finally {
    await stage.end();
  }
}

async function playOnce(stage: Stage, seed: number, hit: { readonly run: number; readonly call: number; readonly fault: Fault }): Promise<{ readonly reached: boolean; readonly notes: History['notes'] }> {
  const history = new History(stage, seed, false, calm);
  const { notes } = history;
  let reached = false;
  try {
    await history.begin();
    for (const [at, [dataset, mode]] of runs.entries()) {
      for (let day = 0; day < 3; day += 1) history.people.work();
      await stage.time.pass(60_000);
      if (at === hit.run) ({ reached } = await history.runWith(dataset, mode, { call: hit.call, incident: { kind: hit.fault } }));
      else await history.run(dataset, mode, {});
      history.check();
    }
    await endQuietly(history);
  } catch (cause) {
    if (notes.breaches.length === 0) notes.breach(cause instanceof Error ? `unforeseen: ${cause.stack ?? cause.message}` : 'unforeseen');
  }
  history.gateway.end();
  return { reached, notes };
}
