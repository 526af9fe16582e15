import type { ContractData } from '../contract/data.ts';
import type { DatasetMapping, FieldMapping } from '../mapping/dataset.ts';
import type { IssuedRecord } from './issued-text.ts';

/** A code list as the region issued it. */
export interface IssuedDictionary {
  readonly name: string;
  readonly version: string;
  readonly entries: Readonly<Record<string, string>>;
}

/** What taking a new code list would do, before it is taken. */
export interface DictionaryEffect {
  readonly name: string;
  readonly version: string;
  /** False: the profile has no list of this name, so nothing uses it. */
  readonly known: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: readonly { readonly code: string; readonly before: string; readonly after: string }[];
  /** Entries of the county's code tables whose region code would be gone: such records would be refused. */
  readonly broken: readonly { readonly dataset: string; readonly field: string; readonly table: string; readonly from: string; readonly to: string }[];
}

/** Reads an issued list; null when it is none. */
export function dictionaryIn(record: IssuedRecord | null): IssuedDictionary | null {
  const { dictionary, version, entries } = record ?? {};
  if (typeof dictionary !== 'string' || typeof entries !== 'object' || entries === null || Array.isArray(entries)) return null;
  const pairs = Object.entries(entries);
  if (pairs.length === 0 || !pairs.every(([, label]) => typeof label === 'string' && label !== '')) return null;
  return { name: dictionary, version: typeof version === 'string' ? version : '', entries: Object.fromEntries(pairs) as Readonly<Record<string, string>> };
}

/** Holds a new list against the one in use and against every mapping that goes to a field of it. */
export function effectOf(issued: IssuedDictionary, contract: ContractData, datasets: readonly DatasetMapping[]): DictionaryEffect {
  const { name, version, entries } = issued;
  const before = Object.hasOwn(contract.dictionaries, name) ? contract.dictionaries[name] : undefined;
  const old = before?.entries ?? {};
  const removed = Object.keys(old).filter((code) => !Object.hasOwn(entries, code));
  return {
    name, version, known: before !== undefined, removed,
    added: Object.keys(entries).filter((code) => !Object.hasOwn(old, code)),
    renamed: Object.entries(entries).flatMap(([code, after]) => (Object.hasOwn(old, code) && old[code] !== after ? [{ code, before: old[code] ?? '', after }] : [])),
    broken: datasets.flatMap((dataset) => dataset.records.flatMap(({ table, fields }) => Object.entries(fields)
      .filter(([field]) => dictionaryOf(contract, table, field) === name)
      .flatMap(([field, mapping]) => codesOf(mapping).flatMap((codes) => (dataset.codes[codes]?.entries ?? [])
        .filter(({ to }) => (before?.separator === undefined ? [to] : to.split(before.separator)).some((code) => removed.includes(code)))
        .map(({ from, to }) => ({ dataset: dataset.dataset, field: `${table}.${field}`, table: codes, from, to })))))),
  };
}

/** The code list a field of the region's table must keep to. */
export function dictionaryOf({ fields }: Pick<ContractData, 'fields'>, table: string, field: string): string | undefined {
  return fields[`${table}.${field}`] ?? fields[field];
}

function codesOf({ origin, steps }: FieldMapping): readonly string[] {
  const inner = origin.kind === 'join' || origin.kind === 'first' ? origin.parts.flatMap(codesOf) : [];
  return steps.code === undefined ? inner : [steps.code, ...inner];
}
