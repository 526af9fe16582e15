import { deliveryStore } from '../../adapters/store-sqlite/delivery.ts';
import { Desk } from '../../adapters/store-sqlite/desk.ts';
import { intakeStore } from '../../adapters/store-sqlite/intake.ts';
import { lookStore } from '../../adapters/store-sqlite/look.ts';
import { runStore } from '../../adapters/store-sqlite/runs.ts';
import { openDatabase } from '../../adapters/store-sqlite/schema.ts';
import type { Store } from '../../src/port/store.ts';

/** The real store on a database in memory: what is committed outlives every crash of a history, and nothing outlives the history. */
export class Memory {
  readonly desk: Desk;
  readonly #tables: readonly string[];

  constructor(makeDesk: (database: Desk['database']) => Desk = (database) => new Desk(database)) {
    this.desk = makeDesk(openDatabase(':memory:', 'write'));
    this.#tables = (this.desk.database.prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`).all() as { name: string }[]).map((row) => row.name);
  }

  begin(): void {
    this.#forget();
    for (const table of this.#tables) this.desk.database.exec(`delete from ${table}`);
  }

  /** The store as a process that starts finds it. */
  open(): Store {
    this.#forget();
    const { desk } = this;
    return { ...intakeStore(desk), ...deliveryStore(desk), ...runStore(desk), ...lookStore(desk), close: async () => undefined };
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
