import type { Acknowledged, LedgerEntry } from '../../src/port/store.ts';
import type { SealedRecord } from '../../src/record/envelope.ts';
import { unfoldRecords, unfoldRows } from './content.ts';
import type { Desk } from './desk.ts';
import { nameHash } from './name-hash.ts';

interface LedgerRow { record: number; key: string; version: number; fingerprint: string; rows: string }
interface ContentRow { record: number; head: string; body: string }

/** What the region has of these records, row by row, with the bodies it was sent. */
export function acknowledged(desk: Desk, dataset: string, keys: readonly string[]): ReadonlyMap<string, Acknowledged> {
  const wanted = new Set(keys);
  const ledgers = desk.all<LedgerRow>(
    `select r.id as record, r.key, l.version, l.fingerprint, l.rows from record r join ledger l on l.record = r.id
     where r.key_hash in (select value from json_each(?)) and r.dataset = ?`,
    JSON.stringify(keys.map((key) => nameHash(dataset, key))), dataset).filter((row) => wanted.has(row.key));
  const sent = sentOf(desk, ledgers.map((row) => ({ record: row.record, rows: unfoldRows(row.rows) })));
  return new Map(ledgers.map(({ record, key, version, fingerprint, rows }) => {
    const ledger: LedgerEntry = { version, fingerprint, rows: unfoldRows(rows) };
    return [key, { ledger, records: sent.get(record) ?? [] }];
  }));
}

/** The bodies of acknowledged rows, by record; rows whose body is no longer kept are left out. */
export function sentOf(desk: Desk, ledgers: readonly { readonly record: number; readonly rows: LedgerEntry['rows'] }[]): ReadonlyMap<number, readonly SealedRecord[]> {
  const sent = Map.groupBy(contents(desk, ledgers.map((one) => one.record)), (row) => row.record);
  return new Map(ledgers.map(({ record, rows }) => [record, recordsOf(rows, sent.get(record) ?? [])]));
}

/** Newest first: what was accepted only in part may have rows of several versions. */
function contents(desk: Desk, records: readonly number[]): readonly ContentRow[] {
  return desk.all<ContentRow>(
    `select e.record, c.head, c.body from envelope e indexed by envelope_record join content c on c.seq = e.seq
     where e.record in (select value from json_each(?)) and e.operation = 'put' and c.head <> '' and substr(c.body, 1, 1) = '{' order by e.record, e.version desc`,
    JSON.stringify(records));
}

function recordsOf(rows: LedgerEntry['rows'], sent: readonly ContentRow[]): readonly SealedRecord[] {
  const missing = new Map(rows.map((row) => [placeOf(row), row]));
  const found: SealedRecord[] = [];
  for (const { head, body } of sent) {
    if (missing.size === 0) break;
    for (const record of unfoldRecords(head, body)) if (missing.delete(placeOf(record))) found.push(record);
  }
  return found;
}

function placeOf({ table, rowGuid, digest }: LedgerEntry['rows'][number]): string {
  return `${table}\t${rowGuid}\t${digest}`;
}
