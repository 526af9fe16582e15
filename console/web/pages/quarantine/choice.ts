import type { LocationQuery } from 'vue-router';
import type { GroupChoice, QuarantineGroup } from '../../api/calls.ts';

/** A group as an address names it: codes and departments only, nothing personal. */
export type GroupQuery = Readonly<Record<string, string>>;

const parts = ['dataset', 'code', 'field', 'value', 'department'] as const;

/** The address of a group. */
export function queryOf(group: Pick<QuarantineGroup, (typeof parts)[number]>): GroupQuery {
  return Object.fromEntries(parts.flatMap((name) => (group[name] === null || group[name] === '' ? [] : [[name, group[name]]])));
}

/** The group an address names; null when it names none. */
export function choiceFrom(query: LocationQuery): GroupChoice | null {
  const told = Object.fromEntries(parts.flatMap((name) => (typeof query[name] === 'string' && query[name] !== '' ? [[name, query[name]]] : []))) as Partial<GroupChoice>;
  return told.dataset === undefined || (told.code === undefined && told.department === undefined) ? null : { ...told, dataset: told.dataset };
}

/** The group of a list that a choice means. */
export function groupOf(choice: GroupChoice, groups: readonly QuarantineGroup[]): QuarantineGroup | null {
  return groups.find((one) => parts.every((name) => (choice[name] ?? '') === (one[name] ?? ''))) ?? null;
}
