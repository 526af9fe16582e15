import type { LookingStore } from '../port/store.ts';
import { asidePages } from './groups.ts';
import { judgeAgain } from './judge-again.ts';
import { noOutcome, outcomeOf, together, type Outcome } from './outcome.ts';
import type { Redrive } from './redrive.ts';

/** What is looked at, with a memory that works while another process writes. */
export interface Preview extends Pick<Redrive, 'selection' | 'answerable' | 'todayOf' | 'signal' | 'progress'> {
  readonly store: LookingStore;
}

/** What a redrive of just these records would bring by the site's files as they are now; nothing is kept. Null when interrupted. */
export async function preview(look: Preview): Promise<Outcome | null> {
  const { store, todayOf } = look;
  let outcome = noOutcome;
  await store.beginReading();
  for await (const page of asidePages(store, look)) {
    for (const [dataset, records] of Map.groupBy(page, (one) => one.dataset)) {
      if (look.signal.aborted) return null;
      const today = todayOf(dataset);
      outcome = together(outcome, today === undefined
        ? { ...noOutcome, looked: records.length, unread: records.length }
        : outcomeOf(await judgeAgain(records, { dataset, store, today }, 'supposing')));
      look.progress(records.length);
    }
  }
  return outcome;
}
