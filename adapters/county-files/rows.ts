import type { FileTable } from '../../src/port/source-setting.ts';
import type { Row } from '../../src/record/change.ts';
import { Failure } from '../../src/record/failure.ts';

/** Reads the rows of a file, one after the other; rejects with a Failure when it is broken anywhere. */
export type ReadRows = (path: string, table: FileTable) => AsyncGenerator<Row>;

/** The head's names: each column one, and no two the same. */
export function columnNames(cells: readonly (string | null)[], path: string): readonly string[] {
  const names = cells.map((cell) => (cell ?? '').trim());
  const wrong = names.find((name, at) => name === '' || names.indexOf(name) !== at);
  if (wrong !== undefined) throw new Failure('FILE_BROKEN', { file: path, line: 1, reason: wrong === '' ? 'column without a name' : 'two columns of one name' });
  return names;
}
