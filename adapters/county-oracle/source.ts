import { bytesText, rowOf } from '../county-sql/cells.ts';
import type { Question } from '../county-sql/dialect.ts';
import { optionalDriver, type LoadDriver } from '../county-sql/driver.ts';
import { isLost, toldFault, type FaultCodes } from '../county-sql/faults.ts';
import { lanesOf, type Lane } from '../county-sql/lanes.ts';
import { columnsOf, describe } from '../county-sql/oracle-catalogue.ts';
import { sqlSource } from '../county-sql/source.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Source } from '../../src/port/source.ts';
import { placeOf, type OracleSetting } from '../../src/port/source-setting.ts';
import type { Cell, Row } from '../../src/record/change.ts';
import { Failure } from '../../src/record/failure.ts';
import { dialectIn } from './dialect.ts';

/** What is used of `oracledb`. */
interface Driver {
  readonly OUT_FORMAT_ARRAY: number;
  readonly STRING: unknown;
  readonly BUFFER: unknown;
  readonly DB_TYPE_CLOB: unknown;
  readonly DB_TYPE_NCLOB: unknown;
  readonly DB_TYPE_BLOB: unknown;
  initOracleClient(options: { readonly libDir: string }): void;
  getConnection(options: Readonly<Record<string, unknown>>): Promise<Connection>;
}

interface Connection {
  callTimeout: number;
  execute(sql: string, values: readonly unknown[], options: Readonly<Record<string, unknown>>): Promise<{ readonly rows?: readonly (readonly unknown[])[]; readonly metaData?: readonly { readonly name: string }[] }>;
  commit(): Promise<void>;
  close(options?: { readonly drop: boolean }): Promise<void>;
}

/** Oracle's and the driver's codes. */
const faultCodes: FaultCodes = {
  away: ['NJS-500', 'NJS-503', 'NJS-510', 'NJS-511', 'NJS-514', 'NJS-515', 'NJS-518', 'NJS-530', 'ORA-12541', 'ORA-12514', 'ORA-12170', 'ORA-01034', 'ORA-00018', 'ORA-00020', 'ORA-12516', 'ORA-12520', 'NJS-138'],
  denied: ['ORA-01017', 'ORA-28000', 'ORA-28001', 'ORA-01031', 'ORA-01045', 'ORA-00942', 'ORA-28040'],
  slow: ['ORA-01013', 'NJS-123', 'DPI-1067', 'ORA-00054'],
  lost: ['ORA-03113', 'ORA-03114', 'ORA-03135', 'ORA-00028', 'ORA-01012', 'ORA-02396', 'NJS-500', 'NJS-501', 'NJS-521', 'DPI-1010', 'DPI-1080'],
};

/** A county's Oracle database, read only. Without `client` the driver speaks to 12.1 and newer; for 11g it needs Oracle's Instant Client. */
export function openSource(setting: OracleSetting, clock: Clock, load: LoadDriver = optionalDriver): Source {
  const { zone, limits } = setting;
  const place = placeOf(setting);
  const lanes = lanesOf({
    open: () => openLane(setting, load), most: limits.connections,
    lost: (cause) => isLost(cause, faultCodes),
    told: (cause) => toldFault(cause, faultCodes, { place, statementSeconds: limits.statementSeconds }),
  });
  return sqlSource({ dialect: dialectIn(zone), place, zone, pageRows: limits.pageRows, ...lanes }, clock);
}

async function openLane(setting: OracleSetting, load: LoadDriver): Promise<Lane> {
  const driver = await load('oracledb') as Driver;
  const { host, port, service, user, password, schema, client, limits, zone } = setting;
  if (client !== undefined) driver.initOracleClient({ libDir: client });
  const connection = await driver.getConnection({ user, password, connectString: `${host}:${port}/${service}?connect_timeout=${limits.connectSeconds}` });
  const rows = rowsOf(driver, connection);
  const say = async (sql: string): Promise<void> => void await connection.execute(sql, [], {});
  try {
    connection.callTimeout = limits.statementSeconds * 1000;
    await say(`alter session set time_zone = '${zone}' nls_numeric_characters = '. ' nls_date_format = 'YYYY-MM-DD HH24:MI:SS' nls_sort = binary nls_comp = binary`);
    if (schema !== undefined) await say(`alter session set current_schema = "${schema}"`);
    await checkCharacters(rows, placeOf(setting));
  } catch (cause) {
    await connection.close({ drop: true }).catch(() => undefined);
    throw cause;
  }
  const owner = `sys_context('userenv', 'current_schema')`;
  return {
    session: { rows, columns: (table) => columnsOf(rows, { owner, value: (n) => `:${n}`, table }), describe: () => describe(rows, owner) },
    begin: () => say('set transaction read only'),
    end: () => connection.commit(),
    close: () => connection.close({ drop: true }),
  };
}

function rowsOf(driver: Driver, connection: Connection): (question: Question) => Promise<readonly Row[]> {
  const fetchTypeHandler = ({ dbType }: { readonly dbType: unknown }): { readonly type: unknown } | undefined => {
    if (dbType === driver.DB_TYPE_CLOB || dbType === driver.DB_TYPE_NCLOB) return { type: driver.STRING };
    return dbType === driver.DB_TYPE_BLOB ? { type: driver.BUFFER } : undefined;
  };
  return async ({ sql, values }) => {
    const { rows = [], metaData = [] } = await connection.execute(sql, values, { outFormat: driver.OUT_FORMAT_ARRAY, fetchArraySize: 1000, maxRows: 0, fetchTypeHandler });
    const names = metaData.map((column) => column.name);
    return rows.map((cells) => rowOf(names, cells.map(cellOf)));
  };
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value instanceof Uint8Array ? bytesText(value) : value === null || value === undefined ? null : String(value);
}

/** A database kept in GBK has no rarer characters to give, so it is tried with a common one. */
async function checkCharacters(rows: (question: Question) => Promise<readonly Row[]>, source: string): Promise<void> {
  const [found] = await rows({ sql: `select value as "set" from nls_database_parameters where parameter = upper('nls_characterset')`, values: [] });
  const sign = String(found?.['set']).includes('UTF8') ? '𠮷' : '旗';
  const [echo] = await rows({ sql: 'select :1 as "sign" from dual', values: [sign] });
  if (echo?.['sign'] !== sign) throw new Failure('SOURCE_CHARSET', { source });
}
