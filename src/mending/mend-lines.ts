import type { Site } from '../config/site.ts';
import type { QualityStore, SetAside } from '../port/quality.ts';
import type { Cell, PresentChange } from '../record/change.ts';
import type { CellPlace } from '../record/correction.ts';
import type { Problem } from '../record/problem.ts';
import { rowMark } from '../intake/row-mark.ts';
import { sm3 } from '../intake/seal.ts';
import { corrigible, type Correctable } from './correctable.ts';
import { asidePages } from './groups.ts';
import type { Today } from './look-again.ts';
import type { Answerable, Selection } from './selection.ts';

/** One cell of one record that a problem comes from; a problem that no column feeds has a line without a cell. */
export interface MendLine {
  readonly one: SetAside;
  readonly department: string | null;
  readonly problem: Problem;
  readonly cell: { readonly place: CellPlace; readonly value: Cell; readonly correctable: Correctable } | null;
  /** Names record, cell and what the row said; empty where nothing can be corrected. */
  readonly token: string;
}

/** By what lines are made, and read back. */
export interface LineParts {
  readonly site: Pick<Site, 'datasets' | 'protectedFields'>;
  readonly store: Pick<QualityStore, 'setAside'>;
  readonly answerable: Answerable;
  readonly todayOf: (dataset: string) => Today | undefined;
}

/** What must be mended of the records meant, cell by cell, in the order of keeping; a problem that comes from several cells has a line for each. */
export async function* mendLines(parts: LineParts, selection: Selection): AsyncGenerator<MendLine> {
  for await (const page of asidePages(parts.store, { selection, answerable: parts.answerable })) {
    for (const one of page) {
      const row = await rowOf(one, parts.todayOf(one.dataset));
      for (const problem of one.problems) if (problem.severity === 'refuse') yield* linesOf(parts, { one, row, problem });
    }
  }
}

/** The row a record was made from: kept with it, or read again at the county; null where neither can be had. */
export async function rowOf(one: SetAside, today: Today | undefined): Promise<PresentChange | null> {
  const change = one.change ?? await today?.readAgain(one.key).catch(() => null) ?? null;
  return change?.state === 'present' ? change : null;
}

/** Of which row a token speaks; short, because people see it in a column of their sheet. */
export function rowName(row: PresentChange, timeColumn: string | undefined): string {
  return sm3(rowMark(row, timeColumn)).slice(0, 10);
}

function* linesOf({ site, answerable }: LineParts, about: { readonly one: SetAside; readonly row: PresentChange | null; readonly problem: Problem }): Generator<MendLine> {
  const { one, row, problem } = about;
  const base = { one, problem, department: answerable(one) };
  const mapping = site.datasets.find(({ dataset }) => dataset === one.dataset);
  const causes = mapping === undefined || row === null ? [] : corrigible(mapping, site.protectedFields).causesOf(problem);
  if (row === null || causes.length === 0) yield { ...base, cell: null, token: '' };
  else {
    for (const { place, correctable } of causes) {
      const value = cellAt(row, place);
      const token = correctable === 'yes' ? tokenOf(one.seq, place, rowName(row, mapping?.from.time)) : '';
      yield { ...base, token, cell: { place, value, correctable } };
    }
  }
}

/** What the row says there; a looked-up cell is named `lookup.column`. */
export function cellAt(row: PresentChange, { child, at, column }: CellPlace): Cell {
  if (child !== '') return row.children[child]?.[at]?.[column] ?? null;
  const dot = column.indexOf('.');
  return row.row[column] ?? (dot < 0 ? null : row.lookups[column.slice(0, dot)]?.[column.slice(dot + 1)] ?? null);
}

function tokenOf(seq: number, { child, at, column }: CellPlace, row: string): string {
  return [seq, child, at, column, row].join('|');
}

/** What a token says; null when it is none. */
export function readToken(token: string): { readonly seq: number; readonly place: CellPlace; readonly row: string } | null {
  const parts = token.trim().split('|');
  const [seq = '', child = '', at = '', column = '', row = ''] = parts;
  if (parts.length !== 5 || !/^[1-9]\d{0,15}$/.test(seq) || !/^\d{1,6}$/.test(at) || column === '' || row === '') return null;
  return { seq: Number(seq), place: { child, at: Number(at), column }, row };
}
