import type { FieldShape } from '../contract/table-shape.ts';
import type { CodeFile } from './code-file.ts';
import type { Aim, Known } from './known.ts';
import { nearest } from './nearest.ts';
import { text, type Reader } from './read.ts';
import type { Spot } from './spot.ts';

/** Reads the name of a code table; every region value in it must be in the dictionary of the field it goes to. */
export function checkCodes({ field, known }: Aim): Reader<string> {
  return (spot) => {
    const found = tableNamed(spot, known);
    if (found !== undefined && found !== null && field !== undefined) checkEntries(found, field);
    return found === undefined ? undefined : text(spot);
  };
}

/** Reads the name of a table of characters: one character each in `from`. */
export function checkCharacters({ known }: Aim): Reader<string> {
  return (spot) => {
    const found = tableNamed(spot, known);
    for (const [at, entry] of found?.table.entries.entries() ?? []) {
      if ([...entry.from].length !== 1) mistakeOnce(found?.places[at], 'ONE_CHARACTER', { text: entry.from });
    }
    return found === undefined ? undefined : text(spot);
  };
}

/** Null when the name may belong to a file that could not be read. */
function tableNamed(spot: Spot, known: Known): CodeFile | null | undefined {
  const name = text(spot);
  if (name === undefined) return undefined;
  const found = known.codes.get(name);
  if (found !== undefined) return found;
  return known.codesUnread ? null : spot.mistake('CODE_TABLE_UNKNOWN', { table: name, near: nearest(name, known.codes.keys()) });
}

function checkEntries({ table, places }: CodeFile, { name, dictionary }: FieldShape): void {
  if (dictionary === null) return;
  const known = Object.keys(dictionary.entries);
  for (const [at, { to }] of table.entries.entries()) {
    const parts = dictionary.separator === undefined ? [to] : to.split(dictionary.separator);
    const stranger = parts.find((part) => !known.includes(part));
    if (stranger !== undefined) mistakeOnce(places[at], 'CODE_NOT_IN_DICTIONARY', { value: stranger, dictionary: dictionary.name, field: name, near: nearest(stranger, known) });
  }
}

/** A table is checked for every field that uses it; the same mistake is told once. */
function mistakeOnce(spot: Spot | undefined, code: string, facts: Readonly<Record<string, string | number>>): void {
  if (spot?.noted(code) === false) spot.mistake(code, facts);
}
