import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Applied, Applying, Sink, Write } from '../../src/port/sink.ts';
import type { Cell, Row } from '../../src/record/change.ts';
import { cellOf } from './cell.ts';
import { quoted } from './dialect.ts';

/** The mark's table is the gateway's only own one at the county. */
export const usualMarkTable = 'gateway_mark';

/** A county's SQLite file, for writing. Rows and mark go in one transaction; clerks and readers are never kept waiting longer than it takes. */
export function openSink(file: string, markTable = usualMarkTable): Sink {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec(`create table if not exists ${quoted(markTable)} (stream text primary key, value text not null)`);
  const desk = new SinkDesk(database, markTable);
  return {
    rows: async (table, columns, keys) => keys.map((key) => desk.row(table, columns, key)),
    matching: async (table, columns, values, most) => desk.matching(table, columns, values, most),
    mark: async (stream) => desk.mark(stream),
    apply: async (applying) => desk.apply(applying),
    close: async () => database.close(),
  };
}

/** Undoes a transaction and says why. */
class Undone extends Error {
  readonly applied: Applied;

  constructor(applied: Applied) {
    super(applied.state);
    this.applied = applied;
  }
}

class SinkDesk {
  readonly #database: DatabaseSync;
  readonly #markTable: string;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, markTable: string) {
    this.#database = database;
    this.#markTable = quoted(markTable);
  }

  row(table: string, columns: readonly string[], key: Row): Row | undefined {
    return this.matching(table, columns, key)[0];
  }

  matching(table: string, columns: readonly string[], values: Row, most = 2): readonly Row[] {
    const statement = this.#statement(`select ${columns.map(quoted).join(', ')} from ${quoted(table)} where ${matches(values, '=')} limit ?`);
    statement.setReadBigInts(true);
    const found = statement.all(...Object.values(values), most) as unknown as readonly Record<string, unknown>[];
    return found.map((row) => Object.fromEntries(columns.map((column) => [column, cellOf(row[column])])));
  }

  mark(stream: string): string | null {
    const row = this.#statement(`select value from ${this.#markTable} where stream = ?`).get(stream);
    return row === undefined ? null : String(row['value']);
  }

  apply({ mark, writes }: Applying): Applied {
    this.#database.exec('begin immediate');
    try {
      const moved = writes.flatMap((write, at) => (this.#write(write, at) ? [] : [at]));
      if (moved.length > 0) throw new Undone({ state: 'moved', at: moved });
      this.#statement(`insert into ${this.#markTable} (stream, value) values (?, ?) on conflict (stream) do update set value = excluded.value`)
        .run(mark.stream, mark.value);
      this.#database.exec('commit');
      return { state: 'applied' };
    } catch (cause) {
      if (this.#database.isTransaction) this.#database.exec('rollback');
      if (cause instanceof Undone) return cause.applied;
      throw cause;
    }
  }

  /** False when the row is not as expected. */
  #write(write: Write, at: number): boolean {
    try {
      return this.#statement(sqlOf(write)).run(...valuesOf(write)).changes > 0;
    } catch (cause) {
      if (isConstraint(cause)) throw new Undone({ state: 'refused', at, reason: `SQLITE ${cause.errcode}` });
      throw cause;
    }
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const made = this.#database.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }
}

function sqlOf(write: Write): string {
  const { table, key, set } = write;
  if (write.kind === 'update') {
    const columns = Object.keys(set).map((column) => `${quoted(column)} = ?`).join(', ');
    const expected = Object.keys(write.expect).length === 0 ? '' : ` and ${matches(write.expect, 'is')}`;
    return `update ${quoted(table)} set ${columns} where ${matches(key, '=')}${expected}`;
  }
  const columns = [...Object.keys(key), ...Object.keys(set)];
  return `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) select ${columns.map(() => '?').join(', ')}
    where not exists (select 1 from ${quoted(table)} where ${matches(key, '=')})`;
}

function valuesOf(write: Write): readonly Cell[] {
  const { key, set } = write;
  return write.kind === 'update'
    ? [...Object.values(set), ...Object.values(key), ...Object.values(write.expect)]
    : [...Object.values(key), ...Object.values(set), ...Object.values(key)];
}

function matches(row: Row, sign: '=' | 'is'): string {
  return Object.keys(row).map((column) => `${quoted(column)} ${sign} ?`).join(' and ');
}

/** SQLITE_CONSTRAINT (19) with its extended codes. */
function isConstraint(cause: unknown): cause is Error & { readonly errcode: number } {
  return cause instanceof Error && 'errcode' in cause && typeof cause.errcode === 'number' && cause.errcode % 256 === 19;
}
