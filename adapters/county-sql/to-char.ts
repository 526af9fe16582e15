import { wholeNumber } from './cells.ts';
import type { ColumnTexts } from './dialect.ts';
import type { Cell } from '../../src/record/change.ts';

const seconds = `'YYYY-MM-DD HH24:MI:SS'`;
const fractions = `'YYYY-MM-DD HH24:MI:SS.FF'`;
const numbers = /^(?:number|float|binary_float|binary_double|integer|int|bigint|smallint|tinyint|byte|decimal|dec|numeric|double|real)/i;

/** Oracle and 达梦 write their own values as text: dates have a time, numbers a point, padding means nothing. `zone`: how times with a zone are said. */
export function textsIn(zone: string): ColumnTexts {
  return {
    shown: (column, type) => {
      if (/^(?:date|smalldatetime)$/i.test(type)) return `to_char(${column}, ${seconds})`;
      if (/^timestamp.*with(?: local)? time zone/i.test(type)) return `to_char(${column} at time zone '${zone}', ${fractions})`;
      if (/^(?:timestamp|datetime)/i.test(type)) return `to_char(${column}, ${fractions})`;
      if (/^(?:char|nchar|character)\b/i.test(type)) return `rtrim(${column})`;
      if (numbers.test(type)) return `to_char(${column})`;
      return column;
    },
    cell: (cell, type) => (typeof cell === 'string' ? read(cell, type) : cell),
  };
}

function read(text: string, type: string): Cell {
  if (numbers.test(type)) return wholeNumber(text.trim().replace(/^(-?)\./, '$10.'));
  return /^(?:timestamp|datetime)/i.test(type) ? text.replace(/\.0+$/, '').replace(/(\.\d*?)0+$/, '$1') : text;
}
