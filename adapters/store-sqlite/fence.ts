import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Lease } from '../../src/port/lease.ts';
import { Failure } from '../../src/record/failure.ts';
import { telling, told } from './troubles.ts';

const select = 'select generation, holder, renewed_at as renewedAt from lease';

/**
 * This process's right to write, under the number it took the store by. The number is looked at inside each transaction,
 * after the database's own write lock is held: a process that was paused while another took over finds that out there.
 * The right ends with the first sync that fails, for good: the next would succeed, and say nothing of what the disk has dropped.
 */
export class Fence {
  readonly #database: DatabaseSync;
  readonly #generation: number;
  readonly #now: StatementSync;
  #unsynced: Failure | null = null;

  private constructor(database: DatabaseSync, generation: number) {
    this.#database = database;
    this.#generation = generation;
    this.#now = database.prepare(select);
  }

  /** Throws a Failure `STORE_BUSY` while another process is in the middle of a transaction, paused or not. */
  static take(database: DatabaseSync, holder: string): Fence {
    telling(() => database.exec('begin immediate'));
    try {
      const generation = (leaseIn(database)?.generation ?? 0) + 1;
      database.prepare(`insert or replace into lease (name, generation, holder, renewed_at) values ('store', ?, ?, 0)`).run(generation, holder);
      database.exec('commit');
      return new Fence(database, generation);
    } catch (cause) {
      if (database.isTransaction) database.exec('rollback');
      throw told(cause);
    }
  }

  /** Throws a Failure `STORE_LOST` when another process has taken over, `STORE_UNSYNCED` after a sync that failed. */
  check(): void {
    if (this.#unsynced !== null) throw this.#unsynced;
    const now = this.#now.get() as Lease | undefined;
    if (now?.generation !== this.#generation) throw new Failure('STORE_LOST', { holder: now?.holder ?? '' });
  }

  /** To be told of what went wrong with the database. */
  heed(failure: unknown): void {
    if (failure instanceof Failure && failure.code === 'STORE_UNSYNCED') this.#unsynced ??= failure;
  }

  renew(at: number): void {
    this.check();
    this.#database.prepare('update lease set renewed_at = ? where generation = ?').run(at, this.#generation);
  }

  /** Lets go, if it is still ours. */
  release(): void {
    if (this.#unsynced === null) this.#database.prepare(`update lease set holder = '' where generation = ?`).run(this.#generation);
  }
}

/** Who holds the store; null when nobody ever has. */
export function leaseIn(database: DatabaseSync): Lease | null {
  const row = database.prepare(select).get() as Lease | undefined;
  return row === undefined ? null : { generation: row.generation, holder: row.holder, renewedAt: row.renewedAt };
}
