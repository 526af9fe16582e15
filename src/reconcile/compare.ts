import type { Contract } from '../contract/contract.ts';
import type { DatasetMapping } from '../mapping/dataset.ts';
import type { Clock } from '../port/clock.ts';
import type { Counterpart, ExplainingStore } from '../port/compare.ts';
import type { CompareProfile } from '../port/compare-profile.ts';
import type { Digests } from '../port/digests.ts';
import type { LookStore } from '../port/store.ts';
import { noDifferences, type Comparison, type DifferenceCounts } from '../record/comparison.ts';
import { Asking } from './asking.ts';
import { compareByDigests, type TableFindings } from './by-digests.ts';
import { compareByGroups } from './by-groups.ts';
import { compareByKeys } from './by-keys.ts';
import { explain } from './explain.ts';

/** What a comparison is made with. Nothing in it writes, at the region or here. */
export interface Comparing {
  readonly dataset: DatasetMapping;
  /** All datasets that fill its tables. */
  readonly datasets: readonly string[];
  readonly profile: CompareProfile;
  /** Null where the region can only be sent to. */
  readonly counterpart: Counterpart | null;
  readonly digests: Digests;
  readonly store: ExplainingStore & Pick<LookStore, 'acknowledged'>;
  readonly contract: Contract;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Compares what the region has of a dataset with what the ledger says it has, as far as the region lets itself be asked. */
export async function compareRegion(comparing: Comparing): Promise<Comparison> {
  const { dataset, profile, counterpart, digests, clock, signal } = comparing;
  const [at, began] = [clock.wallMs(), clock.steadyMs()];
  const asking = new Asking(counterpart, clock, signal);
  const tables = [...new Set(dataset.records.map((record) => record.table))];
  // The region works out its answer to the first question while we take over what has been settled.
  const refreshed = digests.refresh(comparing.datasets);
  await clock.rest(0);
  const findings: (TableFindings & { readonly table: string })[] = [];
  const uncompared: string[] = [];
  try {
    for (const table of tables) {
      const one = await compareTable(table, { ...comparing, asking, refreshed });
      await refreshed;
      if (one === null) uncompared.push(table);
      findings.push({ table, ...one ?? { ours: await digests.count(table), theirs: null, found: [], groups: [], unknownDay: 0 } });
    }
  } finally {
    await Promise.allSettled([refreshed]);
  }
  const { differences, onTheWay } = await explain({ ...comparing, asking, dataset: dataset.dataset }, findings.flatMap((one) => one.found));
  const groups = findings.flatMap((one) => one.groups);
  return {
    dataset: dataset.dataset, mode: profile.mode, at, ms: Math.round(clock.steadyMs() - began), requests: asking.requests,
    tables: findings.map(({ table, ours, theirs }) => ({ table, ours, theirs })), uncompared,
    counts: countsOf(differences), onTheWay, unknownDay: findings.reduce((sum, one) => sum + one.unknownDay, 0),
    equal: uncompared.length === tables.length ? null : differences.length + groups.length === 0,
    groups, differences,
  };
}

/** Null where the region's mode cannot compare this table. */
async function compareTable(table: string, how: Pick<Comparing, 'profile' | 'digests' | 'contract'> & { readonly asking: Asking; readonly refreshed: Promise<unknown> }): Promise<TableFindings | null> {
  const { profile, digests, asking, refreshed, contract } = how;
  switch (profile.mode) {
    case 'digests': return compareByDigests(table, { digests, asking, refreshed });
    case 'keys': return compareByKeys(table, { digests, asking, refreshed });
    case 'days': case 'counts': return compareByGroups(table, { digests, asking, refreshed, profile, contract });
    case 'receipts': return null;
  }
}

function countsOf(differences: Comparison['differences']): DifferenceCounts {
  const counts = { ...noDifferences };
  for (const { kind } of differences) counts[kind] += 1;
  return counts;
}
