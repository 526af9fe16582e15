import type { Connection } from 'mysql2/promise';
import { rowOf } from '../county-sql/cells.ts';
import type { Question } from '../county-sql/dialect.ts';
import { isLost, toldFault } from '../county-sql/faults.ts';
import { lanesOf, type Lane } from '../county-sql/lanes.ts';
import { sqlSource } from '../county-sql/source.ts';
import type { ColumnTypes } from '../county-sql/statements.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Source } from '../../src/port/source.ts';
import { placeOf, type MariadbSetting } from '../../src/port/source-setting.ts';
import type { Cell, Row } from '../../src/record/change.ts';
import { cellOf } from './cells.ts';
import { coded, connect, faultCodes, readOnly } from './connection.ts';
import { describe } from './describe.ts';
import { dialect } from './dialect.ts';
import { probe } from './probe.ts';

/** A county's MariaDB or MySQL database, read only; a page and what belongs to it are read in one view of the moment. */
export function openSource(setting: MariadbSetting, clock: Clock): Source {
  const { zone, limits } = setting;
  const place = placeOf(setting);
  const lanes = lanesOf({
    open: () => coded(openLane(setting)), most: limits.connections,
    lost: (cause) => isLost(cause, faultCodes),
    told: (cause) => toldFault(cause, faultCodes, { place, statementSeconds: limits.statementSeconds }),
  });
  return sqlSource({ dialect, place, zone, pageRows: limits.pageRows, ...lanes }, clock);
}

async function openLane(setting: MariadbSetting): Promise<Lane> {
  const connection = await connect(setting);
  const rows = rowsOf(connection, setting);
  try {
    await readOnly(connection, setting);
  } catch (cause) {
    connection.destroy();
    throw cause;
  }
  return {
    session: { rows, columns: (table) => columnsOf(rows, table), describe: () => describe(rows), probe: (tables) => probe(rows, tables) },
    begin: async () => void await coded(connection.query('start transaction with consistent snapshot, read only')),
    end: async () => void await coded(connection.query('commit')),
    close: async () => connection.destroy(),
  };
}

/** The server ends a statement by its own clock; where the network swallows even that, the driver's ends it a little later. */
function rowsOf(connection: Connection, { limits }: MariadbSetting): (question: Question) => Promise<readonly Row[]> {
  return async ({ sql, values }) => {
    const [rows, fields] = await coded(connection.query({ sql, values: [...values], rowsAsArray: true, typeCast: cellOf, timeout: (limits.statementSeconds + 5) * 1000 }));
    const names = fields.map((field) => field.name);
    return (rows as unknown as readonly (readonly Cell[])[]).map((cells) => rowOf(names, cells));
  };
}

async function columnsOf(rows: (question: Question) => Promise<readonly Row[]>, table: string): Promise<ColumnTypes> {
  const found = await rows({ sql: 'select column_name as name, column_type as type from information_schema.columns where table_schema = database() and table_name = ?', values: [table] });
  return new Map(found.map(({ name, type }) => [String(name).toLowerCase(), String(type)]));
}
