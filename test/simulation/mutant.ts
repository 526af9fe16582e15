import type { Desk } from '../../adapters/store-sqlite/desk.ts';
import type { Fence } from '../../adapters/store-sqlite/fence.ts';
import type { Region } from '../../src/port/region.ts';
import type { Source } from '../../src/port/source.ts';
import type { Store } from '../../src/port/store.ts';
import type { Change } from '../../src/record/change.ts';
import type { Mapped } from '../../src/record/envelope.ts';
import type { RunSetting } from '../../src/schedule/run-job.ts';
import type { Dataset } from './county.ts';
import type { Life } from './life.ts';

/** A bug planted on purpose: a wrapper around a port or around a pure function, never an edit of the engine. */
export interface Mutant {
  readonly name: string;
  /** What it does wrong, as one sentence. */
  readonly says: string;
  readonly store?: (store: Store, life: Life) => Store;
  readonly source?: (source: Source) => Source;
  readonly region?: (region: Region, tools: Pick<Region, 'wrap'>) => Region;
  readonly examine?: (examine: (change: Change) => Mapped) => (change: Change) => Mapped;
  readonly run?: (setting: RunSetting, dataset: Dataset) => RunSetting;
  /** The store's statements with one of them changed. */
  readonly desk?: (database: Desk['database'], fence?: Fence) => Desk;
}

/** The engine as it is. */
export const unharmed: Mutant = { name: 'none', says: 'the engine as it is' };
