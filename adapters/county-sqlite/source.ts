import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { rowOf } from '../county-sql/cells.ts';
import type { Question } from '../county-sql/dialect.ts';
import type { Session } from '../county-sql/engine.ts';
import { sqlSource } from '../county-sql/source.ts';
import type { ColumnTypes } from '../county-sql/statements.ts';
import { regionZone } from '../county-sql/zone.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Source, TableDescription } from '../../src/port/source.ts';
import type { Cell, Row } from '../../src/record/change.ts';
import { cellOf } from './cell.ts';
import { dialect } from './dialect.ts';

/** A county's SQLite file, read only; only named columns are read, in keyset pages. */
export function openSource(file: string, clock: Clock): Source {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  const session = sessionOf(database);
  return sqlSource({ dialect, place: file, zone: regionZone, pageRows: 10_000, ask: (work) => work(session), close: async () => database.close() }, clock);
}

interface Prepared {
  readonly statement: StatementSync;
  readonly names: readonly string[];
}

function sessionOf(database: DatabaseSync): Session {
  const statements = new Map<string, Prepared>();
  return {
    rows: async (question) => rowsOf(database, statements, question),
    columns: async (table) => columnsOf(database, table),
    describe: async () => describe(database),
  };
}

function rowsOf(database: DatabaseSync, statements: Map<string, Prepared>, { sql, values }: Question): readonly Row[] {
  const { statement, names } = prepared(database, statements, sql);
  const rows = statement.all(...values as Cell[]) as unknown as readonly (readonly unknown[])[];
  return rows.map((cells) => rowOf(names, cells.map(cellOf)));
}

function prepared(database: DatabaseSync, statements: Map<string, Prepared>, sql: string): Prepared {
  const known = statements.get(sql);
  if (known !== undefined) return known;
  const statement = database.prepare(sql);
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  const made = { statement, names: statement.columns().map((column) => column.name) };
  statements.set(sql, made);
  return made;
}

function columnsOf(database: DatabaseSync, table: string): ColumnTypes {
  const columns = database.prepare('select name, type from pragma_table_info(?)').all(table) as { name: string; type: string }[];
  return new Map(columns.map(({ name, type }) => [name.toLowerCase(), type]));
}

function describe(database: DatabaseSync): TableDescription[] {
  const tables = database.prepare(`select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite_%' order by name`)
    .all() as { name: string }[];
  return tables.flatMap(({ name }) => {
    const rows = countOf(database, name);
    if (rows === null) return [];
    const columns = database.prepare('select name, type, "notnull" as required from pragma_table_info(?)').all(name) as
      { name: string; type: string; required: number }[];
    return [{ table: name, rows, columns: columns.map((c) => ({ name: c.name, type: c.type, nullable: c.required === 0 })) }];
  });
}

/** Null for a view that no longer finds its tables: it has nothing that could be read. */
function countOf(database: DatabaseSync, table: string): number | null {
  try {
    return (database.prepare(`select count(*) as n from ${dialect.quote(table)}`).get() as { n: number }).n;
  } catch (cause) {
    if (cause instanceof Error && 'errcode' in cause && cause.errcode === 1) return null;
    throw cause;
  }
}
