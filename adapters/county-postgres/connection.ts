import type { Client } from 'pg';
import type { FaultCodes } from '../county-sql/faults.ts';
import { tlsOptions } from '../database-tls/tls.ts';
import { placeOf, type PostgresSetting } from '../../src/port/source-setting.ts';
import { Failure } from '../../src/record/failure.ts';
import { cellReader } from './cells.ts';

/** What the server's SQLSTATE and the driver's codes mean. */
export const faultCodes: FaultCodes = {
  away: ['53300', '57P03', 'connect timeout'],
  denied: ['28000', '28P01', '42501', '3D000'],
  slow: ['57014', '55P03', 'answer timeout'],
  lost: ['57P01', '57P02', '57P05', '08000', '08003', '08006', '25P03', 'connection ended'],
};

/** Opens a connection that speaks UTF-8 in the county's zone and writes dates as ISO, whatever the server's habits. */
export async function connect(setting: PostgresSetting): Promise<Client> {
  const { Client: PgClient } = (await import('pg')).default;
  const { host, port, user, password, database, limits, tls } = setting;
  const client = new PgClient({
    host, port, user, database, connectionTimeoutMillis: limits.connectSeconds * 1000, query_timeout: (limits.statementSeconds + 5) * 1000,
    keepAlive: true, application_name: 'qilian', client_encoding: 'UTF8',
    types: { getTypeParser: cellReader as never },
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { ssl: tlsOptions(tls, host) }),
  });
  // A connection that dies while nobody asks it anything is found dead at the next question.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await settle(client, setting);
    return client;
  } catch (cause) {
    client.end().catch(() => undefined);
    throw cause;
  }
}

/** Some of the driver's own errors have no code, only words. */
export async function coded<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (cause) {
    if (!(cause instanceof Error) || ('code' in cause && cause.code !== undefined)) throw cause;
    const code = /timeout exceeded|timeout expired|connection timeout/i.test(cause.message) ? 'connect timeout'
      : /read timeout/i.test(cause.message) ? 'answer timeout'
        : /terminated|not queryable|has encountered a connection error|was closed/i.test(cause.message) ? 'connection ended' : undefined;
    throw code === undefined ? cause : Object.assign(new Error(code, { cause }), { code });
  }
}

/** Makes the connection one that can only look: no writing, no waiting for locks, no statement longer than allowed. */
export async function readOnly(client: Client, { limits }: PostgresSetting): Promise<void> {
  const seconds = limits.statementSeconds;
  await client.query(`set default_transaction_read_only = on; set statement_timeout = '${seconds}s'`);
  await setWhereKnown(client, { lock_timeout: `${seconds}s`, idle_in_transaction_session_timeout: `${Math.max(seconds * 4, 60)}s` });
}

async function settle(client: Client, setting: PostgresSetting): Promise<void> {
  await client.query(`set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'; set bytea_output = 'hex'; set standard_conforming_strings = on; set extra_float_digits = 1`);
  await client.query(`set time zone interval '${setting.zone}' hour to minute`);
  await client.query(`select set_config('search_path', $1, false)`, [`"${setting.schema.replaceAll('"', '""')}"`]);
  await checkCharacters(client, placeOf(setting));
}

/** Kin of PostgreSQL lack some of its settings; what they do not know cannot be set. */
async function setWhereKnown(client: Client, settings: Readonly<Record<string, string>>): Promise<void> {
  const { rows } = await client.query({ text: 'select name from pg_settings where name = any($1)', values: [Object.keys(settings)], rowMode: 'array' });
  for (const [name] of rows as unknown as readonly [string][]) await client.query(`select set_config($1, $2, false)`, [name, settings[name]]);
}

/** A character there and back. A database without an encoding hands bytes on unseen and cannot be read safely; an old Chinese one has no rarer characters to give. */
async function checkCharacters(client: Client, source: string): Promise<void> {
  const { rows } = await client.query({ text: `select current_setting('server_encoding')`, rowMode: 'array' });
  const [[encoding]] = rows as unknown as readonly [readonly [string]];
  const sign = encoding === 'UTF8' ? '𠮷' : '旗';
  const echo = encoding === 'SQL_ASCII' ? null : await client.query({ text: 'select $1::text', values: [sign], rowMode: 'array' });
  if ((echo?.rows as readonly [readonly [string]] | undefined)?.[0]?.[0] !== sign) throw new Failure('SOURCE_CHARSET', { source });
}
