import { Failure } from '../record/failure.ts';
import type { ToldRow } from '../port/compare.ts';
import type { TableFindings, Walk } from './by-digests.ts';
import { matched, type Found } from './found.ts';

const pageSize = 5_000;

/**
 * Pages through the region's keys to the end, in whatever order it gives them, and matches ours. Where it tells no digests, a
 * row that says something else is not seen. A page that leads back to one that was read is no answer.
 */
export async function compareByKeys(table: string, { digests, asking, refreshed }: Walk): Promise<TableFindings> {
  const theirs = new Map<string, ToldRow[]>();
  const met = new Set<string>();
  let count = 0;
  for (let cursor: string | null = null; ;) {
    const page: { rows: readonly ToldRow[]; next: string | null } = await asking.ask({ table }, (region) => region.keys(table, cursor));
    for (const row of page.rows) theirs.set(row.rowGuid, [...theirs.get(row.rowGuid) ?? [], row]);
    count += page.rows.length;
    if (page.next === null) break;
    if (met.has(page.next)) throw new Failure('COMPARE_ANSWER_WRONG', { table });
    met.add(page.next);
    cursor = page.next;
  }
  await refreshed;
  const found: Found[] = [];
  for (let after = ''; ;) {
    const ours = await digests.page(table, after, pageSize);
    const there = ours.flatMap((row) => theirs.get(row.rowGuid) ?? []);
    found.push(...matched(table, ours, there));
    for (const row of ours) theirs.delete(row.rowGuid);
    after = ours.at(-1)?.rowGuid ?? after;
    if (ours.length < pageSize) break;
  }
  found.push(...matched(table, [], [...theirs.values()].flat()));
  return { ours: await digests.count(table), theirs: count, found, groups: [], unknownDay: 0 };
}
