import { rowOf } from '../county-sql/cells.ts';
import { toldFault } from '../county-sql/faults.ts';
import { sqlSink, usualMarkTable, type SinkSession } from '../county-sql/sink.ts';
import type { Sink } from '../../src/port/sink.ts';
import { placeOf, type PostgresSetting } from '../../src/port/source-setting.ts';
import type { Cell } from '../../src/record/change.ts';
import { coded, connect, faultCodes } from './connection.ts';
import { dialect } from './dialect.ts';

/** A county's PostgreSQL database, for writing. */
export function openSink(setting: PostgresSetting, markTable = usualMarkTable): Sink {
  return sqlSink({
    dialect,
    open: () => coded(openSession(setting)),
    told: (cause) => toldFault(cause, faultCodes, { place: placeOf(setting), statementSeconds: setting.limits.statementSeconds }),
    refused: (code) => /^(?:22|23|P0001)/.test(code),
    twice: (code) => code === '23505',
    same: (column, place) => `${column} is not distinct from ${place}`,
    marks: {
      there: `select 1 as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema() and c.relname = $1`,
      make: (table) => `create table if not exists ${table} (stream text primary key, value text not null)`,
      save: (table) => `insert into ${table} (stream, value) values ($1, $2) on conflict (stream) do update set value = excluded.value`,
    },
  }, markTable);
}

async function openSession(setting: PostgresSetting): Promise<SinkSession> {
  const client = await connect(setting);
  await client.query(`set statement_timeout = '${setting.limits.statementSeconds}s'; set lock_timeout = '${setting.limits.statementSeconds}s'`);
  return {
    rows: async ({ sql, values }) => {
      const { rows, fields } = await coded(client.query({ text: sql, values: [...values], rowMode: 'array' }));
      const names = fields.map((field) => field.name);
      return (rows as readonly (readonly Cell[])[]).map((cells) => rowOf(names, cells));
    },
    run: async ({ sql, values }) => (await coded(client.query({ text: sql, values: [...values] }))).rowCount ?? 0,
    close: () => client.end(),
  };
}
