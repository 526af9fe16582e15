import { readFile } from 'node:fs/promises';
import { read, SSF, utils, type CellObject, type WorkSheet } from '@e965/xlsx';
import type { ReadCell, ReadSheet, ReadWorkbook } from '../../src/port/workbook.ts';
import { Failure } from '../../src/record/failure.ts';

/** The largest file that is opened: a sheet for mending has some thousand rows. */
const mostBytes = 32 * 2 ** 20;

/** Rows read of a sheet. */
const mostRows = 200_000;

/** Reads a workbook that came back from Excel or WPS; nothing in it is worked out. */
export const readWorkbook: ReadWorkbook = async (file) => {
  const bytes = await bytesOf(file);
  try {
    const { SheetNames, Sheets } = read(bytes, { type: 'buffer', cellFormula: true, cellHTML: false, cellNF: true, sheetRows: mostRows });
    return SheetNames.map((name) => sheetOf(name, Sheets[name]));
  } catch (cause) {
    throw new Failure('FILE_NOT_READ', { file, reason: 'no workbook' }, cause);
  }
};

async function bytesOf(file: string): Promise<Buffer> {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new Failure('FILE_NOT_READ', { file, reason: cause.code ?? 'UNKNOWN' }, cause);
  });
  if (bytes.length > mostBytes) throw new Failure('FILE_NOT_READ', { file, reason: `> ${mostBytes / 2 ** 20} MiB` });
  // A workbook is a zip, or an old binary one; a text file would be read as a table of one column.
  if (bytes.readUInt16BE(0) !== 0x504b && bytes.readUInt16BE(0) !== 0xd0cf) throw new Failure('FILE_NOT_READ', { file, reason: 'no workbook' });
  return bytes;
}

function sheetOf(name: string, sheet: WorkSheet | undefined): ReadSheet {
  if (sheet?.['!ref'] === undefined) return { name, rows: [] };
  const { s, e } = utils.decode_range(sheet['!ref']);
  const rows = Array.from({ length: e.r + 1 }, (_, r) => Array.from({ length: e.c + 1 }, (__, c) => (
    r < s.r || c < s.c ? null : cellOf(sheet[utils.encode_cell({ r, c })] as CellObject | undefined))));
  return { name, rows };
}

function cellOf(cell: CellObject | undefined): ReadCell | null {
  if (cell === undefined || cell.t === 'z' || cell.v === undefined) return null;
  if (cell.f !== undefined || cell.t === 'e' || cell.t === 'd') return { text: cell.w ?? String(cell.v), fit: false };
  if (cell.t !== 'n') return { text: String(cell.v), fit: cell.t === 's' };
  const dated = typeof cell.z === 'string' && SSF.is_date(cell.z) === true;
  const exact = Number.isSafeInteger(cell.v) && Math.abs(Number(cell.v)) < 1e15;
  return { text: String(cell.v), fit: exact && !dated };
}
