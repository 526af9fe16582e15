import { mostAsked, plain, type Dialect } from '../county-sql/dialect.ts';
import { text } from '../county-sql/statements.ts';
import { longestCell } from '../../src/record/change.ts';

/** SQLite's way of writing. A list of values is one value, so that a statement is prepared once whatever the page's length. */
export const dialect: Dialect = {
  quote,
  table: quote,
  value: () => '?',
  fits: () => true,
  given: (mark) => mark,
  bound: (place) => place,
  asText: (column) => `cast(${column} as text)`,
  beginning: (column) => `case when octet_length(${column}) > ${longestCell} then substr(${column}, 1, ${mostAsked}) else ${column} end`,
  limited: (select, limit) => `${text(select)} limit ${limit}`,
  rowValues: true,
  among: (column, marks, asking) => `${column} in (select value from json_each(${asking.raw(JSON.stringify(marks))}))`,
  mostAmong: 1_000_000,
  moment: () => false,
};

/** A name from a site's files, in quotes. */
export function quoted(name: string): string {
  return quote(plain(name));
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
