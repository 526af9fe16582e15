import { createHash } from 'node:crypto';
import type { Comparison, Difference } from '../record/comparison.ts';
import { Failure } from '../record/failure.ts';
import type { GuardSetting } from '../record/job.ts';

/** What repairing the found differences would do. */
export interface RepairPlan {
  /** Its name: what a person confirms. The same as long as the differences are the same. */
  readonly plan: string;
  readonly dataset: string;
  /** Rows by what would mend them. */
  readonly create: number;
  readonly update: number;
  readonly remove: number;
  /** Rows that only a person can see to. */
  readonly person: number;
  /** Records of which something would be sent without a confirmation. */
  readonly records: number;
  readonly allowed: number;
  /** More than is allowed: nothing goes without a confirmation. */
  readonly held: boolean;
}

/** Plans by what was found; how much goes without asking is the guard of the dataset's job. */
export function planRepair(found: Comparison, { guard, atRegion }: { readonly guard: GuardSetting; readonly atRegion: number }): RepairPlan {
  const allowed = Math.max(guard.floor, Math.floor(guard.share * atRegion));
  const count = (mending: Difference['mending']): number => found.differences.filter((one) => one.mending === mending).length;
  const records = new Set(found.differences.filter(goesUnasked).map((one) => one.key)).size;
  return {
    plan: nameOf(found), dataset: found.dataset, create: count('create'), update: count('update'), remove: count('remove'), person: count('person'),
    records, allowed, held: records > allowed,
  };
}

/** Which differences an order mends: what takes nothing away goes unasked within the guard, all else only by the name of the plan. */
export function approved(found: Comparison, plan: RepairPlan, confirm: string | undefined): readonly Difference[] {
  if (confirm !== undefined && confirm !== plan.plan) throw new Failure('REPAIR_OTHER', { dataset: found.dataset, plan: plan.plan });
  if (confirm !== undefined) return found.differences.filter((one) => one.mending !== 'person');
  if (plan.held) throw new Failure('REPAIR_HELD', { dataset: found.dataset, records: plan.records, allowed: plan.allowed, plan: plan.plan });
  return found.differences.filter(goesUnasked);
}

function goesUnasked({ mending }: Difference): boolean {
  return mending === 'create' || mending === 'update';
}

function nameOf({ dataset, differences }: Comparison): string {
  const lines = differences.map((one) => JSON.stringify([one.kind, one.table, one.rowGuid, one.ours, one.theirs])).toSorted();
  return createHash('sm3').update(JSON.stringify([dataset, lines])).digest('hex').slice(0, 12);
}
