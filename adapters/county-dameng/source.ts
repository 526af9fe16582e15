import { bytesText, rowOf } from '../county-sql/cells.ts';
import type { Question } from '../county-sql/dialect.ts';
import { optionalDriver, type LoadDriver } from '../county-sql/driver.ts';
import { isLost, toldFault, type FaultCodes } from '../county-sql/faults.ts';
import { lanesOf, type Lane } from '../county-sql/lanes.ts';
import { columnsOf, describe } from '../county-sql/oracle-catalogue.ts';
import { sqlSource } from '../county-sql/source.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Source } from '../../src/port/source.ts';
import { placeOf, type DamengSetting } from '../../src/port/source-setting.ts';
import type { Cell, Row } from '../../src/record/change.ts';
import { Failure } from '../../src/record/failure.ts';
import { dialectIn } from './dialect.ts';

/** What is used of `dmdb`. */
interface Driver {
  readonly OUT_FORMAT_ARRAY: number;
  readonly CLOB: number;
  fetchAsString: readonly number[];
  getConnection(options: Readonly<Record<string, unknown>>): Promise<Connection>;
}

interface Connection {
  execute(sql: string, values: readonly unknown[], options: Readonly<Record<string, unknown>>): Promise<{ readonly rows?: readonly (readonly unknown[])[]; readonly metaData?: readonly { readonly name: string }[] }>;
  commit(): Promise<void>;
  close(): Promise<void>;
}

/** 达梦's own error numbers. */
const faultCodes: FaultCodes = {
  away: ['6001', '-70028', '-70019'],
  denied: ['-2501', '-2502', '-2508', '-5504', '-5567'],
  slow: ['-6514', '-6515', '-519'],
  lost: ['6060', '6037', '-70065', '-6522', '-523'],
};

/** A county's 达梦 database, read only. */
export function openSource(setting: DamengSetting, clock: Clock, load: LoadDriver = optionalDriver): Source {
  const { zone, limits } = setting;
  const place = placeOf(setting);
  const lanes = lanesOf({
    open: () => openLane(setting, load), most: limits.connections,
    lost: (cause) => isLost(cause, faultCodes),
    told: (cause) => toldFault(cause, faultCodes, { place, statementSeconds: limits.statementSeconds }),
  });
  return sqlSource({ dialect: dialectIn(zone), place, zone, pageRows: limits.pageRows, ...lanes }, clock);
}

async function openLane(setting: DamengSetting, load: LoadDriver): Promise<Lane> {
  const driver = await load('dmdb') as Driver;
  driver.fetchAsString = [driver.CLOB];
  const { host, port, user, password, schema, limits } = setting;
  const connection = await driver.getConnection({
    connectString: `${host}:${port}`, user, password, autoCommit: false, connectTimeout: limits.connectSeconds * 1000, socketTimeout: (limits.statementSeconds + 5) * 1000,
    ...(schema === undefined ? {} : { schema }),
  });
  const rows = rowsOf(driver, connection);
  try {
    const [echo] = await rows({ sql: 'select ? as "sign" from dual', values: ['旗'] });
    if (echo?.['sign'] !== '旗') throw new Failure('SOURCE_CHARSET', { source: placeOf(setting) });
  } catch (cause) {
    await connection.close().catch(() => undefined);
    throw cause;
  }
  const owner = `sys_context('userenv', 'current_schema')`;
  return {
    session: { rows, columns: (table) => columnsOf(rows, { owner, value: () => '?', table }), describe: () => describe(rows, owner) },
    begin: async () => void await connection.execute('set transaction read only', [], {}),
    end: () => connection.commit(),
    close: () => connection.close(),
  };
}

function rowsOf(driver: Driver, connection: Connection): (question: Question) => Promise<readonly Row[]> {
  return async ({ sql, values }) => {
    const { rows = [], metaData = [] } = await connection.execute(sql, values, { outFormat: driver.OUT_FORMAT_ARRAY, maxRows: 0 });
    const names = metaData.map((column) => column.name);
    return rows.map((cells) => rowOf(names, cells.map(cellOf)));
  };
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value instanceof Uint8Array ? bytesText(value) : value === null || value === undefined ? null : String(value);
}
