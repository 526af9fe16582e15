import { keepingOf } from '../intake/take-in.ts';
import type { Clock } from '../port/clock.ts';
import type { SetAside } from '../port/quality.ts';
import type { Store } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import { asidePages } from './groups.ts';
import { judgeAgain } from './judge-again.ts';
import type { Today } from './look-again.ts';
import { noOutcome, outcomeOf, together, type Outcome } from './outcome.ts';
import type { Answerable, Selection } from './selection.ts';

/** What is let go, by whom, and how fast. */
export interface Redrive {
  readonly selection: Selection;
  readonly who: string;
  readonly why: string;
  /** Takes a dataset for as long as its records are let go, and gives what ends it; throws a Failure when somebody else is at work on it. */
  readonly occupy: (dataset: string, job: string) => () => void;
  /** Records examined in a second, at most. */
  readonly perSecond: number;
  /** Envelopes of a dataset on their way beyond which nothing more is let go. */
  readonly highWater: number;
  readonly store: Store;
  readonly answerable: Answerable;
  /** Undefined: no mapping has this dataset any more; its records stay where they are. */
  readonly todayOf: (dataset: string) => Today | undefined;
  /** Version of the site files. */
  readonly made: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (looked: number) => void;
  /** A run that has been begun for it and is ended by whoever began it; absent: one for each dataset, begun with its first records. */
  readonly run?: { readonly dataset: string; readonly id: number };
}

/** What came of a redrive; `left` because somebody ended it, or the outbox is full: do the same again later. */
export interface Redriven extends Outcome {
  readonly runs: readonly number[];
  readonly left: 'nothing' | 'stopped' | 'full';
}

const pageSize = 200;

/**
 * Lets records set aside go again: all that are meant, in the order in which they were set aside, a page in one transaction.
 * Each keeps its key and becomes the next version of its record; a case still waits for its item. What is still bad stays,
 * with its problems as they are today. Killed in the middle, it can be repeated: what has gone is no longer set aside. Nobody
 * else works on a dataset meanwhile: a run would pass by a new row that is as bad as the kept one, and the kept one would go.
 */
export async function redrive(order: Redrive): Promise<Redriven> {
  if (order.who.trim() === '' || order.why.trim() === '') throw new Failure('WHO_AND_WHY');
  const runs = new Map<string, number>(order.run === undefined ? [] : [[order.run.dataset, order.run.id]]);
  const taken = new Map<string, () => void>();
  const met = new Set<string>();
  let outcome = noOutcome;
  let left: Redriven['left'] = 'nothing';
  try {
    for await (const page of asidePages(order.store, { ...order, size: pageSize })) {
      for (const [dataset, records] of Map.groupBy(page.filter((one) => firstMet(met, one)), (one) => one.dataset)) {
        left = order.signal.aborted ? 'stopped' : (await order.store.backlog(dataset)) >= order.highWater ? 'full' : 'nothing';
        if (left !== 'nothing') return { ...outcome, runs: [...runs.values()], left };
        if (!taken.has(dataset)) taken.set(dataset, order.occupy(dataset, `${dataset}-redrive`));
        outcome = together(outcome, await redrivePage(order, { dataset, records, runs }));
        order.progress(records.length);
        await order.clock.rest(records.length * 1_000 / order.perSecond, order.signal);
      }
    }
    return { ...outcome, runs: [...runs.values()], left };
  } finally {
    try {
      for (const [dataset, run] of runs) if (run !== order.run?.id) await endRun(order, dataset, run);
    } finally {
      for (const end of taken.values()) end();
    }
  }
}

/** What is set aside again for another reason comes by once more at the end. */
function firstMet(met: Set<string>, { dataset, key }: SetAside): boolean {
  const name = `${dataset}\t${key}`;
  if (met.has(name)) return false;
  met.add(name);
  return true;
}

async function redrivePage(order: Redrive, about: { readonly dataset: string; readonly records: readonly SetAside[]; readonly runs: Map<string, number> }): Promise<Outcome> {
  const { dataset, records, runs } = about;
  const { store, clock } = order;
  const today = order.todayOf(dataset);
  if (today === undefined) return { ...noOutcome, looked: records.length, unread: records.length };
  const run = runs.get(dataset) ?? await beginRun(order, dataset);
  runs.set(dataset, run);
  for (;;) {
    const found = await judgeAgain(records, { dataset, store, today }, 'keeping');
    if (await store.keep(keepingOf({ job: { dataset }, run, clock }, { cursor: null }, found.judged))) return outcomeOf(found);
  }
}

async function beginRun({ store, clock, made, who, why }: Redrive, dataset: string): Promise<number> {
  const at = clock.wallMs();
  const run = await store.beginRun({ job: `${dataset}-redrive`, dataset, mode: 'redrive', at, made });
  await store.sign(run, { at, who: who.trim(), why: why.trim() });
  return run;
}

async function endRun({ store, clock, signal }: Redrive, dataset: string, run: number): Promise<void> {
  const waiting = await store.backlog(dataset);
  await store.endRun(run, { at: clock.wallMs(), state: signal.aborted ? 'stopped' : waiting > 0 ? 'pending' : 'done', failure: null });
}
