import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Cell, Change, Row } from '../../src/record/change.ts';
import type { Cursor } from '../../src/record/cursor.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Page, Selection, Source, TableDescription } from '../../src/port/source.ts';
import { advanced, keepable, readPosition, rewound, writePosition, type Mark } from './position.ts';
import { changesAfter, childSql, everyAfter, lookupSql, nullTimeAfter, oneSql, type Question } from './sql.ts';

/** A county's SQLite file, read only; only named columns are read, in keyset pages. */
export function openSource(file: string, clock: Clock): Source {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  const reader = new Reader(database);
  return {
    changes: async (selection, cursor, limit) => changes(reader, { selection, cursor, limit }, clock),
    sweep: async (selection, cursor, limit) => sweep(reader, { selection, cursor, limit }),
    one: async (selection, key) => {
      const rows = reader.rows({ sql: oneSql(selection), values: [key] });
      return reader.withKin(selection, rows)[0] ?? { state: 'gone', key };
    },
    rewind: (cursor, minutes) => writePosition(rewound(readPosition(cursor), minutes)),
    describe: async () => describe(database),
    sample: async (table, limit) => reader.rows({ sql: `select * from ${anyName(table)} limit ?`, values: [limit] }),
    close: async () => database.close(),
  };
}

interface Request {
  readonly selection: Selection;
  readonly cursor: Cursor | null;
  readonly limit: number;
}

/** First the rows with a time, by (time, key); then those whose time is NULL, by key: they are read again in every run. */
function changes(reader: Reader, request: Request, clock: Clock): Page {
  const { selection, limit } = request;
  const { time, key } = selection;
  if (time === undefined) return sweep(reader, request);
  const position = readPosition(request.cursor);
  if (position.nullAfter === undefined) {
    const rows = reader.rows(changesAfter(selection, position, limit));
    const reached = advanced(position, rows.map((row) => ({ time: markOf(row[time]), key: markOf(row[key]) })), clock);
    const next = rows.length < limit ? { ...reached, nullAfter: '' } : reached;
    return { changes: reader.withKin(selection, rows), cursor: keepable(next, clock), resume: writePosition(next), caughtUp: false };
  }
  const rows = reader.rows(nullTimeAfter(selection, position.nullAfter, limit));
  const last = rows.at(-1);
  const next = { ...position, nullAfter: last === undefined ? position.nullAfter : markOf(last[key]) };
  return { changes: reader.withKin(selection, rows), cursor: keepable(next, clock), resume: writePosition(next), caughtUp: rows.length < limit };
}

function sweep(reader: Reader, { selection, cursor, limit }: Request): Page {
  const after = readPosition(cursor).key;
  const rows = reader.rows(everyAfter(selection, after, limit));
  const last = rows.at(-1);
  const key = last === undefined ? after : markOf(last[selection.key]);
  const next = writePosition({ time: '', key, floor: { time: '', key } });
  return { changes: reader.withKin(selection, rows), cursor: next, resume: next, caughtUp: rows.length < limit };
}

function markOf(cell: Cell | undefined): Mark {
  if (cell === undefined || cell === null) throw new TypeError('a row that was found by its time and key has neither');
  return cell;
}

interface Prepared {
  readonly statement: StatementSync;
  readonly names: readonly string[];
}

/** Runs statements and joins rows with those that belong to them, one statement per kind of kin and page. */
class Reader {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Prepared>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  rows({ sql, values }: Question): Row[] {
    const { statement, names } = this.#prepared(sql);
    const rows = statement.all(...values) as unknown as readonly (readonly unknown[])[];
    return rows.map((cells) => rowOf(names, cells));
  }

  #prepared(sql: string): Prepared {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    const prepared = { statement, names: statement.columns().map((column) => column.name) };
    this.#statements.set(sql, prepared);
    return prepared;
  }

  withKin(selection: Selection, rows: readonly Row[]): Change[] {
    const kin = selection.children.map((child) => {
      const by = child.by ?? selection.key;
      const keys = JSON.stringify(rows.map((row) => row[by]).filter((value) => value !== null));
      return { child, by, byParent: groupBy(this.rows({ sql: childSql(child), values: [keys] }), child.parent) };
    });
    const found = selection.lookups.map((lookup) => {
      const wanted = [...new Set(rows.map((row) => row[lookup.by]).filter((value) => value !== null))];
      const targets = wanted.length === 0 ? [] : this.rows({ sql: lookupSql(lookup), values: [JSON.stringify(wanted)] });
      return { lookup, byKey: groupBy(targets, lookup.key) };
    });
    return rows.map((row) => {
      const key = String(row[selection.key]);
      const children: Record<string, readonly Row[]> = {};
      for (const { child, by, byParent } of kin) children[child.name] = byParent.get(String(row[by])) ?? [];
      const lookups: Record<string, Row | undefined> = {};
      const ambiguous: string[] = [];
      for (const { lookup, byKey } of found) {
        const [only, ...others] = byKey.get(String(row[lookup.by])) ?? [];
        lookups[lookup.name] = others.length === 0 ? only : undefined;
        if (others.length > 0) ambiguous.push(lookup.name);
      }
      return { state: 'present', key, row, children, lookups, ...(ambiguous.length === 0 ? {} : { ambiguous }) };
    });
  }
}

/** Put together here, because objects that the database makes are slower to make and to read. */
function rowOf(names: readonly string[], cells: readonly unknown[]): Row {
  const row: Record<string, Cell> = {};
  for (let at = 0; at < names.length; at += 1) row[names[at] ?? ''] = cellOf(cells[at]);
  return row;
}

/** Integers beyond 2^53 stay exact as text; bytes are read as UTF-8 with a replacement sign where they are none. */
function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : null;
}

function groupBy(rows: readonly Row[], column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = String(row[column]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
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
    return (database.prepare(`select count(*) as n from ${anyName(table)}`).get() as { n: number }).n;
  } catch (cause) {
    if (cause instanceof Error && 'errcode' in cause && cause.errcode === 1) return null;
    throw cause;
  }
}

/** A name the database itself has given, whatever signs are in it. */
function anyName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
