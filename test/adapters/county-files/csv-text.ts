import type { FileTable } from '../../../src/port/source-setting.ts';
import type { Row } from '../../../src/record/change.ts';

export const csv: Omit<FileTable, 'file'> = { format: 'csv', charset: 'utf-8', separator: ',', headLine: 1, content: 'full' };
export const heads: Readonly<Record<string, readonly string[]>> = { cert: ['ID', 'T', 'NAME', 'KIND'], sheet: ['CERT', 'NO', 'SAYS'], kind: ['CODE', 'LABEL'] };

export function csvText(table: string, rows: readonly Row[]): string {
  const quoted = (cell: unknown): string => (cell === null || cell === undefined ? '' : `"${String(cell).replaceAll('"', '""')}"`);
  return [heads[table] ?? [], ...rows.map((row) => (heads[table] ?? []).map((name) => row[name]))].map((cells) => cells.map(quoted).join(',')).join('\r\n');
}
