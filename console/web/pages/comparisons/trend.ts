import type { Comparison } from '../../api/calls.ts';

/** How many records differed, comparison by comparison, the oldest first; only those that came to an end. */
export function trendOf(comparisons: readonly Comparison[], dataset: string): readonly { readonly at: number; readonly differing: number }[] {
  return comparisons
    .filter((one) => one.dataset === dataset && one.endedAt !== null && one.ours !== null)
    .map((one) => ({ at: one.startedAt, differing: differing(one) }))
    .toSorted((a, b) => a.at - b.at);
}

/** Records in which both sides differ, whichever way. */
export function differing(one: Pick<Comparison, 'missing' | 'extra' | 'different'>): number {
  return one.missing + one.extra + one.different;
}
