import { longestCell, type Cell } from '../../src/record/change.ts';
import type { Mark } from './position.ts';

const identifier = /^[\p{L}_][\p{L}\p{N}_$#]{0,127}$/u;

/** Names come from site files: only plain identifiers are let through, whatever the engine's quotes. */
export function plain(name: string): string {
  if (!identifier.test(name)) throw new Error(`not an identifier: ${JSON.stringify(name)}`);
  return name;
}

/** A statement with its values. */
export interface Question {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** The parts of a select that engines put together differently. */
export interface Select {
  readonly columns: string;
  readonly from: string;
  readonly where?: string;
  readonly order?: string;
}

/** How one engine writes what all of them can be asked. */
export interface Dialect {
  /** A name in the engine's quotes, whatever signs are in it. */
  readonly quote: (name: string) => string;
  /** A table with where it is. */
  readonly table: (name: string) => string;
  /** The place of the n-th value, from 1. */
  readonly value: (n: number) => string;
  /** Whether a column of this declared type can hold the value at all; asked for another, a strict engine would fail. */
  readonly fits: (mark: Mark, type: string) => boolean;
  /** A value as the driver takes it, for a column of this declared type. */
  readonly given: (mark: Mark, type: string) => unknown;
  /** A value's place, turned into the column's type where the engine does not do so exactly by itself. */
  readonly bound: (place: string, type: string) => string;
  /** A column as text, to be held against the texts of a mapping. */
  readonly asText: (column: string, type: string) => string;
  /** What is asked for of a column: its value, or of one that is longer than is read only the beginning, a character more than that. */
  readonly beginning: (column: string, type: string) => string;
  /** The select, cut after so many rows of its order. */
  readonly limited: (select: Select, limit: number) => string;
  /** Whether a row of columns can be held against a row of values, and the index is used for it. */
  readonly rowValues: boolean;
  /** `column` is one of these. */
  readonly among: (column: string, marks: readonly Mark[], asking: Asking, type: string) => string;
  /** Most values of one `among`. */
  readonly mostAmong: number;
  /** For drivers that would make their own values of what the server has: columns asked for as text, and the text read. */
  readonly texts?: ColumnTexts;
  /** Whether a column of this type holds times without a zone. */
  readonly moment: (type: string) => boolean;
}

/** Characters asked for of a column that may hold more than is read: so many, and it is too long. */
export const mostAsked = longestCell + 1;

/** How columns come as the text the server writes, whatever the driver would have made of them. */
export interface ColumnTexts {
  readonly shown: (column: string, type: string) => string;
  readonly cell: (cell: Cell, type: string) => Cell;
}

/** Collects a statement's values while its text is written. */
export class Asking {
  readonly values: unknown[] = [];
  readonly #dialect: Dialect;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** The place of one more value, to be compared with a column of this type. */
  value(mark: Mark, type: string): string {
    this.values.push(this.#dialect.given(mark, type));
    return this.#dialect.bound(this.#dialect.value(this.values.length), type);
  }

  /** The place of one more value, handed on as it is. */
  raw(value: unknown): string {
    this.values.push(value);
    return this.#dialect.value(this.values.length);
  }
}

/** `column in (?, ?, …)`. */
export function listed(column: string, marks: readonly Mark[], asking: Asking, type: string): string {
  return `${column} in (${marks.map((mark) => asking.value(mark, type)).join(', ')})`;
}

const integers = /^(?:tiny|small|medium|big)?int(?!erval)|^(?:small|big)?serial|^year/i;
const decimals = /^(?:decimal|numeric|number|dec|float|double|real|money|smallmoney|binary_)/i;

/** For engines whose columns hold what they declare: numbers take numbers, of no more digits than a big integer has. */
export function fitsNumbers(mark: Mark, type: string): boolean {
  if (integers.test(type)) return /^-?\d{1,18}$/.test(String(mark)) || /^-?[1-8]\d{18}$/.test(String(mark));
  return !decimals.test(type) || /^-?\d{1,38}(?:\.\d{1,38})?$/.test(String(mark));
}
