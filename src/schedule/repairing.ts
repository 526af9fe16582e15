import type { Deed, MendingStore } from '../port/mending.ts';
import type { RepairStore } from '../port/store.ts';
import { correcting } from '../intake/correct.ts';
import type { Intake } from '../intake/take-in.ts';
import type { DatasetMapping } from '../mapping/dataset.ts';
import { keepRepairs } from '../reconcile/repair.ts';
import type { Difference } from '../record/comparison.ts';
import { usualGuard, type ReportJob } from '../record/job.ts';

/** The job a repair runs as: it reads nothing, so nothing of it is asked of the county but single rows. */
export function repairJob(dataset: string): ReportJob {
  return { job: `${dataset}-repair`, title: dataset, dataset, mode: 'changes', page: 1, overlapMinutes: 0, after: [], guard: usualGuard };
}

/** What is to be mended, and by whose order; without one nobody is named. */
export interface RepairOrder {
  readonly dataset: DatasetMapping;
  readonly differences: readonly Difference[];
  readonly store: RepairStore & Pick<MendingStore, 'sign'>;
  readonly deed?: Pick<Deed, 'who' | 'why'>;
}

/** Keeps repairs where a run would keep what it reads; they go out beside it as in every run. */
export function repairsInstead(about: RepairOrder): (intake: Intake) => Promise<void> {
  const { dataset, differences, store, deed } = about;
  return async ({ run, store: intakeStore, source, selection, examine, clock, room, progress }) => {
    if (deed !== undefined) await store.sign(run, { ...deed, at: clock.wallMs() });
    const corrected = correcting(examine, await intakeStore.corrections(dataset.dataset)).examine;
    await keepRepairs({
      dataset, differences, run, clock, room, progress, store: { ...intakeStore, ...store }, readAgain: async (key) => corrected(await source.one(selection, key)),
    });
  };
}
