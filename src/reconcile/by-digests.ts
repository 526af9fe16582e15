import type { Digests } from '../port/digests.ts';
import type { GroupDifference } from '../record/comparison.ts';
import { Failure } from '../record/failure.ts';
import type { Asking } from './asking.ts';
import { matched, type Found } from './found.ts';

/** What one table of the region was found to have. */
export interface TableFindings {
  readonly ours: number;
  readonly theirs: number | null;
  readonly found: readonly Found[];
  readonly groups: readonly GroupDifference[];
  /** Rows of ours whose day and type are no longer known. */
  readonly unknownDay: number;
}

/** What a walk needs; our side is complete once `refreshed` resolves. */
export interface Walk {
  readonly digests: Digests;
  readonly asking: Asking;
  readonly refreshed: Promise<unknown>;
}

/**
 * Goes down only where digests differ:
 *
 *     prefix ──rows──▶ matched one by one
 *        └──buckets──▶ equal: done   different: that prefix   none for some of ours: missing there
 *
 * One difference among n rows costs as many questions as the tree is deep.
 */
export async function compareByDigests(table: string, { digests, asking, refreshed }: Walk): Promise<TableFindings> {
  const found: Found[] = [];
  let theirs: number | null = null;
  const open = [''];
  for (let prefix = open.pop(); prefix !== undefined; prefix = open.pop()) {
    const asked = prefix;
    const told = await asking.ask({ table }, (region) => region.digests(table, asked));
    await refreshed;
    if ('rows' in told) {
      if (told.rows.some((row) => !row.rowGuid.startsWith(asked))) throw new Failure('COMPARE_ANSWER_WRONG', { table });
      theirs ??= told.rows.length;
      found.push(...matched(table, await digests.rows(table, asked), told.rows));
      continue;
    }
    const { buckets } = told;
    // A bucket that is no longer than what was asked would have us go round for ever.
    if (buckets.some((bucket) => !bucket.prefix.startsWith(asked) || bucket.prefix.length <= asked.length)) throw new Failure('COMPARE_ANSWER_WRONG', { table });
    theirs ??= buckets.reduce((sum, bucket) => sum + bucket.count, 0);
    found.push(...matched(table, await digests.rows(table, asked, buckets.map((bucket) => bucket.prefix)), []));
    for (const bucket of buckets) {
      const ours = await digests.bucket(table, bucket.prefix);
      if (ours.count !== bucket.count || ours.digest !== bucket.digest) open.push(bucket.prefix);
    }
  }
  return { ours: await digests.count(table), theirs, found, groups: [], unknownDay: 0 };
}
