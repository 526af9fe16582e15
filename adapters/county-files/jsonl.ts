import type { FileTable } from '../../src/port/source-setting.ts';
import type { Row } from '../../src/record/change.ts';
import { Failure } from '../../src/record/failure.ts';
import { rowOfJson } from '../county-sql/json-cells.ts';
import type { ReadRows } from './rows.ts';
import { textOf } from './text.ts';

/** Rows of a file with one JSON object on each line. */
export const jsonlRows: ReadRows = async function* (path: string, { charset }: FileTable): AsyncGenerator<Row> {
  let line = 0;
  let rest = '';
  for await (const piece of textOf(path, charset)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      line += 1;
      const row = rowAt(text, { path, line });
      if (row !== null) yield row;
    }
  }
  const last = rowAt(rest, { path, line: line + 1 });
  if (last !== null) yield last;
};

function rowAt(text: string, { path, line }: { readonly path: string; readonly line: number }): Row | null {
  const bare = line === 1 ? text.replace(/^\uFEFF/, '') : text;
  if (bare.trim() === '') return null;
  const row = rowOfJson(bare);
  if (row === null) throw new Failure('FILE_BROKEN', { file: path, line, reason: 'no JSON object' });
  return row;
}
