/** A condition on `seq`, and its values. */
export interface Span {
  readonly where: string;
  readonly values: readonly (string | number)[];
}

const mostSpans = 16;

/** Numbers as runs of neighbours, which the database finds fastest; many small runs as one list. */
export function spansOf(seqs: readonly number[]): readonly Span[] {
  if (seqs.length === 0) return [];
  const sorted = seqs.toSorted((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const seq of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && seq === last[1] + 1) last[1] = seq;
    else runs.push([seq, seq]);
  }
  return runs.length <= mostSpans
    ? runs.map(([first, last]) => ({ where: 'seq between ? and ?', values: [first, last] }))
    : [{ where: 'seq in (select value from json_each(?))', values: [JSON.stringify(sorted)] }];
}
