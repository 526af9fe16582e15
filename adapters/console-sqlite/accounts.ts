import type { DatabaseSync } from 'node:sqlite';
import type { Account, AccountChange, AccountStore, NewAccount } from '../../src/port/accounts.ts';
import { sessionStore } from './sessions.ts';
import { unmaskingStore } from './unmaskings.ts';

interface AccountRow {
  id: number; login: string; name: string; role: Account['role']; datasets: string | null; state: Account['state']; password: string; password_at: number;
  must_change: number; secret: string | null; new_secret: string | null; used_step: number; created_at: number; created_by: string; last_login_at: number | null;
}

const columns = 'login, name, role, datasets, state, password, password_at, must_change, secret, new_secret, used_step, created_at, created_by, last_login_at';

/** Failures older than this are nobody's business any more. */
const keptFailuresMs = 24 * 3_600_000;

/** Accounts, and everything that hangs on them, in the console's own database. */
export function accountStore(database: DatabaseSync): AccountStore {
  const read = (where: string, ...values: (string | number)[]): readonly Account[] =>
    (database.prepare(`select id, ${columns} from account ${where}`).all(...values) as unknown as AccountRow[]).map(toAccount);
  return {
    accounts: async () => read('order by id'),
    account: async (id) => read('where id = ?', id)[0] ?? null,
    byLogin: async (login) => read('where login = ?', login)[0] ?? null,
    add: async (accounts, how) => transaction(database, () => {
      if (how?.first === true && read('limit 1').length > 0) return null;
      if (accounts.some((one) => read('where login = ?', one.login).length > 0)) return null;
      return accounts.map((one) => insert(database, one));
    }),
    change: async (before, change) => transaction(database, () => {
      const now = read('where id = ?', before.id)[0];
      if (now === undefined || JSON.stringify(now) !== JSON.stringify(before)) return false;
      update(database, { ...now, ...change });
      if (change.password !== undefined) keepPassword(database, before.id, change.password);
      return true;
    }),
    oldPasswords: async (account, count) => (database.prepare('select password from old_password where account = ? order by id desc limit ?')
      .all(account, count) as unknown as { password: string }[]).map((row) => row.password),

    noteFailure: async (kind, subject, at) => {
      database.prepare('insert into failure (kind, subject, at) values (?, ?, ?)').run(kind, subject, at);
      database.prepare('delete from failure where kind = ? and subject = ? and at < ?').run(kind, subject, at - keptFailuresMs);
    },
    failures: async (kind, subject, since) => (database.prepare('select at from failure where kind = ? and subject = ? and at >= ? order by at')
      .all(kind, subject, since) as unknown as { at: number }[]).map((row) => row.at),
    forgetFailures: async (kind, subject) => void database.prepare('delete from failure where kind = ? and subject = ?').run(kind, subject),

    setting: async (name) => (database.prepare('select value from setting where name = ?').get(name) as { value: string } | undefined)?.value ?? null,
    setSetting: async (name, value) => void database.prepare(
      'insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value').run(name, value),
    ...sessionStore(database),
    ...unmaskingStore(database),
  };
}

function insert(database: DatabaseSync, one: NewAccount): number {
  const id = Number(database.prepare(`insert into account (${columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(...valuesOf(one)).lastInsertRowid);
  keepPassword(database, id, one.password);
  return id;
}

function update(database: DatabaseSync, one: Account): void {
  const set = columns.split(', ').map((name) => `${name} = ?`).join(', ');
  database.prepare(`update account set ${set} where id = ?`).run(...valuesOf(one), one.id);
}

function keepPassword(database: DatabaseSync, account: number, password: string): void {
  database.prepare('insert into old_password (account, password) values (?, ?)').run(account, password);
}

function valuesOf(one: NewAccount | (Account & AccountChange)): (string | number | null)[] {
  return [one.login, one.name, one.role, one.datasets === null ? null : JSON.stringify(one.datasets), one.state, one.password, one.passwordAt,
    one.mustChange ? 1 : 0, one.secret, one.newSecret, one.usedStep, one.createdAt, one.createdBy, one.lastLoginAt];
}

function toAccount(row: AccountRow): Account {
  return {
    id: row.id, login: row.login, name: row.name, role: row.role, datasets: row.datasets === null ? null : JSON.parse(row.datasets) as string[],
    state: row.state, password: row.password, passwordAt: row.password_at, mustChange: row.must_change === 1, secret: row.secret,
    newSecret: row.new_secret, usedStep: row.used_step, createdAt: row.created_at, createdBy: row.created_by, lastLoginAt: row.last_login_at,
  };
}

/** All or nothing; nothing can come between, because nothing in it waits. */
function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (cause) {
    if (database.isTransaction) database.exec('rollback');
    throw cause;
  }
}
