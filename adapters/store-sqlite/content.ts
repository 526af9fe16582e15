import type { SealedRecord } from '../../src/record/envelope.ts';
import type { LedgerEntry } from '../../src/port/store.ts';
import type { Problem } from '../../src/record/problem.ts';

/** Records as one text, a line each: JSON escapes line breaks and tabs, so both are free to separate. */
export function foldRecords(records: readonly SealedRecord[]): string {
  let text = '';
  for (const record of records) {
    text += `${text === '' ? '' : '\n'}${record.table}\t${record.rowGuid}\t${record.digest}\t${record.body}`;
  }
  return text;
}

export function unfoldRecords(text: string): SealedRecord[] {
  if (text === '') return [];
  return text.split('\n').map((line) => {
    const [table, rowGuid, digest, body] = fourParts(line);
    return { table, rowGuid, digest, body };
  });
}

function fourParts(line: string): [string, string, string, string] {
  const a = line.indexOf('\t');
  const b = line.indexOf('\t', a + 1);
  const c = line.indexOf('\t', b + 1);
  return [line.slice(0, a), line.slice(a + 1, b), line.slice(b + 1, c), line.slice(c + 1)];
}

export function foldRows(rows: LedgerEntry['rows']): string {
  if (rows.length === 1) {
    const only = rows[0];
    if (only !== undefined) return `${only.table}\t${only.rowGuid}\t${only.digest}`;
  }
  return rows.map((row) => `${row.table}\t${row.rowGuid}\t${row.digest}`).join('\n');
}

export function unfoldRows(text: string): LedgerEntry['rows'] {
  if (text === '') return [];
  return text.split('\n').map((line) => {
    const [table = '', rowGuid = '', digest = ''] = line.split('\t');
    return { table, rowGuid, digest };
  });
}

export function unfoldProblems(text: string | null): readonly Problem[] {
  return text === null ? [] : (JSON.parse(text) as Problem[]);
}
