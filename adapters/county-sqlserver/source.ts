import { bytesText, rowOf } from '../county-sql/cells.ts';
import { described } from '../county-sql/described.ts';
import type { Question } from '../county-sql/dialect.ts';
import { optionalDriver, type LoadDriver } from '../county-sql/driver.ts';
import { isLost, toldFault, type FaultCodes } from '../county-sql/faults.ts';
import { lanesOf, type Lane } from '../county-sql/lanes.ts';
import { sqlSource } from '../county-sql/source.ts';
import { tlsOptions } from '../database-tls/tls.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Source } from '../../src/port/source.ts';
import { placeOf, type SqlserverSetting } from '../../src/port/source-setting.ts';
import type { Cell, Row } from '../../src/record/change.ts';
import { Failure } from '../../src/record/failure.ts';
import { dialectIn } from './dialect.ts';

/** What is used of `mssql`. */
interface Driver {
  readonly ConnectionPool: new (options: Readonly<Record<string, unknown>>) => Pool;
  readonly NVarChar: (length: number) => unknown;
}

interface Pool {
  connect(): Promise<unknown>;
  request(): Request;
  close(): Promise<void>;
  on(event: 'error', heard: () => void): void;
}

interface Request {
  arrayRowMode: boolean;
  input(name: string, type: unknown, value: unknown): Request;
  query(sql: string): Promise<{ readonly recordset?: readonly (readonly unknown[])[]; readonly columns?: readonly (readonly { readonly name: string }[])[] }>;
}

/** The driver's codes. */
const faultCodes: FaultCodes = {
  away: ['ESOCKET', 'EINSTLOOKUP'],
  denied: ['ELOGIN'],
  slow: ['ETIMEOUT', 'ECANCEL'],
  lost: ['ECONNCLOSED', 'ENOTOPEN', 'ENOCONN'],
};

/** A county's SQL Server database. The server knows no read-only session: what the account may not do is what protects the county. */
export function openSource(setting: SqlserverSetting, clock: Clock, load: LoadDriver = optionalDriver): Source {
  const { zone, limits, schema } = setting;
  const place = placeOf(setting);
  const lanes = lanesOf({
    open: () => openLane(setting, load), most: limits.connections,
    lost: (cause) => isLost(cause, faultCodes),
    told: (cause) => toldFault(cause, faultCodes, { place, statementSeconds: limits.statementSeconds }),
  });
  return sqlSource({ dialect: dialectIn(schema, zone), place, zone, pageRows: limits.pageRows, ...lanes }, clock);
}

/** One connection at a time, so that what is set for the session holds for every question. */
async function openLane(setting: SqlserverSetting, load: LoadDriver): Promise<Lane> {
  const driver = await load('mssql') as Driver;
  const { host, port, user, password, database, schema, limits, tls } = setting;
  const pool = new driver.ConnectionPool({
    server: host, port, user, password, database, connectionTimeout: limits.connectSeconds * 1000, requestTimeout: limits.statementSeconds * 1000,
    pool: { min: 1, max: 1 },
    options: {
      appName: 'qilian', readOnlyIntent: true, useUTC: true, encrypt: tls !== undefined, trustServerCertificate: false,
      ...(tls === undefined ? {} : { cryptoCredentialsDetails: tlsOptions(tls, host), ...(tls.name === undefined ? {} : { serverName: tls.name }) }),
    },
  });
  pool.on('error', () => undefined);
  const rows = rowsOf(driver, pool);
  const say = async (sql: string): Promise<void> => void await pool.request().query(sql);
  try {
    await pool.connect();
    await say(`set lock_timeout ${limits.statementSeconds * 1000}; set deadlock_priority low; set dateformat ymd; set language us_english`);
    const [state] = await rows({ sql: 'select snapshot_isolation_state as state from sys.databases where name = db_name()', values: [] });
    if (String(state?.['state']) === '1') await say('set transaction isolation level snapshot');
    const [echo] = await rows({ sql: 'select @p1 as sign', values: ['𠮷'] });
    if (echo?.['sign'] !== '𠮷') throw new Failure('SOURCE_CHARSET', { source: placeOf(setting) });
  } catch (cause) {
    await pool.close().catch(() => undefined);
    throw cause;
  }
  return {
    session: {
      rows,
      columns: async (table) => {
        const found = await rows({ sql: 'select column_name as name, data_type as type from information_schema.columns where table_schema = @p1 and table_name = @p2', values: [schema, table] });
        return new Map(found.map(({ name, type }) => [String(name).toLowerCase(), String(type)]));
      },
      describe: async () => described(await rows({ sql: catalogue, values: [schema] })),
    },
    begin: () => say('begin transaction'),
    end: () => say('commit transaction'),
    close: () => pool.close(),
  };
}

const catalogue = `select o.name as [table], convert(varchar(20), isnull((select sum(p.rows) from sys.partitions p where p.object_id = o.object_id and p.index_id in (0, 1)), 0)) as [rows],
    convert(nvarchar(200), tp.value) as title, c.name as name, ty.name as type, convert(int, c.is_nullable) as nullable,
    case when exists (select 1 from sys.index_columns ic join sys.indexes i on i.object_id = ic.object_id and i.index_id = ic.index_id
      where i.is_primary_key = 1 and ic.object_id = o.object_id and ic.column_id = c.column_id) then 1 else 0 end as [key], convert(nvarchar(200), cp.value) as says
  from sys.objects o join sys.schemas s on s.schema_id = o.schema_id join sys.columns c on c.object_id = o.object_id join sys.types ty on ty.user_type_id = c.user_type_id
  left join sys.extended_properties tp on tp.class = 1 and tp.major_id = o.object_id and tp.minor_id = 0 and tp.name = 'MS_Description'
  left join sys.extended_properties cp on cp.class = 1 and cp.major_id = o.object_id and cp.minor_id = c.column_id and cp.name = 'MS_Description'
  where s.name = @p1 and o.type in ('U', 'V') order by o.name, c.column_id`;

function rowsOf(driver: Driver, pool: Pool): (question: Question) => Promise<readonly Row[]> {
  return async ({ sql, values }) => {
    const request = pool.request();
    request.arrayRowMode = true;
    values.forEach((value, at) => request.input(`p${at + 1}`, driver.NVarChar(4000), value));
    const { recordset = [], columns: [columns = []] = [] } = await request.query(sql);
    const names = columns.map((column) => column.name);
    return recordset.map((cells) => rowOf(names, cells.map(cellOf)));
  };
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value instanceof Uint8Array ? bytesText(value) : value === null || value === undefined ? null : String(value);
}
