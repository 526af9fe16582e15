import type { Client } from 'pg';
import { rowOf } from '../county-sql/cells.ts';
import type { Question } from '../county-sql/dialect.ts';
import { isLost, toldFault } from '../county-sql/faults.ts';
import { lanesOf, type Lane } from '../county-sql/lanes.ts';
import { sqlSource } from '../county-sql/source.ts';
import type { ColumnTypes } from '../county-sql/statements.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Source } from '../../src/port/source.ts';
import { placeOf, type PostgresSetting } from '../../src/port/source-setting.ts';
import type { Cell, Row } from '../../src/record/change.ts';
import { coded, connect, faultCodes, readOnly } from './connection.ts';
import { describe } from './describe.ts';
import { dialect } from './dialect.ts';
import { probe } from './probe.ts';

/** A county's PostgreSQL database, read only; a page and what belongs to it are read in one view of the moment. */
export function openSource(setting: PostgresSetting, clock: Clock): Source {
  const { zone, limits } = setting;
  const place = placeOf(setting);
  const lanes = lanesOf({
    open: () => coded(openLane(setting)), most: limits.connections,
    lost: (cause) => isLost(cause, faultCodes),
    told: (cause) => toldFault(cause, faultCodes, { place, statementSeconds: limits.statementSeconds }),
  });
  return sqlSource({ dialect, place, zone, pageRows: limits.pageRows, ...lanes }, clock);
}

async function openLane(setting: PostgresSetting): Promise<Lane> {
  const client = await connect(setting);
  const close = async (): Promise<void> => {
    await client.end();
  };
  try {
    await readOnly(client, setting);
  } catch (cause) {
    await close().catch(() => undefined);
    throw cause;
  }
  const rows = rowsOf(client);
  return {
    session: { rows, columns: (table) => columnsOf(rows, table), describe: () => describe(rows), probe: (tables) => probe(rows, tables) },
    begin: async () => void await coded(client.query('begin isolation level repeatable read read only')),
    end: async () => void await coded(client.query('commit')),
    close,
  };
}

function rowsOf(client: Client): (question: Question) => Promise<readonly Row[]> {
  return async ({ sql, values }) => {
    const { rows, fields } = await coded(client.query({ text: sql, values: [...values], rowMode: 'array' }));
    const names = fields.map((field) => field.name);
    return (rows as readonly (readonly Cell[])[]).map((cells) => rowOf(names, cells));
  };
}

async function columnsOf(rows: (question: Question) => Promise<readonly Row[]>, table: string): Promise<ColumnTypes> {
  const found = await rows({
    sql: `select a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a join pg_class c on c.oid = a.attrelid
      join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema() and c.relname = $1 and a.attnum > 0 and not a.attisdropped`,
    values: [table],
  });
  return new Map(found.map(({ name, type }) => [String(name).toLowerCase(), String(type)]));
}
