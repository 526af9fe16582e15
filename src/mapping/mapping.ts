import type { Contract } from '../contract/contract.ts';
import type { Selection } from '../port/source.ts';
import type { PresentChange, Row } from '../record/change.ts';
import type { Need } from '../record/envelope.ts';
import type { Problem } from '../record/problem.ts';
import type { DatasetMapping, FieldName } from './dataset.ts';
import type { Place } from './place.ts';
import { draft, recordPlan, rowsOf, type Draft, type RecordPlan } from './record-plan.ts';
import { selectionOf } from './selection.ts';

/** What a county row means in the region: its records, or that the region must not have it. */
export type Translation =
  | { readonly state: 'gone' }
  | {
      readonly state: 'present';
      /** In the order in which the region must accept them. */
      readonly records: readonly Draft[];
      readonly problems: readonly Problem[];
      readonly identity: string | null;
      readonly need: Need | null;
    };

/** A dataset's mapping as functions. */
export interface Mapping {
  readonly dataset: string;
  readonly selection: Selection;
  readonly translate: (change: PresentChange) => Translation;
}

const gone: Translation = Object.freeze({ state: 'gone' });

/** Composes a mapping's functions once; throws where config would have reported a mistake before. */
export function compileMapping(mapping: DatasetMapping, contract: Contract): Mapping {
  const plans = mapping.records.map((record) => recordPlan(record, { contract, codes: mapping.codes, children: mapping.from.children }));
  const withdrawn = withdrawal(mapping);
  const identityOf = fieldOf(mapping.identity, contract);
  const needed = mapping.needs === null ? null : { dataset: mapping.needs.dataset, of: fieldOf(mapping.needs.identity, contract) };
  const translate = (change: PresentChange): Translation => {
    if (withdrawn(change.row)) return gone;
    const { records, problems } = drafts(plans, change, mapping);
    const need = needed === null ? null : needed.of(records);
    return { state: 'present', records, problems, identity: identityOf(records), need: needed === null || need === null ? null : { dataset: needed.dataset, identity: need } };
  };
  return { dataset: mapping.dataset, selection: selectionOf(mapping), translate };
}

/** Reads the department answerable for a row, also where the row cannot travel; null when nobody is named. */
export function departmentReader(mapping: DatasetMapping, contract: Contract): (change: PresentChange) => string | null {
  const { translate } = compileMapping(mapping, contract);
  const departmentOf = fieldOf(mapping.department ?? [], contract);
  return (change) => {
    const translation = translate(change);
    return translation.state === 'gone' ? null : departmentOf(translation.records);
  };
}

function drafts(plans: readonly RecordPlan[], change: PresentChange, mapping: DatasetMapping): { readonly records: readonly Draft[]; readonly problems: readonly Problem[] } {
  const place: Place = { row: change.row, change, problems: [], failed: false, missed: null };
  const missing = new Map<string, boolean>();
  const records: Draft[] = [];
  for (const plan of plans) {
    const rows = rowsOf(plan, place);
    for (let at = 0; at < rows.length; at += 1) {
      place.row = rows[at] ?? change.row;
      if (plan.fits !== null && !plan.fits(place)) continue;
      const before = place.problems.length;
      const made = draft(plan, place, missing);
      if (plan.each === null) records.push(made);
      else {
        records.push({ ...made, child: at + 1 });
        if (place.problems.length > before) nameChild(place.problems, before, at + 1);
      }
    }
  }
  for (const [lookup, refused] of missing) {
    if (change.ambiguous?.includes(lookup) === true) place.problems.push({ code: 'LOOKUP_AMBIGUOUS', severity: 'refuse', facts: { lookup } });
    else if (refused || pointsNowhere(lookup, change, mapping)) place.problems.push(lookupMissing(lookup, refused));
  }
  if (records.length === 0) place.problems.push({ code: 'NO_RECORD', severity: 'refuse', facts: { dataset: mapping.dataset } });
  return { records, problems: place.problems };
}

/** An empty pointer is nobody's fault; a pointer at a row that is not there should at least be looked at. */
function pointsNowhere(lookup: string, change: PresentChange, mapping: DatasetMapping): boolean {
  const by = mapping.from.lookups[lookup]?.by;
  return by !== undefined && (change.row[by] ?? '') !== '';
}

function lookupMissing(lookup: string, refused: boolean): Problem {
  return { code: 'LOOKUP_MISSING', severity: refused ? 'refuse' : 'warn', facts: { lookup } };
}

function nameChild(problems: Problem[], from: number, child: number): void {
  for (let at = from; at < problems.length; at += 1) {
    const problem = problems[at];
    if (problem !== undefined) problems[at] = { ...problem, facts: { ...problem.facts, child } };
  }
}

/** A row is withdrawn when `gone` says so, or when it is not among the published rows. */
function withdrawal({ from }: DatasetMapping): (row: Row) => boolean {
  const tests = (lists: Readonly<Record<string, readonly string[]>>): readonly ((row: Row) => boolean)[] =>
    Object.entries(lists).map(([column, values]) => {
      const known = new Set(values);
      return (row) => known.has(String(row[column] ?? ''));
    });
  const [published, taken] = [tests(from.where), tests(from.gone)];
  return (row) => (taken.length > 0 && taken.every((test) => test(row))) || !published.every((test) => test(row));
}

function fieldOf(names: readonly FieldName[], contract: Contract): (records: readonly Draft[]) => string | null {
  const places = names.map(({ table, field }) => ({ table, at: contract.shape(table).position.get(field) ?? -1 }));
  return (records) => {
    for (const { table, at } of places) {
      for (const record of records) {
        const value = record.table === table ? record.values[at] : null;
        if (value !== null && value !== undefined) return String(value);
      }
    }
    return null;
  };
}
