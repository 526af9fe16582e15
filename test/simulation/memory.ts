import { Desk } from '../../adapters/store-sqlite/desk.ts';
import { Fence } from '../../adapters/store-sqlite/fence.ts';
import { sidesOf } from '../../adapters/store-sqlite/sides.ts';
import { openDatabase } from '../../adapters/store-sqlite/schema.ts';
import type { Store } from '../../src/port/store.ts';

/** The real store on a database in memory: what is committed outlives every crash of a history, and nothing outlives the history. */
export class Memory {
  readonly desk: Desk;
  readonly #tables: readonly string[];
  readonly #makeDesk: (database: Desk['database'], fence?: Fence) => Desk;

  constructor(makeDesk: (database: Desk['database'], fence?: Fence) => Desk = (database, fence) => new Desk(database, fence)) {
    this.#makeDesk = makeDesk;
    this.desk = makeDesk(openDatabase(':memory:', 'write'));
    this.#tables = (this.desk.database.prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`).all() as { name: string }[]).map((row) => row.name);
  }

  begin(): void {
    this.#forget();
    for (const table of this.#tables) this.desk.database.exec(`delete from ${table}`);
  }

  /** The store as a process that starts finds it; whoever had it before can write nothing any more. */
  open(): Store {
    this.#forget();
    const { database } = this.desk;
    return { ...sidesOf(this.#makeDesk(database, Fence.take(database, 'simulated'))), renewLease: async () => undefined, close: async () => undefined };
  }

  /** Everything durable, as one text. */
  dump(): string {
    return this.#tables.map((table) => JSON.stringify(this.desk.database.prepare(`select * from ${table}`).all())).join('\n');
  }

  close(): void {
    this.desk.database.close();
  }

  /** Temporary tables go with the process. */
  #forget(): void {
    const temporary = this.desk.database.prepare('select name from temp.sqlite_schema where type = \'table\'').all() as { name: string }[];
    for (const { name } of temporary) this.desk.database.exec(`drop table temp.${name}`);
  }
}
