import type { DatasetMapping } from '../mapping/dataset.ts';
import type { PresentChange } from '../record/change.ts';
import { exampleInput, presentChange } from './example-input.ts';
import { inReadingOrder, type Mistake } from './mistake.ts';
import { block, may } from './read-block.ts';
import { text } from './read.ts';
import { openSheet } from './spot.ts';

/**
 * A county row written by hand, as JSON or YAML, with the keys of an example: `row`, `children`, `lookups`; columns that
 * are not written are empty. Mistakes are told as those of a site's file are.
 */
export function rowFile(written: string, about: { readonly file: string; readonly mapping: DatasetMapping }): { readonly change: PresentChange } | { readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const root = openSheet(written, { file: about.file, mistakes });
  const found = root === undefined ? undefined : block({ dataset: may(text), title: may(text), ...exampleInput(about.mapping) })(root);
  if (found === undefined || mistakes.length > 0) return { mistakes: inReadingOrder(mistakes) };
  const { row = {}, children = {}, lookups = {} } = found;
  return { change: presentChange(about.mapping, { row, children, lookups }) };
}
