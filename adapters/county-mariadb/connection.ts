import type { Connection } from 'mysql2/promise';
import type { FaultCodes } from '../county-sql/faults.ts';
import { mysqlTls } from '../database-tls/tls.ts';
import { placeOf, type MariadbSetting } from '../../src/port/source-setting.ts';
import { Failure } from '../../src/record/failure.ts';

/** What the server's and the driver's codes mean. */
export const faultCodes: FaultCodes = {
  away: ['ER_CON_COUNT_ERROR', 'ER_TOO_MANY_USER_CONNECTIONS', 'ER_HOST_IS_BLOCKED', 'ER_SERVER_SHUTDOWN'],
  denied: ['ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_TABLEACCESS_DENIED_ERROR', 'ER_COLUMNACCESS_DENIED_ERROR', 'ER_SPECIFIC_ACCESS_DENIED_ERROR', 'ER_HOST_NOT_PRIVILEGED', 'ER_BAD_DB_ERROR'],
  slow: ['1969', 'ER_STATEMENT_TIMEOUT', 'ER_QUERY_TIMEOUT', 'ER_QUERY_INTERRUPTED', 'PROTOCOL_SEQUENCE_TIMEOUT', 'ER_LOCK_WAIT_TIMEOUT'],
  lost: ['connection closed', 'PROTOCOL_CONNECTION_LOST', 'ER_CONNECTION_KILLED', 'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR', 'ER_NEW_ABORTING_CONNECTION'],
};

/** Opens a connection that speaks utf8mb4 in the county's zone, whatever the server's habits. */
export async function connect(setting: MariadbSetting): Promise<Connection> {
  const { createConnection } = await import('mysql2/promise');
  const { host, port, user, password, database, zone, limits, tls } = setting;
  const connection = await createConnection({
    host, port, user, database, charset: 'utf8mb4_bin', connectTimeout: limits.connectSeconds * 1000, enableKeepAlive: true,
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : mysqlTls(tls, { host, port })),
  });
  // A connection that dies while nobody asks it anything is found dead at the next question.
  (connection as unknown as { readonly on: (event: 'error', heard: () => void) => void }).on('error', () => undefined);
  try {
    await connection.query(`set names utf8mb4 collate utf8mb4_bin, session sql_mode = '', session time_zone = ?`, [zone]);
    await checkCharacters(connection, placeOf(setting));
    return connection;
  } catch (cause) {
    connection.destroy();
    throw cause;
  }
}

/** The driver has no code for a question put to a connection that is gone. */
export async function coded<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (cause) {
    const gone = cause instanceof Error && !('errno' in cause) && cause.message.includes('closed state');
    throw gone ? Object.assign(new Error(cause.message, { cause }), { code: 'connection closed' }) : cause;
  }
}

/** Makes the connection one that can only look: no writing, no locks, no statement longer than allowed. */
export async function readOnly(connection: Connection, { limits }: MariadbSetting): Promise<void> {
  await connection.query('set session transaction isolation level repeatable read, read only');
  await connection.query('set session lock_wait_timeout = ?', [limits.statementSeconds]);
  const [[server]] = await connection.query({ sql: 'select version()', rowsAsArray: true }) as unknown as readonly [readonly [readonly [string]], unknown];
  const [sql, most] = /mariadb/i.test(server[0])
    ? ['set session max_statement_time = ?', limits.statementSeconds]
    : ['set session max_execution_time = ?', limits.statementSeconds * 1000];
  await connection.query(sql, [most]).catch((cause: unknown) => {
    // Servers before 10.1 and 5.7 know no such limit; the driver's own still holds.
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ER_UNKNOWN_SYSTEM_VARIABLE')) throw cause;
  });
}

/** A character of four bytes there and back: over a connection of three, it would be read as `?` without a word. */
async function checkCharacters(connection: Connection, source: string): Promise<void> {
  const [[row]] = await connection.query({ sql: `select hex(?), _utf8mb4 x'F0A0AEB7'`, values: ['𠮷'], rowsAsArray: true }) as unknown as readonly [readonly [readonly [string, string]], unknown];
  if (row[0] !== 'F0A0AEB7' || row[1] !== '𠮷') throw new Failure('SOURCE_CHARSET', { source });
}
