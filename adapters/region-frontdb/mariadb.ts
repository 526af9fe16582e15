import type { Pool, PoolConnection } from 'mysql2/promise';
import type { MariadbSetting } from '../../src/port/source-setting.ts';
import { mysqlTls } from '../database-tls/tls.ts';
import { Fault, lockSeconds, type Rows, type Server, type Session } from './server.ts';

const aboutRecord = new Set(['ER_DATA_TOO_LONG', 'ER_TRUNCATED_WRONG_VALUE', 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD', 'ER_BAD_NULL_ERROR', 'ER_NO_DEFAULT_FOR_FIELD',
  'ER_WARN_DATA_OUT_OF_RANGE', 'ER_DUP_ENTRY', 'ER_NO_REFERENCED_ROW_2', 'ER_CONSTRAINT_FAILED', 'ER_INVALID_CHARACTER_STRING']);
const ours = new Set(['ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_TABLEACCESS_DENIED_ERROR', 'ER_COLUMNACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR', 'ER_NO_SUCH_TABLE',
  'ER_BAD_FIELD_ERROR', 'ER_PARSE_ERROR', 'ER_HOST_NOT_PRIVILEGED']);

/** What connections to an exchange database are limited by. */
export interface ServerLimits {
  readonly connections: number;
  readonly connectMs: number;
  readonly answerMs: number;
}

/** An exchange database on MariaDB or MySQL. Values it would cut or bend are refused instead: the session is a strict one. */
export async function openMariadb(setting: MariadbSetting, limits: ServerLimits): Promise<Server> {
  const { createPool } = await import('mysql2/promise');
  const { host, port, user, password, database, tls } = setting;
  const pool = createPool({
    host, port, user, database, charset: 'utf8mb4_bin', connectTimeout: limits.connectMs, connectionLimit: limits.connections, dateStrings: true, enableKeepAlive: true,
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : mysqlTls(tls, { host, port })),
  });
  return {
    quote: (name) => `\`${name.replaceAll('`', '``')}\``,
    locked: (lock, work) => locked(pool, { lock, timeout: limits.answerMs }, work),
    close: () => pool.end(),
  };
}

async function locked<T>(pool: Pool, { lock, timeout }: { readonly lock: string; readonly timeout: number }, work: (session: Session) => Promise<T>): Promise<T> {
  let connection: PoolConnection | null = null;
  let committing = false;
  try {
    connection = await pool.getConnection();
    const session: Session = { ask: async (sql, values) => (await (connection as PoolConnection).query({ sql, values: [...values], timeout }))[0] as Rows };
    await session.ask(`set session sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO'`, []);
    const [got] = await session.ask('select get_lock(?, ?) as got', [lock, lockSeconds]);
    if (String(got?.['got']) !== '1') throw new Fault('nothing', 'LOCK_HELD');
    await connection.beginTransaction();
    const result = await work(session);
    committing = true;
    await connection.commit();
    committing = false;
    await session.ask('select release_lock(?)', [lock]);
    connection.release();
    return result;
  } catch (cause) {
    // The lock goes with the session, and what was not committed with it.
    connection?.destroy();
    if (cause instanceof Fault) throw cause;
    throw faultOf(cause, committing);
  }
}

function faultOf(cause: unknown, committing: boolean): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  if (code === undefined) return cause instanceof Error && cause.message.includes('closed state') ? new Fault(committing ? 'unknown' : 'nothing', 'CONNECTION_LOST') : cause;
  if (committing) return new Fault('unknown', code);
  return new Fault(aboutRecord.has(code) ? 'record' : ours.has(code) ? 'ours' : 'nothing', code);
}
