import type { FieldShape } from '../contract/table-shape.ts';
import type { Problem } from '../record/problem.ts';
import type { CodeTable } from './dataset.ts';
import type { Place } from './place.ts';

/** What a field function needs to know of its target: for the problems it finds, and for the type it must give. */
export interface Target {
  readonly table: string;
  readonly field: FieldShape;
  readonly codes: Readonly<Record<string, CodeTable>>;
}

/** One step of a field; null when the value is lost to a problem. */
export type Step = (text: string, place: Place) => string | null;

/** Records that the value cannot be used; gives null, so that nothing is sent in its place. */
export function refuse(place: Place, target: Target, fault: Pick<Problem, 'code' | 'facts'>): null {
  place.failed = true;
  place.problems.push({ ...fault, severity: 'refuse', table: target.table, field: target.field.name });
  return null;
}
