import type { Cell, PresentChange, Row } from '../record/change.ts';
import { Failure } from '../record/failure.ts';
import type { Problem } from '../record/problem.ts';
import type { ColumnPlace } from './dataset.ts';
import { endingColumn } from './pair-rows.ts';

/** Where a field is being read just now, and what went wrong on the way; one is made per change and moved from row to row. */
export interface Place {
  row: Row;
  readonly change: PresentChange;
  readonly problems: Problem[];
  /** Set when a problem was found with the field being read, so that its absence is not told a second time. */
  failed: boolean;
  /** Name of a looked-up row that the field being read asked for and the county does not have. */
  missed: string | null;
}

/** Reads one cell; null is no value: SQL NULL, empty text, white space alone, or the word NULL. */
export type Read = (place: Place) => string | null;

/** The column as a function; throws when the source did not give the column, because then nothing it says can be relied on. */
export function columnReader(column: ColumnPlace): Read {
  const { column: name, lookup } = column;
  switch (column.of) {
    case 'row':
      return (place) => cellText(place.row[name], name);
    case 'ending':
      return (place) => cellText(place.row[endingColumn(name)], name);
    case 'main':
      return (place) => cellText(place.change.row[name], name);
    case 'lookup':
      return (place) => {
        const row = place.change.lookups[lookup];
        if (row !== undefined) return cellText(row[name], name);
        place.missed = lookup;
        return null;
      };
  }
}

/** The text of a cell, or null when it holds no value. */
export function cellText(cell: Cell | undefined, column: string): string | null {
  if (cell === null) return null;
  if (cell === undefined) throw new Failure('COLUMN_ABSENT', { column });
  const text = typeof cell === 'string' ? cell : String(cell);
  return noValue(text) ? null : text;
}

function noValue(text: string): boolean {
  const length = text.length;
  if (length === 0) return true;
  const first = text.charCodeAt(0);
  if (first > 0x20 && first < 0x7f && first !== 78 && first !== 110) return false;
  if (first >= 0x4e00 && first < 0xa000) return false;
  const trimmed = text.trim();
  return trimmed === '' || trimmed === 'NULL' || trimmed === 'null';
}
