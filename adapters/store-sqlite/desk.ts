import type { DatabaseSync, StatementSync } from 'node:sqlite';

type Value = string | number | null;
type Row = Record<string, unknown>;

/** The database with its statements prepared once each, and transactions that are all or nothing. */
export class Desk {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

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

  all<T>(sql: string, ...values: Value[]): T[] {
    return this.statement(sql).all(...values) as Row[] as T[];
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
