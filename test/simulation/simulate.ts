import { judgeComparing } from './comparing.ts';
import { datasets, History } from './history.ts';
import type { Stage } from './stage.ts';
import { judgeEnd } from './verdict.ts';

/** How one seed ended. */
export interface Outcome {
  readonly seed: number;
  /** The same for the same seed, always. */
  readonly hash: string;
  readonly breaches: readonly string[];
  readonly met: ReadonlyMap<string, number>;
  /** Line by line, when it was asked for. */
  readonly story: readonly string[];
}

/** Within so many rounds of well-behaved runs everything must have come to its end. */
const mostRounds = 8;

/** Plays one seed to its quiet end and judges it. */
export async function simulate(stage: Stage, seed: number, telling = false): Promise<Outcome> {
  const history = new History(stage, seed, telling);
  const { notes } = history;
  try {
    await history.begin();
    await history.events();
    await endQuietly(history);
  } catch (cause) {
    if (notes.breaches.length === 0) notes.breach(cause instanceof Error ? `unforeseen: ${cause.stack ?? cause.message}` : 'unforeseen');
  }
  history.gateway.end();
  notes.tell(stage.memory.dump());
  notes.tell(JSON.stringify([...history.rows.rows]));
  return { seed, hash: notes.hash, breaches: notes.breaches, met: notes.met, story: notes.story };
}

/** Lets everybody be well until everything has come to rest, and judges what is there then. */
export async function endQuietly(history: History): Promise<void> {
  const { character, stage, witness } = history;
  history.quieten();
  if (character.mend) history.people.mend();
  await stage.time.pass(60_000);
  for (let round = 0; ; round += 1) {
    if (round === mostRounds) return history.notes.breach(`not at rest after ${mostRounds} quiet rounds`);
    witness.keeps = 0;
    let resting = true;
    for (const dataset of datasets) {
      for (const mode of character.trust === 'sweep' ? (['changes', 'sweep'] as const) : (['changes'] as const)) {
        resting = await quietRun(history, dataset, mode) && resting;
      }
    }
    if (resting && witness.keeps === 0) break;
  }
  const { notes, oracle, rows } = history;
  judgeEnd({ county: stage.county, oracle, region: rows, database: stage.memory.desk.database, notes });
  await judgeComparing({ desk: stage.memory.desk, rows: rows.rows, notes, dice: history.dice.fork() });
}

/** True when it ended as it should; a person confirms what the guard holds. */
async function quietRun(history: History, dataset: (typeof datasets)[number], mode: 'changes' | 'sweep'): Promise<boolean> {
  let ran = await history.run(dataset, mode, {});
  if (ran.how === 'ended' && (ran.failure === 'GUARD_HELD' || ran.failure === 'SOURCE_BEHIND')) ran = await history.confirm(dataset, mode);
  history.check();
  await history.stage.time.pass(15_000);
  return ran.how === 'ended' && ran.failure === null;
}
