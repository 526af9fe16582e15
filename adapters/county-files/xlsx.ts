import { readFile, stat } from 'node:fs/promises';
import { read, SSF, utils, type CellObject, type WorkSheet } from '@e965/xlsx';
import type { FileTable } from '../../src/port/source-setting.ts';
import type { Cell, Row } from '../../src/record/change.ts';
import { Failure } from '../../src/record/failure.ts';
import { floating, rowOf } from '../county-sql/cells.ts';
import { columnNames, type ReadRows } from './rows.ts';

/** A workbook is read as a whole; larger ones belong into CSV. */
const mostBytes = 64 * 2 ** 20;

/** Rows of a workbook's sheet, as Excel last worked them out: formulas by their results, dates as dates, long numbers as they are kept. */
export const xlsxRows: ReadRows = async function* (path: string, { sheet, headLine }: FileTable): AsyncGenerator<Row> {
  const { cells, lastRow, lastColumn, base1904 } = await sheetOf(path, sheet);
  const at = (row: number, column: number): CellObject | undefined => cells[utils.encode_cell({ r: row, c: column })] as CellObject | undefined;
  const line = (row: number): readonly Cell[] => Array.from({ length: lastColumn + 1 }, (_, column) => cellOf(at(row, column), { path, row, base1904 }));
  const head = line(headLine - 1).map((cell) => (cell === null ? null : String(cell)));
  const width = head.findLastIndex((name) => name !== null) + 1;
  if (width === 0) throw new Failure('FILE_BROKEN', { file: path, line: headLine, reason: 'no head' });
  const names = columnNames(head.slice(0, width), path);
  for (let row = headLine; row <= lastRow; row += 1) {
    const found = line(row);
    if (found.slice(width).some((cell) => cell !== null)) throw new Failure('FILE_BROKEN', { file: path, line: row + 1, reason: 'cell beyond the head' });
    if (found.some((cell) => cell !== null)) yield rowOf(names, found);
  }
};

async function sheetOf(path: string, wanted: string | undefined): Promise<{ readonly cells: WorkSheet; readonly lastRow: number; readonly lastColumn: number; readonly base1904: boolean }> {
  if ((await stat(path)).size > mostBytes) throw new Failure('FILE_BROKEN', { file: path, line: 0, reason: `larger than ${mostBytes / 2 ** 20} MiB` });
  const bytes = await readFile(path);
  // A workbook is a zip, or an old binary one; anything else would be read as a table of one column.
  if (bytes.length < 4 || ![0x504b, 0xd0cf].includes(bytes.readUInt16BE(0))) throw new Failure('FILE_BROKEN', { file: path, line: 0, reason: 'no workbook' });
  try {
    const book = read(bytes, { type: 'buffer', cellFormula: true, cellNF: true, cellHTML: false, ...(wanted === undefined ? { sheets: 0 } : { sheets: wanted }) });
    const name = wanted ?? book.SheetNames[0] ?? '';
    const cells = book.Sheets[name];
    if (cells === undefined) throw new Failure('FILE_BROKEN', { file: path, line: 0, reason: `no sheet ${name}` });
    const { e } = utils.decode_range(cells['!ref'] ?? 'A1');
    return { cells, lastRow: e.r, lastColumn: e.c, base1904: book.Workbook?.WBProps?.date1904 === true };
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('FILE_BROKEN', { file: path, line: 0, reason: 'no workbook' });
  }
}

function cellOf(cell: CellObject | undefined, { path, row, base1904 }: { readonly path: string; readonly row: number; readonly base1904: boolean }): Cell {
  if (cell === undefined) return null;
  if (cell.f !== undefined && (cell.v === undefined || cell.t === 'z')) throw new Failure('FILE_BROKEN', { file: path, line: row + 1, reason: 'formula without a result' });
  switch (cell.t) {
    case 'n': return numberOf(Number(cell.v), typeof cell.z === 'string' ? cell.z : '', base1904);
    case 'b': return cell.v === true ? 1 : 0;
    case 'e': return String(cell.w ?? '#');
    case 's': case 'd': return cell.v === undefined || cell.v === '' ? null : String(cell.v);
    case 'z': return null;
  }
}

/** A day is a number with a form of its own; its fraction is the time. */
function numberOf(value: number, form: string, base1904: boolean): Cell {
  if (form === '' || !SSF.is_date(form)) return floating(String(value));
  const day = value % 1 === 0;
  return SSF.format(day ? 'yyyy-mm-dd' : value < 1 ? 'hh:mm:ss' : 'yyyy-mm-dd hh:mm:ss', value, { date1904: base1904 }) as string;
}
