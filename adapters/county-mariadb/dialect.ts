import { fitsNumbers, listed, mostAsked, type Dialect } from '../county-sql/dialect.ts';
import { text } from '../county-sql/statements.ts';

const whole = /^(?:tiny|small|medium|big)?int|^integer|^decimal|^numeric/;

/** How MariaDB and MySQL write. They use the index of (time, key) for `or`, not for rows of values. */
export const dialect: Dialect = {
  quote,
  table: quote,
  value: () => '?',
  fits: fitsNumbers,
  given: (mark, type) => (whole.test(type) && /^-?\d+$/.test(String(mark)) ? BigInt(mark) : String(mark)),
  bound: (place) => place,
  asText: (column) => `cast(${column} as char)`,
  beginning: (column, type) => (/^(?:medium|long)(?:text|blob)|^json/.test(type) ? `left(${column}, ${mostAsked})` : column),
  limited: (select, limit) => `${text(select)} limit ${limit}`,
  rowValues: false,
  among: listed,
  mostAmong: 1000,
  moment: (type) => /^(?:datetime|timestamp)/.test(type),
};

function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
