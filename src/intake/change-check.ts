import type { Contract } from '../contract/contract.ts';
import { groupOf, type Values } from '../contract/rule-frame.ts';
import type { Value } from '../contract/table-shape.ts';
import type { Change } from '../record/change.ts';
import type { GoodMapped, Mapped, SealedRecord } from '../record/envelope.ts';
import { refuses, type Problem } from '../record/problem.ts';

/** What becomes of a new version beside what the region has of it. */
export type Compare = (mapped: GoodMapped, had: readonly SealedRecord[], change: Change) => Mapped;

interface Opened {
  readonly table: string;
  readonly values: Values;
}

/**
 * Holds a new version against the one the region has, by the contract's rules of scope `change`: changes that should not be
 * are told with it, and one that the region refuses sets it aside. Only records the region has are compared.
 */
export function changeChecker(contract: Contract): Compare {
  return (mapped, had, change) => {
    const [now, before] = [mapped.records.map((record) => opened(record, contract)), had.map((record) => opened(record, contract))];
    const problems = changesFound(contract, now, before);
    if (problems.length === 0) return mapped;
    const all = [...mapped.problems, ...problems];
    if (!refuses(problems)) return { ...mapped, problems: all };
    const { key, identity, fingerprint } = mapped;
    return { state: 'bad', key, identity, problems: all, change, fingerprint: `${fingerprint}:${problems.map((problem) => problem.rule ?? '').join()}` };
  };
}

function changesFound(contract: Contract, now: readonly Opened[], before: readonly Opened[]): readonly Problem[] {
  const [all, were] = [groupOf(now), groupOf(before)];
  const earlier = new Map(before.map((record) => [placeOf(record), record.values]));
  return now.flatMap((record) => {
    const changing = contract.changing(record.table);
    const then = earlier.get(placeOf(record));
    return changing === null || then === undefined ? [] : changing(record.values, { all, were, before: then });
  });
}

/** A sealed record's values in its table's order; a field the table had not when it was sealed has none. */
function opened({ table, body }: SealedRecord, contract: Contract): Opened {
  const fields = JSON.parse(body) as Readonly<Record<string, Value>>;
  return { table, values: contract.shape(table).fields.map((field) => fields[field.name] ?? null) };
}

function placeOf({ table, values }: Opened): string {
  return `${table} ${String(values[0])}`;
}
