import { bytesText, floating, wholeNumber } from '../county-sql/cells.ts';
import type { Cell } from '../../src/record/change.ts';

/** A value's text as the server sent it, made a cell by the type's number in `pg_type`. */
export function cellReader(oid: number): (text: string) => Cell {
  switch (oid) {
    case 16: // bool
      return (text) => (text === 't' ? 1 : 0);
    case 17: // bytea
      return (text) => bytesText(Buffer.from(text.slice(2), 'hex'));
    case 20: case 21: case 23: case 26: // int8, int2, int4, oid
      return wholeNumber;
    case 700: case 701: // float4, float8
      return floating;
    case 1042: // char(n): its padding means nothing
      return (text) => text.replace(/ +$/, '');
    case 1184: // timestamp with a zone, said in the session's
      return (text) => text.replace(/[+-]\d{2}(?::?\d{2})?(?::\d{2})?$/, '');
    default:
      return (text) => text;
  }
}
