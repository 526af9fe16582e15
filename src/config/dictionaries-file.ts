import type { DictionaryData, TableData } from '../contract/data.ts';
import { nearest } from './nearest.ts';
import { keysAt, pairsAt, textAt } from './peek.ts';
import { block, may, must } from './read-block.ts';
import { named, text, type Reader } from './read.ts';
import type { Spot } from './spot.ts';

/** What `dictionaries.yaml` holds: code lists, and which field uses which. */
export interface Dictionaries {
  readonly dictionaries: Readonly<Record<string, DictionaryData>>;
  readonly fields: Readonly<Record<string, string>>;
}

const dictionary = block({ title: must(text), source: must(text), separator: may(text), entries: must(named(() => text)) });

/** `dictionaries.yaml` of a region profile; a field or list that nothing knows is a mistake. */
export function dictionariesFile(tables: Readonly<Record<string, TableData>> | undefined): Reader<Dictionaries> {
  return (spot) => {
    const known = keysAt(spot, 'dictionaries');
    return block({ dictionaries: must(named(() => dictionary)), fields: must(fieldsUsing(known, tables)) })(spot);
  };
}

/** The lists that can be used although others of the file have mistakes, which have been noted: other files are held against them. */
export function dictionariesGlimpsed(spot: Spot): Dictionaries {
  const dictionaries = pairsAt(spot, 'dictionaries').flatMap(({ name, value }) => {
    const found = dictionary(value.quietly());
    return found === undefined ? [] : [[name, found] as const];
  });
  const fields = pairsAt(spot, 'fields').flatMap(({ name, value }) => {
    const list = textAt(value);
    return list === undefined || !dictionaries.some(([known]) => known === list) ? [] : [[name, list] as const];
  });
  return { dictionaries: Object.fromEntries(dictionaries), fields: Object.fromEntries(fields) };
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
