import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { FileTable } from '../../src/port/source-setting.ts';
import type { Cell, Row } from '../../src/record/change.ts';
import { Failure } from '../../src/record/failure.ts';
import { rowOf } from '../county-sql/cells.ts';
import { columnNames, type ReadRows } from './rows.ts';
import { textOf } from './text.ts';

/** Rows of a CSV file: quotes, line breaks within them, and either end of line; a line of another length than the head breaks the file. */
export const csvRows: ReadRows = async function* (path: string, { charset, separator, headLine }: FileTable): AsyncGenerator<Row> {
  const parser = parse({ bom: true, delimiter: separator, from_line: headLine, skip_empty_lines: true, relax_quotes: true, info: true, max_record_size: 16 << 20 });
  pipeline(Readable.from(textOf(path, charset), { objectMode: false }), parser, () => undefined); // faults of either reach the loop
  let names: readonly string[] | undefined;
  try {
    for await (const { record } of parser as AsyncIterable<{ readonly record: readonly string[] }>) {
      if (names === undefined) names = columnNames(record, path);
      else yield rowOf(names, record.map(cellOf));
    }
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && String(cause.code).startsWith('CSV_'))) throw cause;
    throw new Failure('FILE_BROKEN', { file: path, line: 'lines' in cause ? Number(cause.lines) : 0, reason: String(cause.code) });
  }
  if (names === undefined) throw new Failure('FILE_BROKEN', { file: path, line: headLine, reason: 'no head' });
};

/** `="007"` and a tab in front are how people keep Excel from eating digits; what they guard is meant. Nothing between two separators is nothing. */
function cellOf(text: string): Cell {
  const guarded = /^="([^"]*)"$/.exec(text)?.[1] ?? text.replace(/^\t+|\t+$/g, '');
  return guarded === '' ? null : guarded;
}
