import { DatabaseSync } from 'node:sqlite';
import { threadId } from 'node:worker_threads';
import { openSource } from '../../adapters/county-sqlite/source.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Source } from '../../src/port/source.ts';

export type Dataset = 'items' | 'cases';

/** A row that belongs to a case. */
export interface Child {
  readonly no: number;
  readonly says: string;
}

/** What the county has on file of one matter, as its officers know it. */
export interface Fact {
  readonly key: string;
  /** As stamped, local time; NULL where the county's program forgets it. */
  readonly time: string | null;
  readonly name: string;
  /** What must be unique: an item's code, a case's number. */
  readonly code: string;
  /** Code of the item a case is about. */
  readonly item: string | null;
  readonly bad: boolean;
  readonly withdrawn: boolean;
  /** Another one each time the key is given to something else. */
  readonly salt: number;
  readonly steps: readonly Child[];
  readonly papers: readonly Child[];
}

let opened = 0;

/** A county's database, in memory, with the gateway's real adapter reading it. */
export class County {
  readonly truth: Readonly<Record<Dataset, Map<string, Fact>>> = { items: new Map(), cases: new Map() };
  readonly source: Source;
  readonly #database: DatabaseSync;
  readonly #put: Readonly<Record<Dataset | 'steps' | 'papers', ReturnType<DatabaseSync['prepare']>>>;
  readonly #drop: Readonly<Record<Dataset | 'steps' | 'papers', ReturnType<DatabaseSync['prepare']>>>;

  constructor(clock: Pick<Clock, 'wallMs'>) {
    opened += 1;
    const uri = `file:county-${threadId}-${opened}?mode=memory&cache=shared`;
    this.#database = new DatabaseSync(uri);
    const database = this.#database;
    const main = '(ID text primary key, GXSJ text, NAME text, CODE text, ITEM text, BAD text, STATE text, SALT integer)';
    const child = '(CASEID text, NO integer, SAYS text)';
    database.exec(`create table items ${main}; create table cases ${main}; create table steps ${child}; create table papers ${child};
      create index steps_case on steps (CASEID); create index papers_case on papers (CASEID)`);
    const put = (table: string, n: number): ReturnType<DatabaseSync['prepare']> => database.prepare(`insert into ${table} values (${Array(n).fill('?').join(', ')})`);
    const drop = (table: string, key: string): ReturnType<DatabaseSync['prepare']> => database.prepare(`delete from ${table} where ${key} = ?`);
    this.#put = { items: put('items', 8), cases: put('cases', 8), steps: put('steps', 3), papers: put('papers', 3) };
    this.#drop = { items: drop('items', 'ID'), cases: drop('cases', 'ID'), steps: drop('steps', 'CASEID'), papers: drop('papers', 'CASEID') };
    this.source = openSource(uri, { ...clock, steadyMs: () => 0, rest: async () => undefined });
  }

  /** A county in which nothing has happened yet. */
  begin(): void {
    this.#database.exec('delete from items; delete from cases; delete from steps; delete from papers');
    this.truth.items.clear();
    this.truth.cases.clear();
  }

  /** One transaction: all of it is there at once. */
  commit(changes: readonly (readonly [Dataset, string, Fact | null])[]): void {
    this.#database.exec('begin');
    for (const [dataset, key, fact] of changes) {
      this.#drop[dataset].run(key);
      if (dataset === 'cases') {
        this.#drop.steps.run(key);
        this.#drop.papers.run(key);
      }
      this.truth[dataset].delete(key);
      if (fact === null) continue;
      this.truth[dataset].set(key, fact);
      this.#put[dataset].run(key, fact.time, fact.name, fact.code, fact.item, fact.bad ? 'BAD' : null, fact.withdrawn ? '9' : '1', fact.salt);
      for (const kind of ['steps', 'papers'] as const) for (const { no, says } of fact[kind]) this.#put[kind].run(key, no, says);
    }
    this.#database.exec('commit');
  }

  async close(): Promise<void> {
    await this.source.close();
    this.#database.close();
  }
}
