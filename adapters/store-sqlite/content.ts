import type { SealedRecord } from '../../src/record/envelope.ts';
import type { LedgerEntry } from '../../src/port/store.ts';
import type { FieldOfTable } from '../../src/port/quality.ts';
import type { Problem } from '../../src/record/problem.ts';

/**
 * An envelope's records are kept as two texts, a line each: in the head table, row_guid and digest; in the body the
 * JSON. JSON escapes line breaks and tabs, so both are free to separate. The head is what the ledger takes over.
 */
export function foldBodies(records: readonly SealedRecord[]): string {
  const [only] = records;
  return records.length === 1 && only !== undefined ? only.body : records.map((record) => record.body).join('\n');
}

export function unfoldRecords(head: string, body: string): SealedRecord[] {
  if (head === '' || isPurged(body)) return [];
  if (!head.includes('\n')) return [{ ...unfoldRow(head), body }];
  const bodies = body.split('\n');
  return unfoldRows(head).map((row, index) => ({ ...row, body: bodies[index] ?? '' }));
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
  return text.split('\n').map(unfoldRow);
}

function unfoldRow(line: string): LedgerEntry['rows'][number] {
  const first = line.indexOf('\t');
  const second = line.indexOf('\t', first + 1);
  return { table: line.slice(0, first), rowGuid: line.slice(first + 1, second), digest: line.slice(second + 1) };
}

export function unfoldProblems(text: string | null): readonly Problem[] {
  return text === null ? [] : (JSON.parse(text) as Problem[]);
}

/** Nothing is left of a body but, after a sign no JSON begins with, who answers for the record. */
export function purgedBody(head: string, body: string, keeping: readonly FieldOfTable[]): string {
  const value = fieldIn({ head, body }, keeping);
  return value === null ? '' : `=${value}`;
}

export function isPurged(body: string): boolean {
  return body === '' || body.startsWith('=');
}

/** The first of these fields that has a value in a body, also in what is left of it. */
export function fieldIn({ head, body }: { readonly head: string; readonly body: string }, fields: readonly FieldOfTable[]): string | null {
  if (fields.length === 0 || body === '') return null;
  if (body.startsWith('=')) return body.slice(1);
  const heads = head.split('\n');
  for (const { table, field } of fields) {
    const at = heads.findIndex((line) => line.startsWith(`${table}\t`));
    if (at < 0) continue;
    const line = heads.length === 1 ? body : body.split('\n')[at] ?? '{}';
    const value = (JSON.parse(line) as Record<string, unknown>)[field];
    if (value !== null && value !== undefined) return String(value);
  }
  return null;
}
