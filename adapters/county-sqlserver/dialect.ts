import { floating, wholeNumber } from '../county-sql/cells.ts';
import { fitsNumbers, listed, mostAsked, type Dialect } from '../county-sql/dialect.ts';
import { text } from '../county-sql/statements.ts';
import type { Cell } from '../../src/record/change.ts';

/** How SQL Server writes. `schema`: where the tables are; `zone`: how times with a zone are said. */
export function dialectIn(schema: string, zone: string): Dialect {
  return {
    quote,
    table: (name) => `${quote(schema)}.${quote(name)}`,
    value: (n) => `@p${n}`,
    fits: fitsNumbers,
    given: (mark) => String(mark),
    bound: (place, type) => boundTo(place, type.toLowerCase(), zone),
    asText: (column) => `rtrim(convert(nvarchar(4000), ${column}))`,
    beginning: (column, type) => beginningOf(column, type.toLowerCase()),
    limited: (select, limit) => text(select).replace('select ', `select top (${limit}) `),
    rowValues: false,
    among: listed,
    mostAmong: 1000,
    texts: { shown: (column, type) => shown(column, type.toLowerCase(), zone), cell: (cell, type) => read(cell, type.toLowerCase()) },
    moment: (type) => /^(?:small)?datetime/i.test(type),
  };
}

/** Each value as the column's own type: held against another one, the server would turn every row's column instead, and the index would be of no use. */
function boundTo(place: string, type: string, zone: string): string {
  switch (type) {
    case 'datetime': case 'smalldatetime': return `convert(${type}, ${place}, 121)`;
    case 'datetime2': return `convert(datetime2(7), ${place}, 121)`;
    case 'datetimeoffset': return `todatetimeoffset(convert(datetime2(7), ${place}, 121), '${zone}')`;
    case 'date': return `convert(date, ${place}, 23)`;
    case 'varchar': case 'char': return `convert(varchar(8000), ${place})`;
    case 'uniqueidentifier': return `convert(uniqueidentifier, ${place})`;
    case 'tinyint': case 'smallint': case 'int': case 'bigint': return `convert(bigint, ${place})`;
    case 'decimal': case 'numeric': return `convert(decimal(38, 10), ${place})`;
    default: return place;
  }
}

function shown(column: string, type: string, zone: string): string {
  switch (type) {
    case 'datetime': return `convert(varchar(23), ${column}, 121)`;
    case 'smalldatetime': return `convert(varchar(19), ${column}, 120)`;
    case 'datetime2': return `convert(varchar(27), ${column}, 121)`;
    case 'datetimeoffset': return `convert(varchar(27), convert(datetime2(7), switchoffset(${column}, '${zone}')), 121)`;
    case 'date': return `convert(varchar(10), ${column}, 23)`;
    case 'time': return `convert(varchar(16), ${column}, 114)`;
    case 'float': case 'real': return `convert(varchar(40), ${column}, 3)`;
    case 'money': case 'smallmoney': return `convert(varchar(40), ${column}, 2)`;
    case 'tinyint': case 'smallint': case 'int': case 'bigint': case 'decimal': case 'numeric': case 'bit': case 'uniqueidentifier': return `convert(varchar(41), ${column})`;
    case 'char': case 'nchar': return `rtrim(${column})`;
    case 'text': case 'ntext': case 'xml': return `convert(nvarchar(max), ${column})`;
    default: return column;
  }
}

function beginningOf(column: string, type: string): string {
  switch (type) {
    case 'varchar': case 'nvarchar': case 'text': case 'ntext': case 'xml': return `left(${column}, ${mostAsked})`;
    case 'varbinary': case 'image': return `substring(${column}, 1, ${mostAsked})`;
    default: return column;
  }
}

function read(cell: Cell, type: string): Cell {
  if (typeof cell !== 'string') return cell;
  switch (type) {
    case 'tinyint': case 'smallint': case 'int': case 'bigint': case 'bit': return wholeNumber(cell);
    case 'float': case 'real': return floating(cell);
    case 'datetime': case 'datetime2': case 'datetimeoffset': return cell.replace(/\.0+$/, '');
    default: return cell;
  }
}

function quote(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}
