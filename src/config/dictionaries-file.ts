import type { DictionaryData, TableData } from '../contract/data.ts';
import { nearest } from './nearest.ts';
import { block, may, must } from './read-block.ts';
import { entriesOf, named, text, type Reader } from './read.ts';

/** What `dictionaries.yaml` holds: code lists, and which field uses which. */
export interface Dictionaries {
  readonly dictionaries: Readonly<Record<string, DictionaryData>>;
  readonly fields: Readonly<Record<string, string>>;
}

const dictionary = block({ title: must(text), source: must(text), separator: may(text), entries: must(named(() => text)) });

/** `dictionaries.yaml` of a region profile; a field or list that nothing knows is a mistake. */
export function dictionariesFile(tables: Readonly<Record<string, TableData>> | undefined): Reader<Dictionaries> {
  return (spot) => {
    const entries = entriesOf(spot) ?? [];
    const lists = entries.find((entry) => entry.name === 'dictionaries')?.value;
    const known = (lists === undefined ? undefined : entriesOf(lists))?.map((entry) => entry.name) ?? [];
    return block({ dictionaries: must(named(() => dictionary)), fields: must(fieldsUsing(known, tables)) })(spot);
  };
}

function fieldsUsing(known: readonly string[], tables: Readonly<Record<string, TableData>> | undefined): Reader<Readonly<Record<string, string>>> {
  const names = tables === undefined ? undefined : fieldNames(tables);
  return named((name, key) => (spot) => {
    const found = text(spot);
    if (names !== undefined && !names.has(name)) key.mistake('FIELD_UNKNOWN', { field: name, near: nearest(name, names) });
    if (found !== undefined && !known.includes(found)) return spot.mistake('DICTIONARY_UNKNOWN', { dictionary: found, near: nearest(found, known) });
    return found;
  });
}

/** `field` and `table.field`. */
function fieldNames(tables: Readonly<Record<string, TableData>>): ReadonlySet<string> {
  return new Set(Object.entries(tables).flatMap(([table, { fields }]) => fields.flatMap(({ name }) => [name, `${table}.${name}`])));
}
