import type { Contract } from '../contract/contract.ts';
import { masked } from '../contract/masked.ts';
import type { FieldShape, Value } from '../contract/table-shape.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Change, PresentChange } from '../record/change.ts';
import type { Mapped, Need } from '../record/envelope.ts';
import type { Problem } from '../record/problem.ts';

/** One field of a region record as the mapping fills it, with what is wrong with it. */
export interface LookedField {
  readonly field: string;
  readonly title: string;
  readonly required: boolean;
  readonly value: Value;
  readonly problems: readonly Problem[];
}

export interface LookedRecord {
  readonly table: string;
  readonly title: string;
  readonly fields: readonly LookedField[];
}

/** What one row of the county means in the region. */
export interface LookedRow {
  readonly key: string;
  /** `good`: it would travel. `bad`: it would be set aside. `gone`: the region must not have it. */
  readonly outcome: Mapped['state'];
  readonly identity: string | null;
  readonly need: Need | null;
  readonly records: readonly LookedRecord[];
  /** Those that concern the row as a whole, or a record that is not there. */
  readonly problems: readonly Problem[];
}

/** How a row is looked at: by what it is mapped and checked with, and whether texts are shown as they are. */
export interface Look {
  readonly mapping: Mapping;
  readonly examine: (change: Change) => Mapped;
  readonly contract: Contract;
  readonly plain: boolean;
}

interface Filled {
  readonly table: string;
  readonly child: number;
  readonly values: readonly Value[];
}

/** Maps and checks a row as a run would; a bad row's records are shown as far as the mapping could fill them. Pure. */
export function lookAtRow(look: Look, change: PresentChange): LookedRow {
  const mapped = look.examine(change);
  const translation = look.mapping.translate(change);
  if (mapped.state === 'gone' || translation.state === 'gone') return { key: change.key, outcome: 'gone', identity: null, need: null, records: [], problems: [] };
  const drafts: readonly Filled[] = translation.records;
  const filled = mapped.state === 'good' ? drafts.map((draft, at) => ({ ...draft, values: sealedValues(look.contract, mapped.records[at]) })) : drafts;
  const left = new Set(mapped.problems);
  const records = filled.map((record) => lookedRecord(look, record, left));
  return { key: change.key, outcome: mapped.state, identity: mapped.identity, need: translation.need, records, problems: [...left] };
}

function sealedValues(contract: Contract, sealed: { readonly table: string; readonly body: string } | undefined): readonly Value[] {
  if (sealed === undefined) return [];
  const fields = JSON.parse(sealed.body) as Readonly<Record<string, Value>>;
  return contract.shape(sealed.table).fields.map(({ name }) => fields[name] ?? null);
}

/** Takes the problems of its fields out of `left`. */
function lookedRecord({ contract, plain }: Look, { table, child, values }: Filled, left: Set<Problem>): LookedRecord {
  const { title, fields } = contract.shape(table);
  const concerns = (problem: Problem, { name }: FieldShape): boolean =>
    problem.table === table && problem.field === name && (problem.facts?.['child'] ?? 0) === child;
  return {
    table, title,
    fields: fields.map((field, at) => {
      const problems = [...left].filter((problem) => concerns(problem, field));
      for (const problem of problems) left.delete(problem);
      const value = values[at] ?? null;
      return { field: field.name, title: field.comment, required: field.required, value: plain ? value : masked(field, value), problems };
    }),
  };
}
