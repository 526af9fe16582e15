import { redrive, type Redriven } from '../../src/mending/redrive.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Reading } from '../../src/intake/reader.ts';
import type { Store } from '../../src/port/store.ts';
import { retain, type Retained } from '../../src/schedule/retain.ts';
import type { Dataset } from './county.ts';

/** By what people mend in a history. */
export interface Mending {
  readonly store: Store;
  readonly clock: Clock;
  readonly highWater: number;
  readonly readingOf: (dataset: Dataset) => Reading;
}

const never = new AbortController().signal;

/** Lets everything go that is set aside: a correction at the county may have come meanwhile, or not. */
export function letGo({ store, clock, highWater, readingOf }: Mending): Promise<Redriven> {
  return redrive({
    store, clock, highWater, occupy: () => () => undefined, selection: {}, who: 'somebody', why: 'to see', perSecond: 1_000_000, made: 'mended', answerable: () => null, signal: never, progress: () => undefined,
    todayOf: (dataset) => {
      const { examine, source, selection } = readingOf(dataset as Dataset);
      return { examine, readAgain: async (key) => source.one(selection, key) };
    },
  });
}

/** Purges as if a year had passed: every body that may go does, whatever else is on its way. */
export function purgeAll({ store, clock }: Mending): Promise<Retained> {
  const later: Clock = { ...clock, wallMs: () => clock.wallMs() + 400 * 86_400_000 };
  return retain({ store, clock: later, signal: never, site: { retention: { bodyDays: 30, evidenceYears: 3 }, datasets: [] } });
}
