import type { Problem } from '../record/problem.ts';
import type { JudgedAgain } from './judge-again.ts';

/** Where records set aside stand once today's files have looked at them; the counts of each add up to `looked`. */
export interface Outcome {
  readonly looked: number;
  /** On their way again; of these, `waiting` until the region has another record. */
  readonly freed: number;
  readonly waiting: number;
  /** The county has taken them back: to be taken back at the region, or nothing to do. */
  readonly gone: number;
  /** Set aside as before. */
  readonly still: number;
  /** Set aside for other reasons than before. */
  readonly otherwise: number;
  /** Their row lacks what today's mapping reads, and the county could not be asked: the next sweep reads them. */
  readonly unread: number;
  /** Moved on meanwhile. */
  readonly moved: number;
  /** What stands against those that stay, the most frequent first. */
  readonly problems: readonly OutcomeProblem[];
}

export interface OutcomeProblem extends Pick<Problem, 'code' | 'table' | 'field'> {
  readonly records: number;
}

export const noOutcome: Outcome = { looked: 0, freed: 0, waiting: 0, gone: 0, still: 0, otherwise: 0, unread: 0, moved: 0, problems: [] };

export function outcomeOf({ judged, moved, unread }: JudgedAgain): Outcome {
  const counts = { freed: 0, waiting: 0, gone: 0, still: 0, otherwise: 0 };
  const problems: OutcomeProblem[] = [];
  for (const { mapped, judgement } of judged) {
    if (judgement.verdict !== 'keep') {
      counts[judgement.verdict === 'none' ? 'gone' : 'still'] += 1;
      if (mapped.state === 'bad') problems.push(...refusing(mapped.problems));
      continue;
    }
    const { keep } = judgement;
    if (keep.kind === 'put') {
      counts.freed += 1;
      if (keep.state === 'waiting') counts.waiting += 1;
    } else if (keep.kind === 'quarantine') {
      counts.otherwise += 1;
      problems.push(...refusing(keep.problems));
    } else counts.gone += 1;
  }
  return { ...counts, looked: judged.length + moved + unread, moved, unread, problems: together(noOutcome, { ...noOutcome, problems }).problems };
}

/** The sum of both. */
export function together(one: Outcome, other: Outcome): Outcome {
  const problems = new Map<string, OutcomeProblem>();
  for (const problem of [...one.problems, ...other.problems]) {
    const name = `${problem.code} ${problem.table ?? ''} ${problem.field ?? ''}`;
    problems.set(name, { ...problem, records: problem.records + (problems.get(name)?.records ?? 0) });
  }
  return {
    looked: one.looked + other.looked, freed: one.freed + other.freed, waiting: one.waiting + other.waiting, gone: one.gone + other.gone,
    still: one.still + other.still, otherwise: one.otherwise + other.otherwise, unread: one.unread + other.unread, moved: one.moved + other.moved,
    problems: [...problems.values()].toSorted((a, b) => b.records - a.records || (a.code < b.code ? -1 : 1)),
  };
}

/** Each problem of a record once, however often it stands against it. */
function refusing(problems: readonly Problem[]): readonly OutcomeProblem[] {
  const met = new Map(problems.filter((problem) => problem.severity === 'refuse').map(({ code, table, field }) => [`${code} ${table ?? ''} ${field ?? ''}`, { code, table, field }]));
  return [...met.values()].map(({ code, table, field }) => ({ code, ...(table === undefined ? {} : { table }), ...(field === undefined ? {} : { field }), records: 1 }));
}
