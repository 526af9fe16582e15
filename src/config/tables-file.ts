import { isScalar } from 'yaml';
import type { FieldData, TableData } from '../contract/data.ts';
import { block, must } from './read-block.ts';
import { list, named, oneOf, text, whole, yes, type Reader } from './read.ts';

type Tables = Readonly<Record<string, TableData>>;

/** 0 in the file's reading stands for null: a column of no length has none. */
const length: Reader<number> = (spot) => (isScalar(spot.node) && spot.node.value === null ? 0 : whole(1)(spot));

const field = block({
  name: must(text),
  type: must(oneOf('varchar', 'int', 'datetime')),
  length: must(length),
  nullable: must(yes),
  comment: must(text),
});

const tables = named(() => block({ title: must(text), fields: must(list(field)) }));

/** `tables.json` of a region profile, with the place of every mistake. */
export const tablesFile: Reader<Tables> = (spot) => {
  const found = tables(spot);
  if (found === undefined) return undefined;
  return Object.fromEntries(Object.entries(found).map(([name, table]) => [
    name,
    { title: table.title, fields: table.fields.map((one): FieldData => ({ ...one, length: one.length === 0 ? null : one.length })) },
  ]));
};

/** The same without places, fifty times faster; undefined when anything at all is not as it should be. */
export function tablesAtOnce(json: string): Tables | undefined {
  try {
    const found: unknown = JSON.parse(json);
    return isTables(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isTables(found: unknown): found is Tables {
  return isBlock(found) && Object.values(found).every((table) =>
    hasKeys(table, ['title', 'fields']) && typeof table['title'] === 'string' && Array.isArray(table['fields']) && table['fields'].length > 0 && table['fields'].every(isField));
}

function isField(one: unknown): one is FieldData {
  return hasKeys(one, ['name', 'type', 'length', 'nullable', 'comment'])
    && typeof one['name'] === 'string' && typeof one['comment'] === 'string' && typeof one['nullable'] === 'boolean'
    && (one['type'] === 'varchar' || one['type'] === 'int' || one['type'] === 'datetime')
    && (one['length'] === null || (typeof one['length'] === 'number' && Number.isInteger(one['length']) && one['length'] > 0));
}

function hasKeys(one: unknown, keys: readonly string[]): one is Readonly<Record<string, unknown>> {
  return isBlock(one) && Object.keys(one).length === keys.length && keys.every((key) => Object.hasOwn(one, key));
}

function isBlock(one: unknown): one is Readonly<Record<string, unknown>> {
  return typeof one === 'object' && one !== null && !Array.isArray(one);
}
