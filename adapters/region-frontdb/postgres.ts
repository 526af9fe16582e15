import type { Pool, PoolClient } from 'pg';
import type { PostgresSetting } from '../../src/port/source-setting.ts';
import type { ServerLimits } from './mariadb.ts';
import { tlsOptions } from '../database-tls/tls.ts';
import { Fault, lockSeconds, type Rows, type Server, type Session } from './server.ts';

/** An exchange database on PostgreSQL, and what speaks its protocol. */
export async function openPostgres(setting: PostgresSetting, limits: ServerLimits): Promise<Server> {
  const pg = (await import('pg')).default;
  const { host, port, user, password, database, tls, schema } = setting;
  const pool = new pg.Pool({
    host, port, user, database, max: limits.connections, connectionTimeoutMillis: limits.connectMs, query_timeout: limits.answerMs, keepAlive: true,
    application_name: 'qilian', client_encoding: 'UTF8', allowExitOnIdle: true,
    types: { getTypeParser: () => (text: string) => text },
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { ssl: tlsOptions(tls, host) }),
  });
  // A connection that dies while nobody asks it anything is found dead at the next question.
  pool.on('error', () => undefined);
  const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  return { quote, locked: (lock, work) => locked(pool, { lock, schema: quote(schema) }, work), close: () => pool.end() };
}

async function locked<T>(pool: Pool, { lock, schema }: { readonly lock: string; readonly schema: string }, work: (session: Session) => Promise<T>): Promise<T> {
  let client: PoolClient | null = null;
  let committing = false;
  try {
    client = await pool.connect();
    client.removeAllListeners('error').on('error', () => undefined);
    const session: Session = { ask: async (sql, values) => (await (client as PoolClient).query(numbered(sql), [...values])).rows as Rows };
    await session.ask('begin', []);
    await session.ask(`set local lock_timeout = '${lockSeconds}s'`, []);
    await session.ask(`select set_config('search_path', ?, true)`, [schema]);
    await session.ask('select pg_advisory_xact_lock(hashtext(?))', [lock]);
    const result = await work(session);
    committing = true;
    await session.ask('commit', []);
    client.release();
    return result;
  } catch (cause) {
    client?.release(true);
    if (cause instanceof Fault) throw cause;
    throw faultOf(cause, committing);
  }
}

/** `?` as PostgreSQL numbers them; the statements are ours and hold no other question mark. */
function numbered(sql: string): string {
  let nth = 0;
  return sql.replaceAll('?', () => `$${nth += 1}`);
}

function faultOf(cause: unknown, committing: boolean): unknown {
  if (!(cause instanceof Error)) return cause;
  const code = 'code' in cause && cause.code !== undefined ? String(cause.code) : /timeout|terminated|not queryable|closed|connection error/i.test(cause.message) ? 'CONNECTION_LOST' : undefined;
  if (code === undefined) return cause;
  if (committing) return new Fault('unknown', code);
  if (code === '55P03') return new Fault('nothing', 'LOCK_HELD');
  return new Fault(/^2[23]/.test(code) ? 'record' : /^(?:28|42|3D|3F)/.test(code) ? 'ours' : 'nothing', code);
}
