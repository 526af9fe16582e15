import type { TypeCastField } from 'mysql2';
import { floating, wholeNumber } from '../county-sql/cells.ts';
import type { Cell } from '../../src/record/change.ts';

/** One cell from the text the server sent: times as they stand, `0000-00-00` too, decimals as text, whole numbers exact. */
export function cellOf(field: TypeCastField): Cell {
  switch (field.type) {
    case 'BIT':
      return bits(field.buffer());
    case 'TINY': case 'SHORT': case 'LONG': case 'INT24': case 'LONGLONG': case 'YEAR':
      return read(field, wholeNumber);
    case 'FLOAT': case 'DOUBLE':
      return read(field, floating);
    default:
      return read(field, (text) => text);
  }
}

/** The connection speaks UTF-8, and so does every text in it; bytes are read the same. */
function read(field: TypeCastField, as: (text: string) => Cell): Cell {
  const bytes = field.buffer();
  return bytes === null ? null : as(bytes.toString('utf8'));
}

function bits(bytes: Buffer | null): Cell {
  if (bytes === null) return null;
  return wholeNumber(BigInt(`0x${bytes.toString('hex') || '0'}`).toString());
}
