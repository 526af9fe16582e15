import { rowOf } from '../county-sql/cells.ts';
import { toldFault } from '../county-sql/faults.ts';
import { sqlSink, usualMarkTable, type SinkSession } from '../county-sql/sink.ts';
import type { Sink } from '../../src/port/sink.ts';
import { placeOf, type MariadbSetting } from '../../src/port/source-setting.ts';
import type { Cell } from '../../src/record/change.ts';
import { cellOf } from './cells.ts';
import { coded, connect, faultCodes } from './connection.ts';
import { dialect } from './dialect.ts';

/** NULL, twice, too long, out of range, not of the type, no such parent, a check or a trigger of the county; 3819 and 4025 have no name in the driver. */
const refusals = ['ER_BAD_NULL_ERROR', 'ER_DUP_ENTRY', 'ER_NO_DEFAULT_FOR_FIELD', 'ER_DATA_TOO_LONG', 'ER_WARN_DATA_OUT_OF_RANGE', 'ER_TRUNCATED_WRONG_VALUE', 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
  'ER_NO_REFERENCED_ROW_2', 'ER_ROW_IS_REFERENCED_2', 'ER_CONSTRAINT_FAILED', 'ER_CHECK_CONSTRAINT_VIOLATED', 'ER_SIGNAL_EXCEPTION', '4025', '3819'];

/** A county's MariaDB or MySQL database, for writing. A value is refused rather than cut or turned into another one. */
export function openSink(setting: MariadbSetting, markTable = usualMarkTable): Sink {
  return sqlSink({
    dialect,
    open: () => coded(openSession(setting)),
    told: (cause) => toldFault(cause, faultCodes, { place: placeOf(setting), statementSeconds: setting.limits.statementSeconds }),
    refused: (code) => refusals.includes(code) || code.startsWith('WARN'),
    twice: (code) => code === 'ER_DUP_ENTRY',
    same: (column, place) => `cast(convert(${column} using utf8mb4) as binary) <=> cast(convert(${place} using utf8mb4) as binary)`,
    marks: {
      there: 'select table_name as name from information_schema.tables where table_schema = database() and table_name = ?',
      make: (table) => `create table if not exists ${table} (stream varchar(191) primary key, value longtext not null) character set utf8mb4 collate utf8mb4_bin`,
      save: (table) => `insert into ${table} (stream, value) values (?, ?) on duplicate key update value = values(value)`,
    },
  }, markTable);
}

async function openSession(setting: MariadbSetting): Promise<SinkSession> {
  const connection = await connect(setting);
  const seconds = setting.limits.statementSeconds;
  await connection.query(`set session sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO', session innodb_lock_wait_timeout = ?, session lock_wait_timeout = ?`, [seconds, seconds]);
  const timeout = (seconds + 5) * 1000;
  return {
    rows: async ({ sql, values }) => {
      const [rows, fields] = await coded(connection.query({ sql, values: [...values], rowsAsArray: true, typeCast: cellOf, timeout }));
      const names = fields.map((field) => field.name);
      return (rows as unknown as readonly (readonly Cell[])[]).map((cells) => rowOf(names, cells));
    },
    run: async ({ sql, values }) => {
      const [done] = await coded(connection.query({ sql, values: [...values], timeout }));
      return 'affectedRows' in done ? done.affectedRows : 0;
    },
    close: async () => connection.destroy(),
  };
}
