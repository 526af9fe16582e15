import type { Cell, Row } from '../../src/record/change.ts';

/** A row from the names and cells of an answer. Put together here, because objects that drivers make are slower to make and to read. */
export function rowOf(names: readonly string[], cells: readonly Cell[]): Row {
  const row: Record<string, Cell> = {};
  for (let at = 0; at < names.length; at += 1) row[names[at] ?? ''] = cells[at] ?? null;
  return row;
}

/** A whole number as a number where that is exact, else as the text it was. */
export function wholeNumber(text: string): Cell {
  const value = Number(text);
  return Number.isSafeInteger(value) && String(value) === text ? value : text;
}

/** A floating number as the engine wrote it: `NaN` and `Infinity` stay text. */
export function floating(text: string): Cell {
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}

/** Bytes read as UTF-8, with a replacement sign where they are none. */
export function bytesText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
