import type { Contract } from '../contract/contract.ts';
import { correcting } from '../intake/correct.ts';
import { forecast } from '../intake/forecast.ts';
import { allowanceOf } from '../intake/guard.ts';
import type { Reading } from '../intake/reader.ts';
import type { Limits } from '../port/profile.ts';
import type { LookingStore } from '../port/store.ts';
import type { Run } from '../record/run.ts';
import { PlanTally, type PlanCounts, type PlanExample, type ProblemCount, type TableCount } from './plan-tally.ts';

/** What a plan needs: what a run would read with, and a memory to look into. */
export interface PlanSetting extends Omit<Reading, 'store'> {
  readonly store: LookingStore;
  readonly contract: Contract;
  readonly limits: Pick<Limits, 'recordsPerBatch'>;
  readonly signal: AbortSignal;
  readonly progress: (read: number) => void;
}

/** What a run of the job would do just now. */
export interface Plan {
  /** Its name: what a person confirms. */
  readonly plan: string;
  readonly job: string;
  readonly dataset: string;
  readonly mode: 'changes' | 'sweep';
  /** Version of the site files. */
  readonly made: string;
  readonly records: PlanCounts;
  /** Rows by table and operation, as they would travel. */
  readonly tables: readonly TableCount[];
  /** `table.field` that would be said otherwise than the region acknowledged, with the rows. */
  readonly fields: readonly { readonly field: string; readonly count: number }[];
  readonly examples: readonly PlanExample[];
  readonly problems: readonly ProblemCount[];
  readonly guard: { readonly atRegion: number; readonly changed: number; readonly gone: number; readonly allowed: number; readonly held: boolean };
  /** Records of earlier runs that are still on their way, and would go out too. */
  readonly onTheWay: number;
  readonly duration: Duration;
}

export interface Duration {
  /** Fewest requests, by the region's limit of records in a batch. */
  readonly requests: number;
  /** Records delivered in a second by the last runs of the dataset; null when nothing has been delivered. */
  readonly perSecond: number | null;
  readonly seconds: number | null;
  /** Runs it was measured in. */
  readonly runs: number;
}

const commonest = 10;
const measuredRuns = 50;

/** Reads, maps, checks and judges as a run would, and keeps nothing; null when it was interrupted. */
export async function planJob(setting: PlanSetting): Promise<Plan | null> {
  const { job, store, contract, limits } = setting;
  const tally = new PlanTally(job.dataset, store, contract);
  const { examine } = correcting(setting.examine, await store.corrections(job.dataset));
  const found = await forecast({ ...setting, examine }, {
    goOn: async () => !setting.signal.aborted,
    each: async (judged) => {
      await tally.note(judged);
      setting.progress(judged.length);
    },
  });
  if (found === null) return null;
  const { changed, gone } = found;
  const { atRegion, allowed } = await allowanceOf(job, store);
  const records = tally.counts();
  const tables = tally.tables();
  return {
    plan: found.plan, job: job.job, dataset: job.dataset, mode: job.mode, made: setting.made,
    records, tables, fields: tally.fields(), examples: tally.examples(), problems: tally.problems(commonest),
    guard: { atRegion, changed, gone, allowed, held: changed + gone > allowed },
    onTheWay: (await store.totals()).find((one) => one.dataset === job.dataset)?.waiting ?? 0,
    duration: durationOf(
      { records: records.create + records.update + records.delete, requests: requestsOf(tables, limits.recordsPerBatch) },
      (await store.lastRuns(measuredRuns)).filter((run) => run.dataset === job.dataset)),
  };
}

function requestsOf(tables: readonly TableCount[], recordsPerBatch: number): number {
  return tables.reduce((sum, { create, update, remove }) => sum + Math.ceil((create + update + remove) / recordsPerBatch), 0);
}

/** By what the last runs have really delivered; nothing is guessed when they have not. */
export function durationOf(work: { readonly records: number; readonly requests: number }, runs: readonly Run[]): Duration {
  const measured = runs.filter((run) => run.mode !== 'redrive' && run.counts.delivered > 0 && run.endedAt !== null && run.endedAt > run.startedAt);
  const ms = measured.reduce((sum, run) => sum + ((run.endedAt ?? 0) - run.startedAt), 0);
  if (ms === 0) return { requests: work.requests, perSecond: null, seconds: null, runs: 0 };
  const perSecond = measured.reduce((sum, run) => sum + run.counts.delivered, 0) * 1000 / ms;
  return { requests: work.requests, perSecond: rounded(perSecond), seconds: work.records === 0 ? 0 : Math.max(rounded(work.records / perSecond), 0.1), runs: measured.length };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
