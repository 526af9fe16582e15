import type { Row } from '../../src/record/change.ts';

/** What the rows of one page, with all that belongs to them, should weigh at most, in UTF-16 units. */
const heaviestPage = 16_000_000;

/** Rows of the first page of a table that nobody has weighed yet. */
const firstRows = 500;

/** How many rows the next page of a table may have: few at first, then as many as weigh no more than a page should, and never more than four times the last. */
export class PageRows {
  readonly #next = new Map<string, number>();

  of(table: string, most: number): number {
    return Math.min(most, this.#next.get(table) ?? firstRows);
  }

  /** `rows` of a page weighed so much. */
  learn(table: string, rows: number, weight: number): void {
    if (rows === 0) return;
    const bearable = Math.floor(heaviestPage * rows / Math.max(weight, 1));
    this.#next.set(table, Math.max(1, Math.min(bearable, Math.max(rows * 4, firstRows))));
  }
}

/** UTF-16 units of all texts in the rows of one answer. */
export function weightOf(rows: readonly Row[]): number {
  let weight = 0;
  for (const column of Object.keys(rows[0] ?? {})) {
    for (const row of rows) {
      const cell = row[column];
      if (typeof cell === 'string') weight += cell.length;
    }
  }
  return weight;
}
