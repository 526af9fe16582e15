import { compileContract } from '../contract/contract.ts';
import type { FieldData } from '../contract/data.ts';
import type { PresentChange, Row } from '../record/change.ts';
import { refuses, type Problem } from '../record/problem.ts';
import type { Selection } from '../port/source.ts';
import type { DatasetMapping } from './dataset.ts';
import type { DownMapping, DownRecord, PointedAt } from './down.ts';
import { compileMapping } from './mapping.ts';

/** A row of the county as the region would have it. */
export interface DownRow {
  readonly record: DownRecord;
  readonly key: Row;
  /** Every mapped column besides the key, as text or null. */
  readonly values: Readonly<Record<string, string | null>>;
}

/** What a record of the region means at the county, or why it cannot be entered there. */
export type DownTranslation = { readonly state: 'good'; readonly rows: readonly DownRow[]; readonly problems: readonly Problem[] } | { readonly state: 'bad'; readonly problems: readonly Problem[] };

/** A resource's mapping as functions. */
export interface DownTranslator {
  /** What is asked of the county before a record is translated. */
  readonly lookups: Selection['lookups'];
  readonly rows: readonly (PointedAt & { readonly name: string; readonly columns: readonly string[] })[];
  readonly translate: (record: Readonly<Record<string, unknown>>, found: Readonly<Record<string, readonly Row[]>>) => DownTranslation;
}

/** Composes the mapping of one resource, once; `key` is the field that names its records. A county's columns have no contract of ours: they are text, and the county's own rules judge them. */
export function compileDown(down: DownMapping, key: string): DownTranslator {
  const { resource, from } = down;
  const tables = Object.fromEntries(down.records.map(({ table, fields }) => [table, { title: table, fields: Object.keys(fields).map(columnData) }]));
  const contract = compileContract({ tables, dictionaries: {}, fields: {}, rules: [], text: { unit: 'characters', repertoire: 'unicode' }, control: [] });
  const mapping: DatasetMapping = {
    dataset: resource, title: down.title, source: '',
    from: {
      table: resource, key, where: {}, gone: {},
      lookups: { ...Object.fromEntries(from.objects.map((name) => [name, { table: resource, key, by: key }])), ...from.lookups },
      children: {
        ...Object.fromEntries(from.lists.map((name) => [name, { table: resource, parent: key, order: [] }])),
        ...Object.fromEntries(Object.entries(from.rows).map(([name, one]) => [name, { table: one.table, parent: one.key, order: [] }])),
      },
    },
    identity: [], needs: null, records: down.records, codes: down.codes,
  };
  const { translate, selection } = compileMapping(mapping, contract);
  const lookups = selection.lookups.filter(({ name }) => Object.hasOwn(from.lookups, name));
  const about = selection.children.flatMap(({ name, columns }) => (from.rows[name] === undefined ? [] : [{ ...from.rows[name], name, columns }]));
  return { lookups, rows: about, translate: (record, found) => {
    const change = changeOf(record, selection, key);
    const pointed = Object.entries(found).filter(([name]) => Object.hasOwn(from.lookups, name));
    const only = Object.fromEntries(pointed.map(([name, rows]) => [name, rows.length === 1 ? rows[0] : undefined]));
    const ambiguous = pointed.filter(([, rows]) => rows.length > 1).map(([name]) => name);
    const children = { ...change.children, ...Object.fromEntries(about.map(({ name }) => [name, found[name] ?? []])) };
    const translation = translate({ ...change, children, lookups: { ...change.lookups, ...only }, ...(ambiguous.length === 0 ? {} : { ambiguous }) });
    if (translation.state === 'gone') return { state: 'good', rows: [], problems: [] };
    const problems = translation.problems.filter((one) => one.code !== 'LOOKUP_MISSING' || one.severity === 'refuse');
    if (refuses(problems)) return { state: 'bad', problems };
    const rows: DownRow[] = [];
    for (const { table, values } of translation.records) {
      const plan = down.records.find((one) => one.table === table);
      const shape = contract.shape(table);
      if (plan === undefined) throw new Error(`no record of table ${table}`);
      const named = Object.fromEntries(Object.keys(plan.fields).map((column) => [column, textOf(values[shape.position.get(column) ?? -1])]));
      const unnamed = [...plan.key, ...plan.required].find((column) => named[column] === null);
      if (unnamed !== undefined) return { state: 'bad', problems: [...problems, { code: 'VALUE_MISSING', severity: 'refuse', table, field: unnamed }] };
      rows.push({
        record: plan,
        key: Object.fromEntries(plan.key.map((column) => [column, named[column] ?? ''])),
        values: Object.fromEntries(Object.entries(named).filter(([column]) => !plan.key.includes(column))),
      });
    }
    return { state: 'good', rows, problems };
  } };
}

function columnData(name: string): FieldData {
  return { name, type: 'varchar', length: null, nullable: true, comment: name };
}

function textOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** A record of the region as the mapping reads it: fields as columns, objects as lookups, lists as children; what is not there has no value. */
function changeOf(record: Readonly<Record<string, unknown>>, selection: Selection, key: string): PresentChange {
  const lookups = selection.lookups.map(({ name, columns }) => {
    const found = record[name];
    return [name, isRecord(found) ? rowOf(found, columns) : undefined] as const;
  });
  const children = selection.children.map(({ name, columns }) => {
    const found = record[name];
    return [name, Array.isArray(found) ? found.filter(isRecord).map((one) => rowOf(one, columns)) : []] as const;
  });
  return { state: 'present', key: String(record[key] ?? ''), row: rowOf(record, selection.columns), lookups: Object.fromEntries(lookups), children: Object.fromEntries(children) };
}

function rowOf(record: Readonly<Record<string, unknown>>, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, cellOf(record[column])]));
}

function cellOf(value: unknown): string | number | null {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'boolean' ? String(value) : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
