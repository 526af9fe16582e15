import type { Applied, Applying, Sink, Write } from '../../src/port/sink.ts';
import type { Row } from '../../src/record/change.ts';
import { plain, type Dialect, type Question } from './dialect.ts';
import { codeOf } from './faults.ts';

/** One conversation with a county's database in which rows may be written. */
export interface SinkSession {
  readonly rows: (question: Question) => Promise<readonly Row[]>;
  /** How many rows a statement met. */
  readonly run: (question: Question) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** One kind of database, as far as it differs from the others in writing. */
export interface SinkEngine {
  readonly dialect: Pick<Dialect, 'quote' | 'table' | 'value'>;
  readonly open: () => Promise<SinkSession>;
  /** What a person must mend; anything that is no answer of the database comes back as it is. */
  readonly told: (cause: unknown) => unknown;
  /** Whether the county's own rules did not let a row in: constraints, lengths, types. */
  readonly refused: (code: string) => boolean;
  /** Whether a row of this key was there already. */
  readonly twice: (code: string) => boolean;
  /** A column that says exactly this, NULL included, capitals and trailing spaces too. */
  readonly same: (column: string, place: string) => string;
  /** Finds the mark's table, makes it, and writes a mark into it (stream, value). */
  readonly marks: { readonly there: string; readonly make: (table: string) => string; readonly save: (table: string) => string };
}

/** The mark's table is the gateway's only own one at the county. */
export const usualMarkTable = 'gateway_mark';

/** A county's database for writing. Each piece of work has a connection and a transaction of its own: nothing is held at the county in between. */
export function sqlSink(engine: SinkEngine, markTable = usualMarkTable): Sink {
  const within = async <T>(work: (desk: Desk) => Promise<T>): Promise<T> => {
    let session: SinkSession | undefined;
    try {
      session = await engine.open();
      return await work(new Desk(engine, session, markTable));
    } catch (cause) {
      throw engine.told(cause);
    } finally {
      await session?.close().catch(() => undefined);
    }
  };
  return {
    rows: (table, columns, keys) => within(async (desk) => {
      const found: (Row | undefined)[] = [];
      for (const key of keys) found.push(await desk.row(table, columns, key));
      return found;
    }),
    matching: (table, columns, values, most = 2) => within(async (desk) => (await desk.matching(table, columns, values)).slice(0, most)),
    mark: (stream) => within((desk) => desk.mark(stream)),
    apply: (applying) => within((desk) => desk.apply(applying)),
    close: async () => undefined,
  };
}

class Desk {
  readonly #engine: SinkEngine;
  readonly #session: SinkSession;
  readonly #markTable: string;

  constructor(engine: SinkEngine, session: SinkSession, markTable: string) {
    this.#engine = engine;
    this.#session = session;
    this.#markTable = markTable;
  }

  async row(table: string, columns: readonly string[], key: Row): Promise<Row | undefined> {
    return (await this.matching(table, columns, key))[0];
  }

  matching(table: string, columns: readonly string[], key: Row): Promise<readonly Row[]> {
    const values: unknown[] = [];
    return this.#session.rows({ sql: `select ${columns.map((column) => this.#name(column)).join(', ')} from ${this.#table(table)} where ${this.#equal(key, values)}`, values });
  }

  async mark(stream: string): Promise<string | null> {
    if (!await this.#marked()) return null;
    const [row] = await this.#session.rows({ sql: `select ${this.#name('value')} from ${this.#table(this.#markTable)} where ${this.#name('stream')} = ${this.#engine.dialect.value(1)}`, values: [stream] });
    return row === undefined ? null : String(row['value']);
  }

  /** Every write and the mark in one transaction, or nothing. */
  async apply({ mark, writes }: Applying): Promise<Applied> {
    for (const write of writes) this.#statement(write);
    const { marks } = this.#engine;
    if (!await this.#marked()) await this.#session.run({ sql: marks.make(this.#table(this.#markTable)), values: [] });
    await this.#session.run({ sql: 'begin', values: [] });
    const moved: number[] = [];
    for (const [at, write] of writes.entries()) {
      const done = await this.#write(write);
      if (done.state === 'refused') return this.#undone(await this.#unlessThere(write, at, done.reason));
      if (done.state === 'moved') moved.push(at);
    }
    if (moved.length > 0) return this.#undone({ state: 'moved', at: moved });
    await this.#session.run({ sql: marks.save(this.#table(this.#markTable)), values: [mark.stream, mark.value] });
    await this.#session.run({ sql: 'commit', values: [] });
    return { state: 'applied' };
  }

  async #undone(applied: Applied): Promise<Applied> {
    await this.#session.run({ sql: 'rollback', values: [] });
    return applied;
  }

  async #write(write: Write): Promise<{ readonly state: 'written' | 'moved' } | { readonly state: 'refused'; readonly reason: string }> {
    if (write.kind === 'insert' && await this.#there(write)) return { state: 'moved' };
    try {
      return { state: await this.#session.run(this.#statement(write)) > 0 ? 'written' : 'moved' };
    } catch (cause) {
      const code = codeOf(cause);
      if (code === undefined || !this.#engine.refused(code)) throw cause;
      return { state: 'refused', reason: code };
    }
  }

  /** A row that somebody entered between our look and our writing was moved, not refused. */
  async #unlessThere(write: Write, at: number, reason: string): Promise<Applied> {
    if (write.kind === 'insert' && this.#engine.twice(reason)) {
      await this.#session.run({ sql: 'rollback', values: [] });
      if (await this.#there(write)) return { state: 'moved', at: [at] };
    }
    return { state: 'refused', at, reason };
  }

  async #there({ table, key }: Write): Promise<boolean> {
    return await this.row(table, Object.keys(key), key) !== undefined;
  }

  async #marked(): Promise<boolean> {
    return (await this.#session.rows({ sql: this.#engine.marks.there, values: [this.#markTable] })).length > 0;
  }

  #statement(write: Write): Question {
    const { table, key, set } = write;
    const values: unknown[] = [];
    if (write.kind === 'insert') {
      const row = { ...key, ...set };
      const names = Object.keys(row).map((column) => this.#name(column)).join(', ');
      return { sql: `insert into ${this.#table(table)} (${names}) values (${Object.values(row).map((cell) => this.#place(cell, values)).join(', ')})`, values };
    }
    const assigned = Object.entries(set).map(([column, cell]) => `${this.#name(column)} = ${this.#place(cell, values)}`).join(', ');
    const where = this.#equal(key, values);
    const expected = Object.entries(write.expect).map(([column, cell]) => ` and ${this.#engine.same(this.#name(column), this.#place(cell, values))}`).join('');
    return { sql: `update ${this.#table(table)} set ${assigned} where ${where}${expected}`, values };
  }

  #equal(key: Row, values: unknown[]): string {
    return Object.entries(key).map(([column, cell]) => `${this.#name(column)} = ${this.#place(cell, values)}`).join(' and ');
  }

  #place(cell: Row[string] | undefined, values: unknown[]): string {
    values.push(cell ?? null);
    return this.#engine.dialect.value(values.length);
  }

  #name(name: string): string {
    return this.#engine.dialect.quote(plain(name));
  }

  #table(name: string): string {
    return this.#engine.dialect.table(plain(name));
  }
}
