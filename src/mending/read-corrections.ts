import { rowMark } from '../intake/row-mark.ts';
import type { SetAside } from '../port/quality.ts';
import type { PresentChange } from '../record/change.ts';
import type { CellPlace, Correction } from '../record/correction.ts';
import { corrigible } from './correctable.ts';
import { asidePages } from './groups.ts';
import { cellAt, readToken, rowName, rowOf, type LineParts } from './mend-lines.ts';

/** One line of a sheet that came back, with the row it stands in. */
export interface ReturnedLine {
  readonly line: number;
  readonly token: string;
  /** As typed; `unfit` when the spreadsheet has made something of it that is no text: a formula, a date, a rounded number. */
  readonly value: string;
  readonly unfit: boolean;
  readonly why: string;
}

/** Something wrong with a line; nothing of a sheet is taken before all of it is right. */
export interface LineMistake {
  readonly line: number;
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What a sheet that came back says. */
export interface Returned {
  readonly corrections: readonly Correction[];
  /** Numbers of the records they concern. */
  readonly numbers: readonly number[];
  readonly mistakes: readonly LineMistake[];
}

/** One value for so many empty cells of a column is no correction but a default, and belongs into the mapping with its reason. */
const fewEnough = 2;

/**
 * Reads corrections by person `who`. Lines without a new value are passed over. A correction is made for the row as it was
 * exported: when the county has said something else since, or the record has left quarantine, the line is a mistake. Time
 * limits and what else the profile protects cannot be corrected, nor what says which record it is.
 */
export async function readCorrections(parts: LineParts, lines: readonly ReturnedLine[], by: { readonly who: string; readonly at: number }): Promise<Returned> {
  const filled = lines.filter((one) => one.value.trim() !== '' || one.unfit);
  const read = filled.map((line) => ({ line, token: readToken(line.token) }));
  const aside = await asideByNumber(parts, read.flatMap(({ token }) => (token === null ? [] : [token.seq])));
  const mistakes: LineMistake[] = [];
  const corrections = new Map<string, Correction & { readonly line: number; readonly seq: number; readonly wasEmpty: boolean }>();
  for (const { line, token } of read) {
    const found = token === null ? undefined : aside.get(token.seq);
    const judged = judgeLine(parts, { line, token, found });
    if ('code' in judged) mistakes.push({ line: line.line, code: judged.code, facts: judged.facts });
    else if (judged.was !== line.value) {
      const { one, row, place } = judged;
      const mark = rowMark(row, parts.site.datasets.find(({ dataset }) => dataset === one.dataset)?.from.time);
      corrections.set(`${one.seq}\t${place.child}\t${place.at}\t${place.column}`, {
        dataset: one.dataset, key: one.key, ...place, value: line.value, row: mark, who: by.who, why: line.why.trim(), madeAt: by.at,
        line: line.line, seq: one.seq, wasEmpty: judged.was === '',
      });
    }
  }
  mistakes.push(...defaultsAmong([...corrections.values()]));
  return {
    mistakes: mistakes.toSorted((a, b) => a.line - b.line),
    numbers: [...new Set([...corrections.values()].map((one) => one.seq))],
    corrections: [...corrections.values()].map(({ line: _line, seq: _seq, wasEmpty: _wasEmpty, ...correction }) => correction),
  };
}

interface Aside {
  readonly one: SetAside;
  readonly row: PresentChange | null;
}

async function asideByNumber(parts: LineParts, numbers: readonly number[]): Promise<ReadonlyMap<number, Aside>> {
  const found = new Map<number, Aside>();
  if (numbers.length === 0) return found;
  for await (const page of asidePages(parts.store, { selection: { numbers }, answerable: parts.answerable })) {
    for (const one of page) found.set(one.seq, { one, row: await rowOf(one, parts.todayOf(one.dataset)) });
  }
  return found;
}

type LineJudged =
  | { readonly code: string; readonly facts: Readonly<Record<string, string | number>> }
  | { readonly one: SetAside; readonly row: PresentChange; readonly place: CellPlace; readonly was: string };

function judgeLine({ site }: LineParts, about: { readonly line: ReturnedLine; readonly token: ReturnType<typeof readToken>; readonly found: Aside | undefined }): LineJudged {
  const { line, token, found } = about;
  if (token === null) return { code: 'CORRECTION_TOKEN', facts: {} };
  const { place, seq } = token;
  const mapping = site.datasets.find(({ dataset }) => dataset === found?.one.dataset);
  if (found === undefined || found.row === null || mapping === undefined || rowName(found.row, mapping.from.time) !== token.row) return { code: 'CORRECTION_OVERTAKEN', facts: { number: seq } };
  if (line.unfit) return { code: 'CORRECTION_NOT_TEXT', facts: { column: place.column } };
  if (line.why.trim() === '') return { code: 'CORRECTION_WHY', facts: { column: place.column } };
  const correctable = corrigible(mapping, site.protectedFields).of(place);
  if (correctable === 'undeclared') return { code: 'CORRECTION_UNDECLARED', facts: {} };
  if (correctable !== 'yes') return { code: 'CORRECTION_FORBIDDEN', facts: { column: place.column, reason: correctable } };
  return { one: found.one, row: found.row, place, was: String(cellAt(found.row, place) ?? '') };
}

function defaultsAmong(corrections: readonly (Correction & { readonly line: number; readonly wasEmpty: boolean })[]): readonly LineMistake[] {
  const filledIn = Map.groupBy(corrections.filter((one) => one.wasEmpty), ({ dataset, child, column, value }) => [dataset, child, column, value].join('\t'));
  return [...filledIn.values()].filter((same) => same.length > fewEnough)
    .flatMap((same) => same.map(({ line, column }) => ({ line, code: 'CORRECTION_IS_DEFAULT', facts: { column, count: same.length } })));
}
