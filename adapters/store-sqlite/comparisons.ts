import type { ComparisonStore } from '../../src/port/compare.ts';
import type { Comparison, KeptComparison } from '../../src/record/comparison.ts';
import type { Desk } from './desk.ts';

/** Differences kept of each comparison, and comparisons kept of each dataset. */
const mostDifferences = 500;
const mostComparisons = 1_000;

/** Results of comparing, kept for looking back. */
export function comparisonStore(desk: Desk): ComparisonStore {
  return {
    keepComparison: async (found) => desk.transaction(() => keep(desk, found)),
    comparisons: async (dataset, limit) => desk.all<{ id: number; total: number; found: string }>(
      'select id, total, found from comparison where ?1 is null or dataset = ?1 order by id desc limit ?2', dataset, limit)
      .map(({ id, total, found }): KeptComparison => ({ ...JSON.parse(found) as Comparison, id, total })),
  };
}

function keep(desk: Desk, found: Comparison): number {
  const { dataset, at, differences, groups } = found;
  const kept: Comparison = { ...found, differences: differences.slice(0, mostDifferences), groups: groups.slice(0, mostDifferences) };
  const id = Number(desk.statement('insert into comparison (dataset, at, total, found) values (?, ?, ?, ?)')
    .run(dataset, at, differences.length, JSON.stringify(kept)).lastInsertRowid);
  desk.run('delete from comparison where dataset = ? and id <= (select id from comparison where dataset = ? order by id desc limit 1 offset ?)', dataset, dataset, mostComparisons);
  return id;
}
