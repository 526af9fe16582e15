import type { DatabaseSync } from 'node:sqlite';
import type { AccountStore, Unmasking } from '../../src/port/accounts.ts';

interface UnmaskingRow {
  id: number; record: number; dataset: string; asked_by: number; asked_at: number; reason: string;
  decided_by: number | null; decided_at: number | null; granted: number | null; decision: string | null; ends_at: number | null;
}

/** Wishes to see a record unmasked. */
export function unmaskingStore(database: DatabaseSync): Pick<AccountStore, 'unmasking' | 'unmaskings' | 'askUnmasking' | 'decideUnmasking'> {
  return {
    unmasking: async (id) => {
      const row = database.prepare('select * from unmasking where id = ?').get(id) as UnmaskingRow | undefined;
      return row === undefined ? null : toUnmasking(row);
    },
    unmaskings: async (askedBy, limit) => (database.prepare('select * from unmasking where ?1 is null or asked_by = ?1 order by id desc limit ?2')
      .all(askedBy, limit) as unknown as UnmaskingRow[]).map(toUnmasking),
    askUnmasking: async ({ record, dataset, askedBy, askedAt, reason }) => Number(database.prepare(
      'insert into unmasking (record, dataset, asked_by, asked_at, reason) values (?, ?, ?, ?, ?)').run(record, dataset, askedBy, askedAt, reason).lastInsertRowid),
    decideUnmasking: async (id, { by, at, granted, reason, endsAt }) => Number(database.prepare(
      'update unmasking set decided_by = ?, decided_at = ?, granted = ?, decision = ?, ends_at = ? where id = ? and decided_by is null')
      .run(by, at, granted ? 1 : 0, reason, endsAt, id).changes) === 1,
  };
}

function toUnmasking(row: UnmaskingRow): Unmasking {
  return {
    id: row.id, record: row.record, dataset: row.dataset, askedBy: row.asked_by, askedAt: row.asked_at, reason: row.reason,
    decidedBy: row.decided_by, decidedAt: row.decided_at, granted: row.granted === null ? null : row.granted === 1, decision: row.decision, endsAt: row.ends_at,
  };
}
