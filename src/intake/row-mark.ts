import type { PresentChange, Row } from '../record/change.ts';
import { sm3 } from './seal.ts';

interface Shape {
  readonly row: readonly string[];
  readonly children: Readonly<Record<string, readonly string[]>>;
}

/**
 * What a record's own row and its children say, as a mark: equal exactly when they say the same. The time of change is left
 * out, because a row that is only touched says nothing new; so are looked-up rows, which others share.
 */
export function rowMark(change: PresentChange, timeColumn: string | undefined): string {
  const { row, children } = change;
  const shape: Shape = {
    row: Object.keys(row).filter((column) => column !== timeColumn).toSorted(),
    children: Object.fromEntries(Object.entries(children).map(([name, rows]) => [name, [...new Set(rows.flatMap(Object.keys))].toSorted()])),
  };
  return `${JSON.stringify(shape)}\t${digestOf(change, shape)}`;
}

/** Whether a row still says what it said when the mark was made; columns that were not read then do not count. */
export function saysTheSame(mark: string, change: PresentChange): boolean {
  const [shape = '', digest] = mark.split('\t');
  return digestOf(change, JSON.parse(shape) as Shape) === digest;
}

function digestOf({ row, children }: PresentChange, shape: Shape): string {
  const said = (of: Row, columns: readonly string[]): readonly unknown[] => columns.map((column) => of[column] ?? null);
  return sm3(JSON.stringify([said(row, shape.row), Object.entries(shape.children).map(([name, columns]) => [name, (children[name] ?? []).map((child) => said(child, columns))])]));
}
