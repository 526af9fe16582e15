import type { Problem } from '../record/problem.ts';
import type { ContractData } from './data.ts';
import { holds } from './repertoire.ts';
import type { TableShape, Value } from './table-shape.ts';

/** A record's values after replacement, with a warning for each field in which something was replaced. */
export interface Replaced {
  readonly values: readonly Value[];
  readonly problems: readonly Problem[];
}

/**
 * Replaces characters the region's columns cannot hold by the profile's declared table; never silently, and only where
 * such a character stands. Characters the table does not name stay, to be refused.
 */
export function characterReplacement({ text, replacements }: ContractData, shape: (table: string) => TableShape): (table: string, values: readonly Value[]) => Replaced | null {
  const partners = new Map(Object.entries(replacements ?? {}).filter(([character]) => !holds(text, character)));
  if (partners.size === 0) return () => null;
  return (table, values) => {
    const problems: Problem[] = [];
    const { fields } = shape(table);
    const written = values.map((value, at): Value => {
      if (typeof value !== 'string') return value;
      const { text: found, count } = replacedText(value, partners);
      if (count > 0) problems.push({ code: 'CHAR_REPLACED', severity: 'warn', table, field: fields[at]?.name ?? '', facts: { count } });
      return found;
    });
    return problems.length === 0 ? null : { values: written, problems };
  };
}

function replacedText(value: string, partners: ReadonlyMap<string, string>): { readonly text: string; readonly count: number } {
  let [text, count] = ['', 0];
  for (const character of value) {
    const partner = partners.get(character);
    text += partner ?? character;
    count += partner === undefined ? 0 : 1;
  }
  return { text, count };
}
