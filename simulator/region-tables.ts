import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A column of a region table, as `tables.json` tells it; `length` is in characters and absent for dates. */
export interface Field {
  readonly name: string;
  readonly type: 'varchar' | 'int' | 'datetime';
  readonly length: number | null;
  readonly nullable: boolean;
  readonly comment: string;
  /** The codes it may hold, when a dictionary is named for it. */
  readonly dictionary: Dictionary | null;
}

/** A code list; with a separator one field may hold several codes. */
export interface Dictionary {
  readonly title: string;
  readonly separator: string | null;
  readonly codes: ReadonlySet<string>;
}

/** A table of the region with its fields in the order of the public DDL, `row_guid` always among them. */
export interface RegionTable {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly Field[];
}

/** The control fields that close every record; everything else is business. */
export const controlFields: ReadonlySet<string> = new Set(['cd_operation', 'cd_time', 'cd_batch', 'data_source']);

interface RawField {
  readonly name: string;
  readonly type: Field['type'];
  readonly length: number | null;
  readonly nullable: boolean;
  readonly comment: string;
}
interface RawTables {
  readonly [table: string]: { readonly title: string; readonly fields: readonly RawField[] };
}
interface RawDictionaries {
  readonly dictionaries: {
    readonly [name: string]: { readonly title: string; readonly separator?: string; readonly entries: { readonly [code: string]: string } };
  };
  readonly fields: { readonly [field: string]: string };
}

/** The DDL of the licence and user tables leaves it out, yet every upward row carries it (the interface's control field). */
const rowGuid: RawField = { name: 'row_guid', type: 'varchar', length: 50, nullable: false, comment: '记录唯一标识' };

/** Reads the tables that travel upwards (`up_*`) from a profile's folder; throws when the files are not as expected. */
export function readRegionTables(profileDir: string): ReadonlyMap<string, RegionTable> {
  const raw = JSON.parse(readFileSync(join(profileDir, 'tables.json'), 'utf8')) as RawTables;
  const lists = parse(readFileSync(join(profileDir, 'dictionaries.yaml'), 'utf8')) as RawDictionaries;
  const dictionaries = new Map(Object.entries(lists.dictionaries).map(([name, { title, separator, entries }]) =>
    [name, { title, separator: separator ?? null, codes: new Set(Object.keys(entries)) } satisfies Dictionary]));
  const listed = (table: string, field: string): Dictionary | null => {
    const name = lists.fields[`${table}.${field}`] ?? lists.fields[field];
    if (name === undefined) return null;
    const dictionary = dictionaries.get(name);
    if (dictionary === undefined) throw new Error(`dictionaries.yaml: field ${field} names no such dictionary: ${name}`);
    return dictionary;
  };
  return new Map(Object.entries(raw).filter(([name]) => name.startsWith('up_')).map(([name, { title, fields }]) => {
    const columns = fields.some((field) => field.name === 'row_guid') ? fields : [rowGuid, ...fields];
    return [name, { name, title, fields: columns.map((field) => ({ ...field, dictionary: listed(name, field.name) })) }];
  }));
}
