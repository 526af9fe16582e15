import type { Cell, Row } from '../../src/record/change.ts';
import { wholeNumber } from './cells.ts';

/** A number as it was written, kept apart from texts until it is a cell. */
class Written {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A JSON text with its numbers as they are written: 9007199254740993 and 1.10 stay what they are. Throws a SyntaxError when it is none. */
export function exactJson(text: string): unknown {
  const revive = (_key: string, value: unknown, context?: { readonly source?: string }): unknown => (typeof value === 'number' ? new Written(context?.source ?? String(value)) : value);
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
}

/** A row from a JSON object; null when the text is no JSON object. */
export function rowOfJson(text: string): Row | null {
  try {
    return rowFrom(exactJson(text));
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}

/** A row from what `exactJson` has read; null when it is no object. */
export function rowFrom(value: unknown): Row | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Written) return null;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cellFrom(inner)]));
}

/** Whole numbers stay numbers while they are exact; decimals are the text written, truth is 1 or 0, objects and lists are JSON again. */
export function cellFrom(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Written) return /^-?\d+$/.test(value.text) ? wholeNumber(value.text) : value.text;
  return JSON.stringify(plainly(value));
}

function plainly(value: unknown): unknown {
  if (value instanceof Written) return Number.isSafeInteger(Number(value.text)) || !/^-?\d+$/.test(value.text) ? Number(value.text) : value.text;
  if (Array.isArray(value)) return value.map(plainly);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainly(inner)])) : value;
}
