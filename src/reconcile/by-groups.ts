import { createHash } from 'node:crypto';
import type { Contract } from '../contract/contract.ts';
import type { Group, ShownRow } from '../port/compare.ts';
import type { GroupsMode } from '../port/compare-profile.ts';
import type { OurRow } from '../port/digests.ts';
import type { GroupDifference } from '../record/comparison.ts';
import type { TableFindings, Walk } from './by-digests.ts';
import type { Found } from './found.ts';

/** What a comparison by groups needs besides a walk. */
export interface GroupWalk extends Walk {
  readonly profile: GroupsMode;
  readonly contract: Contract;
}

/** Our rows that are asked for one by one where groups disagree and the region shows its rows; beyond it only the groups are told. */
const mostAsked = 2_000;

/**
 * Compares numbers, and digests where the region has them, by day and type. Where it shows rows, ours of the groups that
 * disagree are asked for one by one; a row that it has too many is not found so.
 */
export async function compareByGroups(table: string, walk: GroupWalk): Promise<TableFindings | null> {
  const { digests, asking, refreshed, profile } = walk;
  if (profile.by[table] === undefined) return null;
  const theirs = await asking.ask({ table }, (region) => region.groups(table));
  await refreshed;
  const ours = await digests.groups(table);
  const unknownDay = ours.filter(isUnknown).reduce((sum, group) => sum + group.count, 0);
  const unequal = unequalGroups(ours.filter((group) => !isUnknown(group)), theirs);
  const found = profile.show === undefined ? [] : await lookClosely(table, walk, unequal.flatMap((one) => (one.ours === null ? [] : [one.ours])));
  return {
    ours: ours.reduce((sum, group) => sum + group.count, 0), theirs: theirs.reduce((sum, group) => sum + group.count, 0), found, unknownDay,
    groups: unequal.map(({ ours: our, theirs: their }): GroupDifference => ({
      table, day: (our ?? their)?.day ?? '', type: (our ?? their)?.type ?? '', ours: our?.count ?? 0, theirs: their?.count ?? 0,
    })),
  };
}

function isUnknown({ day }: Group): boolean {
  return day === '?';
}

interface Pair { readonly ours: Group | null; readonly theirs: Group | null }

/** A digest that one side does not have disagrees with nothing. */
function unequalGroups(ours: readonly Group[], theirs: readonly Group[]): readonly Pair[] {
  const there = new Map(theirs.map((group) => [nameOf(group), group]));
  const pairs = ours.map((group): Pair => {
    const other = there.get(nameOf(group)) ?? null;
    there.delete(nameOf(group));
    return { ours: group, theirs: other };
  });
  return [...pairs, ...[...there.values()].map((group): Pair => ({ ours: null, theirs: group }))].filter(({ ours: our, theirs: their }) => (
    our?.count !== their?.count || (our !== null && their !== null && our.digest !== null && their.digest !== null && our.digest !== their.digest)));
}

/** The day in digits, however either side writes it. */
function nameOf({ day, type }: Group): string {
  return `${day.replaceAll(/\D/g, '').slice(0, 8)}\t${type}`;
}

async function lookClosely(table: string, { digests, asking, contract }: GroupWalk, groups: readonly Group[]): Promise<readonly Found[]> {
  const found: Found[] = [];
  let left = mostAsked;
  for (const group of groups) {
    if (group.count > left) continue;
    left -= group.count;
    for (const row of await digests.inGroup(table, group)) {
      const shown = await asking.ask({ table }, (region) => region.show(table, row.rowGuid));
      const theirs = shown.map((copy) => digestOf(contract, table, copy));
      if (!same(row, theirs)) found.push({ table, rowGuid: row.rowGuid, ours: row, theirs });
    }
  }
  return found;
}

function same(row: OurRow, theirs: readonly string[]): boolean {
  return theirs.length === 1 && theirs[0] === row.digest;
}

/** SM3 of a shown row, written as we write ours: every business field in the table's order. */
function digestOf(contract: Contract, table: string, shown: ShownRow): string {
  const fields = contract.shape(table).fields.map(({ name }) => [name, shown[name] ?? null] as const);
  return createHash('sm3').update(JSON.stringify(Object.fromEntries(fields))).digest('hex');
}
