import type { DatabaseSync, StatementSync } from 'node:sqlite';

type Value = string | number | null;
type Row = Record<string, unknown>;

interface Query {
  readonly statement: StatementSync;
  readonly names: readonly string[];
}

/** The database with its statements prepared once each, and transactions that are all or nothing. */
export class Desk {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #queries = new Map<string, Query>();

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** Rows are put together here, because objects that the database makes are slower to make and to read. */
  all<T>(sql: string, ...values: Value[]): T[] {
    const { statement, names } = this.#query(sql);
    const rows = statement.all(...values) as unknown as readonly (readonly unknown[])[];
    return rows.map((cells) => {
      const row: Row = {};
      for (let at = 0; at < names.length; at += 1) row[names[at] ?? ''] = cells[at];
      return row as T;
    });
  }

  #query(sql: string): Query {
    const known = this.#queries.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    statement.setReturnArrays(true);
    const query = { statement, names: statement.columns().map((column) => column.name) };
    this.#queries.set(sql, query);
    return query;
  }

  get<T>(sql: string, ...values: Value[]): T | undefined {
    return this.statement(sql).get(...values) as Row | undefined as T | undefined;
  }

  /** Rows changed. */
  run(sql: string, ...values: Value[]): number {
    return Number(this.statement(sql).run(...values).changes);
  }

  /** Synchronous on purpose: nothing can come between the first statement and the commit. */
  transaction<T>(work: () => T): T {
    this.database.exec('begin immediate');
    try {
      const result = work();
      this.database.exec('commit');
      return result;
    } catch (cause) {
      if (this.database.isTransaction) this.database.exec('rollback');
      throw cause;
    }
  }

  /** Adds to a running total. */
  tally(dataset: string, what: string, by: number): void {
    if (by === 0) return;
    this.run(
      'insert into tally (dataset, what, n) values (?, ?, ?) on conflict (dataset, what) do update set n = n + excluded.n',
      dataset, what, by,
    );
  }
}
