import { hash } from 'node:crypto';
import type { TableShape, Value } from '../contract/table-shape.ts';
import type { SealedRecord } from '../record/envelope.ts';

/**
 * Closes a table's records for sending: compact JSON of every business field in the table's order, `row_guid` first, null
 * where there is no value; and its SM3 (GB/T 32905), base64url. Gluing pieces by hand was measured: three times slower.
 */
export function sealer(shape: TableShape): (values: readonly Value[]) => SealedRecord {
  const names = shape.fields.map((field) => field.name);
  const count = names.length;
  return (values) => {
    const record: Record<string, Value> = {};
    for (let at = 0; at < count; at += 1) record[names[at] ?? ''] = values[at] ?? null;
    const body = JSON.stringify(record);
    return { table: shape.table, rowGuid: String(values[0] ?? ''), body, digest: sm3(body) };
  };
}

/** SM3 of a text's UTF-8 bytes, base64url. */
export function sm3(text: string): string {
  return hash('sm3', text, 'base64url');
}
