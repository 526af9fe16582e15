import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';

type Fields = Readonly<Record<string, unknown>>;

/** Changes what the simulated region has behind the gateway's back, as a restored backup or a careless hand would. */
export class RegionByHand {
  readonly #file: string;

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'region', 'region.db');
  }

  /** Row_guids in effect, in their order, so that a test can pick some. */
  guids(table: string, count: number, from = 0): readonly string[] {
    return this.#with((database) => database.prepare(
      'select distinct guid from row where tbl = (select id from tbl where name = ?) and state = 1 order by guid limit ? offset ?').all(table, count, from).map((row) => String(row['guid'])));
  }

  /** What is in effect of one. */
  row(table: string, guid: string): Fields {
    return this.#with((database) => JSON.parse(String(database.prepare(`select body from row where ${place} and state = 1`).get(table, guid)?.['body'])) as Fields);
  }

  drop(table: string, guids: readonly string[]): void {
    this.#each(guids, (database, guid) => database.prepare(`update row set state = 0 where ${place}`).run(table, guid));
  }

  alter(table: string, guids: readonly string[], change: (row: Fields) => Fields): void {
    this.#each(guids, (database, guid) => {
      const { id, body } = database.prepare(`select id, body from row where ${place} and state = 1`).get(table, guid) as { id: number; body: string };
      database.prepare('update row set body = ? where id = ?').run(JSON.stringify(change(JSON.parse(body) as Fields)), id);
    });
  }

  /** Another copy of each. */
  double(table: string, guids: readonly string[]): void {
    this.#each(guids, (database, guid) => database.prepare(
      `insert into row (tbl, guid, state, batch, body) select tbl, guid, 1, batch, body from row where ${place} and state = 1`).run(table, guid));
  }

  /** Rows nobody sent, made from others. */
  invent(table: string, guids: readonly string[]): void {
    this.#each(guids, (database, guid) => database.prepare(
      `insert into row (tbl, guid, state, batch, body) select tbl, 'x-' || guid, 1, batch, json_set(body, '$.row_guid', 'x-' || guid) from row where ${place} and state = 1`).run(table, guid));
  }

  #each(guids: readonly string[], work: (database: DatabaseSync, guid: string) => void): void {
    this.#with((database) => {
      database.exec('begin immediate');
      for (const guid of guids) work(database, guid);
      database.exec('commit');
    });
  }

  #with<T>(work: (database: DatabaseSync) => T): T {
    const database = new DatabaseSync(this.#file, { timeout: 10_000 });
    try {
      return work(database);
    } finally {
      database.close();
    }
  }
}

const place = 'tbl = (select id from tbl where name = ?) and guid = ?';
