import { fitsNumbers, listed, mostAsked, type Dialect } from '../county-sql/dialect.ts';
import { text } from '../county-sql/statements.ts';
import { textsIn } from '../county-sql/to-char.ts';

/** How Oracle writes, 11g too: it has no `limit`, so a page is cut from outside by ROWNUM, and no rows of values to compare with. */
export function dialectIn(zone: string): Dialect {
  return {
    quote,
    table: quote,
    value: (n) => `:${n}`,
    fits: fitsNumbers,
    given: (mark, type) => (/^timestamp/i.test(type) && !String(mark).includes('.') ? `${String(mark)}.0` : String(mark)),
    bound,
    asText: (column) => `rtrim(to_char(${column}))`,
    beginning: (column, type) => (/^n?clob$/i.test(type) ? `substr(${column}, 1, ${mostAsked})` : column),
    limited: (select, limit) => `select * from (${text(select)}) where rownum <= ${limit}`,
    rowValues: false,
    among: listed,
    mostAmong: 1000,
    texts: textsIn(zone),
    moment: (type) => /^(?:date$|timestamp)/i.test(type),
  };
}

/** Said in so many words: what a session takes for a date is a setting of the server. */
function bound(place: string, type: string): string {
  if (/^date$/i.test(type)) return `to_date(${place}, 'YYYY-MM-DD HH24:MI:SS')`;
  if (/^timestamp/i.test(type)) return `to_timestamp(${place}, 'YYYY-MM-DD HH24:MI:SS.FF')`;
  return /^(?:number|float|binary_)/i.test(type) ? `to_number(${place})` : place;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
