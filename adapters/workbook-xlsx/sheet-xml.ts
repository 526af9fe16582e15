import type { Sheet, SheetCell } from '../../src/port/workbook.ts';
import { escaped, harmless } from './cell-text.ts';

/** Rows a sheet may have, its head among them. */
const mostRows = 1_048_576;

const style = { plain: 0, head: 1, share: 2, text: 3 } as const;

/** A worksheet's XML: a fixed head that filters, then the rows; texts are written in place, so there is no table of strings. */
export function sheetXml({ columns, rows }: Sheet): string {
  const last = columnName(Math.max(columns.length, 1) - 1);
  const kept = rows.slice(0, mostRows - 1);
  const widths = columns.map(({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('');
  const head = `<row r="1">${columns.map(({ title }, at) => textCell(title, `${columnName(at)}1`, style.head)).join('')}</row>`;
  const body = kept.map((row, at) => `<row r="${at + 2}">${row.map((value, column) => cell(value, `${columnName(column)}${at + 2}`, columns[column]?.share === true)).join('')}</row>`);
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>${head}${body.join('')}</sheetData><autoFilter ref="A1:${last}${kept.length + 1}"/></worksheet>`;
}

function cell(value: SheetCell, place: string, share: boolean): string {
  if (value === null) return '';
  if (typeof value === 'string') return textCell(value, place, style.text);
  return Number.isFinite(value) ? `<c r="${place}" s="${share ? style.share : style.plain}"><v>${value}</v></c>` : '';
}

function textCell(text: string, place: string, as: number): string {
  return `<c r="${place}" s="${as}" t="inlineStr"><is><t xml:space="preserve">${escaped(harmless(text))}</t></is></c>`;
}

/** 0 is A, 26 is AA. */
function columnName(at: number): string {
  return (at >= 26 ? columnName(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26));
}
