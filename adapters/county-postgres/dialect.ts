import { fitsNumbers, mostAsked, type Dialect } from '../county-sql/dialect.ts';
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
  beginning: beginningOf,
  limited: (select, limit) => `${text(select)} limit ${limit}`,
  rowValues: true,
  among: (column, marks, asking, type) => `${column} = any(${asking.raw(marks.map(String))}${/^(?:small|big)?int/.test(type) ? '::bigint[]' : ''})`,
  mostAmong: 10_000,
  moment: (type) => type.startsWith('timestamp'),
};

function beginningOf(column: string, type: string): string {
  const length = /^character varying\((\d+)\)$/.exec(type)?.[1];
  if (type === 'text' || type === 'character varying' || Number(length) >= mostAsked) return `left(${column}, ${mostAsked})`;
  if (type === 'json' || type === 'jsonb' || type === 'xml' || type.endsWith('[]')) return `left(${column}::text, ${mostAsked})`;
  return type === 'bytea' ? `substring(${column} from 1 for ${mostAsked})` : column;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
