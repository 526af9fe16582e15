import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Fence } from './fence.ts';
import { telling, told } from './troubles.ts';

type Value = string | number | null;
type Row = Record<string, unknown>;

interface Query {
  readonly statement: StatementSync;
  readonly names: readonly string[];
}

/** The database with its statements prepared once each, and transactions that are all or nothing. */
export class Desk {
  readonly database: DatabaseSync;
  readonly #fence: Fence | undefined;
  readonly #statements = new Map<string, StatementSync>();
  readonly #queries = new Map<string, Query>();

  /** With a fence, nothing is written by a process that no longer holds the store. */
  constructor(database: DatabaseSync, fence?: Fence) {
    this.database = database;
    this.#fence = fence;
  }

  statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** Rows as lists of cells, in the order of the columns asked for: for what is read by the thousand. */
  cells<T extends readonly unknown[]>(sql: string, ...values: Value[]): T[] {
    return this.#query(sql).statement.all(...values) as unknown as T[];
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
    if (this.#fence !== undefined && !this.database.isTransaction) return this.transaction(() => this.run(sql, ...values));
    return telling(() => Number(this.statement(sql).run(...values).changes));
  }

  /** Synchronous on purpose: nothing can come between the first statement and the commit. */
  transaction<T>(work: () => T): T {
    telling(() => this.database.exec('begin immediate'));
    return this.syncing(() => {
      try {
        this.#fence?.check();
        const result = work();
        this.database.exec('commit');
        return result;
      } catch (cause) {
        if (this.database.isTransaction) this.database.exec('rollback');
        throw cause;
      }
    });
  }

  /** Does something that waits for the disk, and tells its troubles; with a fence, nothing is written after a sync that failed. */
  syncing<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      const failure = told(cause);
      this.#fence?.heed(failure);
      throw failure;
    }
  }

  /** Throws a Failure `STORE_LOST` or `STORE_UNSYNCED` when this process may no longer write the store. */
  mustHold(): void {
    this.#fence?.check();
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
