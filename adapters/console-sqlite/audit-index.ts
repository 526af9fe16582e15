import type { DatabaseSync } from 'node:sqlite';
import type { AuditEntry, AuditIndex, AuditQuery } from '../../src/port/audit.ts';

/** Where entries of the audit are found by who, what, when and with what result; made again from the file when it is behind. */
export function auditIndex(database: DatabaseSync): AuditIndex {
  return {
    last: () => (database.prepare('select coalesce(max(seq), 0) as seq from audit').get() as { seq: number }).seq,
    keep: (entries) => {
      const insert = database.prepare('insert or replace into audit (seq, at, actor, role, action, result, line) values (?, ?, ?, ?, ?, ?, ?)');
      database.exec('begin immediate');
      try {
        for (const one of entries) insert.run(one.seq, one.at, one.actor, one.role, one.action, one.result, JSON.stringify(one));
        database.exec('commit');
      } catch (cause) {
        if (database.isTransaction) database.exec('rollback');
        throw cause;
      }
    },
    find: (query) => {
      const { sql, values } = selected(database, query);
      return (database.prepare(sql).all(...values) as unknown as { line: string }[]).map((row) => JSON.parse(row.line) as AuditEntry);
    },
  };
}

/** Times become places in the chain first, by an index that has nothing else in it; a clock that was set back widens the span and loses nothing. */
function selected(database: DatabaseSync, query: AuditQuery): { readonly sql: string; readonly values: (string | number)[] } {
  const span = query.from === undefined && query.to === undefined ? null : database.prepare('select min(seq) as first, max(seq) as last from audit indexed by audit_at where at between ? and ?')
    .get(query.from ?? 0, query.to ?? Number.MAX_SAFE_INTEGER) as { first: number | null; last: number | null };
  const conditions: readonly (readonly [string, string | number | undefined])[] = [
    ['actor = ?', query.actor], ['action = ?', query.action], ['result = ?', query.result], ['role = ?', query.role],
    ['+at >= ?', query.from], ['+at <= ?', query.to], ['seq < ?', query.before],
    ['seq >= ?', span === null ? undefined : span.first ?? Number.MAX_SAFE_INTEGER], ['seq <= ?', span === null ? undefined : span.last ?? 0],
  ];
  const asked = conditions.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]));
  const where = asked.length === 0 ? '' : `where ${asked.map((one) => one.text).join(' and ')}`;
  return { sql: `select line from audit ${where} order by seq desc limit ?`, values: [...asked.map((one) => one.value), query.limit] };
}
