import type { FoundAtRegion, Keeping, RepairStore } from '../../src/port/store.ts';
import { goneFingerprint } from '../../src/record/standing.ts';
import { foldRows } from './content.ts';
import type { Desk } from './desk.ts';
import { keep } from './intake.ts';
import { nameHash } from './name-hash.ts';

/** Repairing's side of the store. */
export function repairStore(desk: Desk): RepairStore {
  return {
    repair: async (keeping, found, strangers) => desk.transaction(() => {
      if (!keep(desk, keeping, new Map())) return false;
      for (const one of found) takeOver(desk, keeping, one);
      for (const one of strangers) takeIn(desk, keeping, one);
      return true;
    }),
  };
}

/** The region has just these rows: no version of ours, so the next one is held against each of them. */
function takeOver(desk: Desk, { dataset, at }: Keeping, { key, rows }: FoundAtRegion): void {
  const record = desk.get<{ id: number; version: number; known: number | null }>(
    `select r.id, coalesce(l.version, r.version) as version, l.version as known from record r left join ledger l on l.record = r.id
     where r.key_hash = ? and r.dataset = ? and r.key = ?`, nameHash(dataset, key), dataset, key);
  if (record === undefined) throw new Error('a record to be repaired is not known');
  const { id, version, known } = record;
  if (rows.length === 0) desk.run('delete from ledger where record = ?', id);
  else desk.run(`insert or replace into ledger (record, version, fingerprint, rows, settled_at) values (?, ?, '', ?, ?)`, id, version, foldRows(rows), at);
  desk.tally(dataset, 'region', (rows.length === 0 ? 0 : 1) - (known === null ? 0 : 1));
}

/** Nothing is known of it but that it is there: a record that is gone, whose removal travels. */
function takeIn(desk: Desk, { dataset, run, at }: Keeping, { key, rows }: FoundAtRegion): void {
  const seq = (desk.get<{ top: number | null }>('select max(seq) as top from envelope')?.top ?? 0) + 1;
  const record = Number(desk.statement(
    'insert into record (dataset, key, key_hash, identity, identity_hash, version, fingerprint, seq) values (?, ?, ?, null, null, 1, ?, ?)')
    .run(dataset, key, nameHash(dataset, key), goneFingerprint, seq).lastInsertRowid);
  desk.run(
    `insert into envelope (seq, record, dataset, version, operation, state, position, fingerprint, run, kept_at)
     values (?, ?, ?, 1, 'remove', 'open', 0, ?, ?, ?)`, seq, record, dataset, goneFingerprint, run, at);
  desk.run(`insert into ledger (record, version, fingerprint, rows, settled_at) values (?, 1, '', ?, ?)`, record, foldRows(rows), at);
  desk.run('update run set read = read + 1, pending = pending + 1 where id = ?', run);
  desk.tally(dataset, 'waiting', 1);
  desk.tally(dataset, 'region', 1);
}
