import type { SetAside } from '../port/quality.ts';
import type { Problem } from '../record/problem.ts';

/** Which records set aside are meant: all that fit everything named here. */
export interface Selection {
  readonly dataset?: string;
  readonly code?: string;
  /** `field`, or `table.field`. */
  readonly field?: string;
  /** A code without partner, or the region's own code for its refusal. */
  readonly value?: string;
  /** Null: records for which nobody is named. */
  readonly department?: string | null;
  /** Set aside before this moment: where a region takes a refused record again only after a while. */
  readonly before?: number;
  /** Numbers of records, as the quarantine lists them. */
  readonly numbers?: readonly number[];
}

/** Finds the department answerable for a record set aside. */
export type Answerable = (one: SetAside) => string | null;

/** Whether a record is meant; one problem of it must fit code, field and value together. */
export function meansThis(selection: Selection, answerable: Answerable): (one: SetAside) => boolean {
  const { dataset, department, numbers, before } = selection;
  const among = numbers === undefined ? null : new Set(numbers);
  return (one) => (dataset === undefined || one.dataset === dataset)
    && (among === null || among.has(one.seq))
    && (before === undefined || one.asideAt < before)
    && one.problems.some((problem) => problem.severity === 'refuse' && fits(problem, selection))
    && (department === undefined || answerable(one) === department);
}

/** What tells problems of one code and field apart: the code without partner, or the region's own code. */
export function distinction({ code, facts }: Problem): string {
  if (code === 'REGION_REFUSED') return String(facts?.['code'] ?? '');
  return code === 'CODE_UNMAPPED' || code === 'CODE_UNKNOWN' ? String(facts?.['value'] ?? '') : '';
}

function fits(problem: Problem, { code, field, value }: Selection): boolean {
  const { table = '', field: name = '' } = problem;
  return (code === undefined || problem.code === code)
    && (field === undefined || field === name || field === `${table}.${name}`)
    && (value === undefined || value === distinction(problem));
}
