import type { Adoption } from '../../src/port/inbound.ts';
import { goneFingerprint } from '../../src/record/standing.ts';
import { foldBodies, foldRows } from './content.ts';
import type { Desk } from './desk.ts';
import { nameHash } from './name-hash.ts';

interface Found { id: number; version: number; seq: number; ledger_version: number | null; sent_at: number | null; state: string }

/**
 * Notes in the ledger what the region has because it said so itself, so that it is not sent back to it. A record the county
 * has not reported yet stands like one that is gone: a sweep does not look for it, and its first version is an update.
 */
export function adopt(desk: Desk, adoption: Adoption, at: number): void {
  const { dataset, key, records, fingerprint } = adoption;
  const found = desk.get<Found>(
    `select r.id, r.version, r.seq, l.version as ledger_version, l.settled_at as sent_at, e.state from record r join envelope e on e.seq = r.seq left join ledger l on l.record = r.id
     where r.key_hash = ? and r.dataset = ? and r.key = ?`, nameHash(dataset, key), dataset, key);
  const sentAt = found?.sent_at ?? 0;
  if (found?.state === 'lent' || (sentAt > 0 && sentAt >= (adoption.unlessSentSince ?? 0))) return;
  const known = records.filter((one) => one.body !== '');
  const seq = (desk.get<{ top: number | null }>('select max(seq) as top from envelope')?.top ?? 0) + 1;
  const newest = found === undefined || (fingerprint !== null && ended.has(found.state));
  const version = newest ? (found?.version ?? 0) + 1 : found.ledger_version ?? found.version;
  const record = found?.id ?? newRecord(desk, adoption, seq);
  desk.run(
    `insert into envelope (seq, record, dataset, version, operation, state, position, fingerprint, run, kept_at, settled_at)
     values (?, ?, ?, ?, 'put', 'delivered', ?, ?, 0, ?, ?)`, seq, record, dataset, version, records.length, fingerprint ?? '', at, at);
  desk.run('insert into content (seq, head, body) values (?, ?, ?)', seq, foldRows(known), foldBodies(known));
  desk.run('insert or replace into ledger (record, version, fingerprint, rows, settled_at) values (?, ?, ?, ?, ?)', record, version, fingerprint ?? '', foldRows(records), sentAt);
  if ((found?.ledger_version ?? null) === null) desk.tally(dataset, 'region', 1);
  if (found === undefined || !newest) return;
  if (found.state === 'quarantined') {
    desk.run(`update envelope set state = 'superseded' where seq = ?`, found.seq);
    desk.tally(dataset, 'quarantined', -1);
  }
  desk.run('update record set version = ?, fingerprint = ?, seq = ? where id = ?', version, fingerprint, seq, record);
}

/** Versions that nothing is under way of. */
const ended: ReadonlySet<string> = new Set(['delivered', 'superseded', 'quarantined']);

function newRecord(desk: Desk, { dataset, key, identity, fingerprint }: Adoption, seq: number): number {
  return Number(desk.statement('insert into record (dataset, key, key_hash, identity, identity_hash, version, fingerprint, seq) values (?, ?, ?, ?, ?, 1, ?, ?)')
    .run(dataset, key, nameHash(dataset, key), identity, identity === null ? null : nameHash(dataset, identity), fingerprint ?? goneFingerprint, seq).lastInsertRowid);
}
