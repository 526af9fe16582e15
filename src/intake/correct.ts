import type { Change, PresentChange } from '../record/change.ts';
import type { KeptCorrection } from '../record/correction.ts';
import type { Mapped } from '../record/envelope.ts';
import type { Problem } from '../record/problem.ts';
import { saysTheSame } from './row-mark.ts';

/** Examining with the corrections that people have made. */
export interface Correcting {
  readonly examine: (change: Change) => Mapped;
  /** Corrections whose row was met and says something else by now: the county's later word stands. */
  readonly lapsed: ReadonlySet<number>;
}

/** Puts corrected values in the place of the county's before a row is examined. Without corrections nothing is done, and it costs nothing. */
export function correcting(examine: (change: Change) => Mapped, corrections: readonly KeptCorrection[]): Correcting {
  const lapsed = new Set<number>();
  if (corrections.length === 0) return { examine, lapsed };
  const byKey = Map.groupBy(corrections, (one) => one.key);
  return {
    lapsed,
    examine: (change) => {
      const all = byKey.get(change.key);
      if (all === undefined) return examine(change);
      const holding = change.state === 'present' ? all.filter((one) => saysTheSame(one.row, change)) : [];
      for (const one of all) if (!holding.includes(one)) lapsed.add(one.id);
      return change.state === 'gone' || holding.length === 0 ? examine(change) : examined(examine, change, holding);
    },
  };
}

/** What is set aside is set aside as it was read, so that nobody takes a correction for the county's word. */
function examined(examine: (change: Change) => Mapped, change: PresentChange, holding: readonly KeptCorrection[]): Mapped {
  const mapped = examine(holding.reduce(corrected, change));
  if (mapped.state === 'gone') return mapped;
  const problems = [...mapped.problems, noteOf(holding)];
  return mapped.state === 'bad' ? { ...mapped, problems, change } : { ...mapped, problems };
}

function noteOf(holding: readonly KeptCorrection[]): Problem {
  const columns = [...new Set(holding.map(({ child, column }) => (child === '' ? column : `${child}.${column}`)))].join('、');
  return { code: 'CORRECTED', severity: 'note', facts: { columns, who: holding.at(-1)?.who ?? '' } };
}

function corrected(change: PresentChange, { child, at, column, value }: KeptCorrection): PresentChange {
  if (child === '') return { ...change, row: { ...change.row, [column]: value } };
  const rows = (change.children[child] ?? []).map((row, index) => (index === at ? { ...row, [column]: value } : row));
  return { ...change, children: { ...change.children, [child]: rows } };
}
