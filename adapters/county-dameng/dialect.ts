import { fitsNumbers, listed, mostAsked, type Dialect } from '../county-sql/dialect.ts';
import { text } from '../county-sql/statements.ts';
import { textsIn } from '../county-sql/to-char.ts';

/** How 达梦 writes: much as Oracle does, with types of its own beside and a `limit`. */
export function dialectIn(zone: string): Dialect {
  return {
    quote,
    table: quote,
    value: () => '?',
    fits: fitsNumbers,
    given: (mark) => String(mark),
    bound: (place, type) => {
      if (/^(?:date|smalldatetime)$/i.test(type)) return `to_date(${place}, 'YYYY-MM-DD HH24:MI:SS')`;
      return /^(?:timestamp|datetime)/i.test(type) ? `cast(${place} as timestamp)` : /^(?:number|float|double|real|dec|numeric|int|bigint|smallint|tinyint|byte)/i.test(type) ? `to_number(${place})` : place;
    },
    asText: (column) => `rtrim(to_char(${column}))`,
    beginning: (column, type) => (/^(?:text|clob|longvarchar)$/i.test(type) ? `substr(${column}, 1, ${mostAsked})` : column),
    limited: (select, limit) => `${text(select)} limit ${limit}`,
    rowValues: false,
    among: listed,
    mostAmong: 500,
    texts: textsIn(zone),
    moment: (type) => /^(?:timestamp|datetime|smalldatetime)/i.test(type),
  };
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
