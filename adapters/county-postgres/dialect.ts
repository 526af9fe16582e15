import { fitsNumbers, type Dialect } from '../county-sql/dialect.ts';
import { text } from '../county-sql/statements.ts';

/** How PostgreSQL writes; it takes the type of a value from the column it is held against. */
export const dialect: Dialect = {
  quote,
  table: quote,
  value: (n) => `$${n}`,
  fits: fitsNumbers,
  given: (mark) => String(mark),
  bound: (place) => place,
  asText: (column, type) => (type === 'boolean' ? `${column}::int::text` : `${column}::text`),
  limited: (select, limit) => `${text(select)} limit ${limit}`,
  rowValues: true,
  among: (column, marks, asking, type) => `${column} = any(${asking.raw(marks.map(String))}${/^(?:small|big)?int/.test(type) ? '::bigint[]' : ''})`,
  mostAmong: 10_000,
  moment: (type) => type.startsWith('timestamp'),
};

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
