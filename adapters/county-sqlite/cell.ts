import type { Cell } from '../../src/record/change.ts';

/** Integers beyond 2^53 stay exact as text; bytes are read as UTF-8 with a replacement sign where they are none. */
export function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : null;
}
