import type { CodeTable } from '../mapping/dataset.ts';
import { block, may, must } from './read-block.ts';
import { anyText, list, located, text, yes, type Reader } from './read.ts';
import type { Spot } from './spot.ts';

/** A code table, with the place of each entry's region value. */
export interface CodeFile {
  readonly table: CodeTable;
  readonly places: readonly Spot[];
}

/** The region value may be empty in a table of characters: the character is left out. */
const entry = block({ from: must(located(text)), county: must(text), to: must(located(anyText)), region: must(text), back: may(yes) });

const file = block({ table: must(text), title: must(text), version: must(text), entries: must(list(entry)) });

/** A file of `codes/`. */
export const codeFile: Reader<CodeFile> = (spot) => {
  const found = file(spot);
  if (found === undefined) return undefined;
  const met = new Set<string>();
  for (const { from } of found.entries) {
    if (met.has(from.value)) from.spot.mistake('NAME_TWICE', { name: from.value });
    met.add(from.value);
  }
  const entries = found.entries.map((one) => ({ from: one.from.value, to: one.to.value, county: one.county, region: one.region, ...(one.back === undefined ? {} : { back: one.back }) }));
  return { table: { ...found, entries }, places: found.entries.map((one) => one.to.spot) };
};
