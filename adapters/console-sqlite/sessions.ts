import type { DatabaseSync } from 'node:sqlite';
import type { AccountStore, SessionRecord } from '../../src/port/accounts.ts';

interface SessionRow { hash: string; account: number; csrf: string; stage: SessionRecord['stage']; address: string; started_at: number; seen_at: number }

/** Sessions, ended by whoever should no longer have one. */
export function sessionStore(database: DatabaseSync): Pick<AccountStore, 'session' | 'begin' | 'touch' | 'endSession' | 'endSessions'> {
  return {
    session: async (hash) => {
      const row = database.prepare('select hash, account, csrf, stage, address, started_at, seen_at from session where hash = ?').get(hash) as SessionRow | undefined;
      if (row === undefined) return null;
      const { started_at: startedAt, seen_at: seenAt, ...rest } = row;
      return { ...rest, startedAt, seenAt };
    },
    begin: async (session) => {
      database.prepare('delete from session where account = ?').run(session.account);
      database.prepare('insert into session (hash, account, csrf, stage, address, started_at, seen_at) values (?, ?, ?, ?, ?, ?, ?)')
        .run(session.hash, session.account, session.csrf, session.stage, session.address, session.startedAt, session.seenAt);
    },
    touch: async (hash, { seenAt, stage }) => void database.prepare('update session set seen_at = coalesce(?, seen_at), stage = coalesce(?, stage) where hash = ?')
      .run(seenAt ?? null, stage ?? null, hash),
    endSession: async (hash) => void database.prepare('delete from session where hash = ?').run(hash),
    endSessions: async (account, except) => void database.prepare('delete from session where account = ? and hash <> ?').run(account, except ?? ''),
  };
}
