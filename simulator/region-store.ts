import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';

/** What is kept of a batch that took effect; `answer` is null when every record was simply accepted. */
export interface StoredBatch {
  readonly no: string;
  readonly digest: string;
  readonly table: string;
  readonly rowGuids: readonly string[];
  readonly answer: string | null;
}

/** What a batch did, ready to be written down with its rows. */
export interface BatchEffect extends StoredBatch {
  readonly at: number;
  /** Row_guids that took effect, and one letter (I, U, D) for each. */
  readonly applied: readonly string[];
  readonly operations: string;
}

/** Rows of one table: how many were ever inserted, and how many are in effect. */
export interface Tally {
  rows: number;
  live: number;
}

/** The region's rows. No unique key on `row_guid`, as in the public DDL: a record sent under two batch numbers shows twice. */
export interface RegionStore {
  readonly database: DatabaseSync;
  readonly tallies: ReadonlyMap<string, Tally>;
  tableId(table: string): number;
  /** Runs the work as one transaction; what it throws undoes all of it. */
  transaction<T>(work: () => T): T;
  nextBatchId(): number;
  insert(table: string, rowGuid: string, body: string, batch: number): void;
  /** Replaces the newest live row; false when there is none. */
  update(table: string, rowGuid: string, body: string): boolean;
  /** Marks the newest live row deleted; false when there is none. */
  remove(table: string, rowGuid: string): boolean;
  /** Whether a record is in effect under this row_guid. */
  has(table: string, rowGuid: string): boolean;
  holds(table: string, field: string, value: string): boolean;
  batch(no: string): StoredBatch | null;
  keep(id: number, effect: BatchEffect): void;
  close(): void;
}

const schema = `
  create table if not exists tbl (id integer primary key, name text not null unique) strict;
  create table if not exists row (
    id integer primary key, tbl integer not null, guid text not null, state integer not null,
    batch integer not null, body text not null) strict;
  create table if not exists digest (id integer primary key, sm3 text not null) strict;
  create trigger if not exists row_said after update of body on row begin delete from digest where id = new.id; end;
  create index if not exists row_guid on row (tbl, guid) where state = 1;
  create index if not exists row_gone on row (tbl, guid) where state = 0;
  create table if not exists batch (
    id integer primary key, no text not null, digest text not null, tbl integer not null, at integer not null,
    guids text not null, applied text, operations text not null, answer text) strict;
  create index if not exists batch_no on batch (no);
  create table if not exists late (id integer primary key, tbl integer not null, guid text not null, body text not null) strict;
  create table if not exists issued (id integer primary key, resource text not null, body text not null) strict;
  create index if not exists issued_resource on issued (resource, id);
  create table if not exists acknowledged (resource text primary key, cursor text not null, at integer not null) strict;`;

/** Opens (or makes) the region's database with a place for each table and an index for each pair that is pointed at. */
export function openRegionStore(file: string, tables: Iterable<string>, pointedAt: readonly (readonly [string, string])[]): RegionStore {
  const database = new DatabaseSync(file);
  database.exec(`pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -131072;
    pragma wal_autocheckpoint = 16384; pragma temp_store = memory; ${schema}`);
  const ids = numberTables(database, tables);
  const tableId = (table: string): number => {
    const id = ids.get(table);
    if (id === undefined) throw new Error(`no such region table: ${table}`);
    return id;
  };
  const tallies = countRows(database, ids);
  const tally = (table: string): Tally => tallies.get(table) ?? { rows: 0, live: 0 };
  const finders = new Map<string, StatementSync>();
  const finder = (table: string, field: string): StatementSync => {
    const name = `${table}.${field}`;
    const found = finders.get(name) ?? prepareFinder(database, tableId(table), field);
    finders.set(name, found);
    return found;
  };
  for (const [table, field] of pointedAt) finder(table, field);

  const insertRow = database.prepare('insert into row (tbl, guid, state, batch, body) values (?, ?, 1, ?, ?)');
  const newest = database.prepare('select id from row where tbl = ? and guid = ? and state = 1 order by id desc limit 1');
  const replace = database.prepare('update row set body = ? where id = ?');
  const markGone = database.prepare('update row set state = 0 where id = ?');
  const lastBatch = database.prepare('select coalesce(max(id), 0) as id from batch');
  const keepBatch = database.prepare('insert into batch (id, no, digest, tbl, at, guids, applied, operations, answer) values (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const findBatch = database.prepare('select b.no, b.digest, t.name, b.guids, b.answer from batch b join tbl t on t.id = b.tbl where b.no = ? order by b.id limit 1');
  const newestId = (table: string, rowGuid: string): number | null => (newest.get(tableId(table), rowGuid)?.['id'] as number | undefined) ?? null;

  return {
    database,
    tallies,
    tableId,
    transaction: (work) => inTransaction(database, tallies, work),
    nextBatchId: () => Number(lastBatch.get()?.['id'] ?? 0) + 1,
    insert(table, rowGuid, body, batch) {
      insertRow.run(tableId(table), rowGuid, batch, body);
      tally(table).rows += 1;
      tally(table).live += 1;
    },
    update(table, rowGuid, body) {
      const id = newestId(table, rowGuid);
      if (id === null) return false;
      replace.run(body, id);
      return true;
    },
    remove(table, rowGuid) {
      const id = newestId(table, rowGuid);
      if (id === null) return false;
      markGone.run(id);
      tally(table).live -= 1;
      return true;
    },
    has: (table, rowGuid) => newestId(table, rowGuid) !== null,
    holds: (table, field, value) => finder(table, field).get(value) !== undefined,
    batch(no) {
      const row = findBatch.get(no) as { no: string; digest: string; name: string; guids: string; answer: string | null } | undefined;
      return row === undefined ? null : { no: row.no, digest: row.digest, table: row.name, rowGuids: JSON.parse(row.guids) as string[], answer: row.answer };
    },
    keep(id, effect) {
      const guids = JSON.stringify(effect.rowGuids);
      const applied = effect.applied.length === effect.rowGuids.length ? null : JSON.stringify(effect.applied);
      keepBatch.run(id, effect.no, effect.digest, tableId(effect.table), effect.at, guids, applied, effect.operations, effect.answer);
    },
    close: () => database.close(),
  };
}

function inTransaction<T>(database: DatabaseSync, tallies: ReadonlyMap<string, Tally>, work: () => T): T {
  const before = [...tallies.values()].map((tally) => [tally, { ...tally }] as const);
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    for (const [tally, old] of before) Object.assign(tally, old);
    throw error;
  }
}

function numberTables(database: DatabaseSync, tables: Iterable<string>): ReadonlyMap<string, number> {
  const add = database.prepare('insert into tbl (name) values (?) on conflict (name) do nothing');
  for (const table of tables) add.run(table);
  return new Map(database.prepare('select id, name from tbl').all().map((row) => [String(row['name']), Number(row['id'])]));
}

function countRows(database: DatabaseSync, ids: ReadonlyMap<string, number>): Map<string, Tally> {
  const count = (state: 0 | 1): ReadonlyMap<unknown, number> =>
    new Map(database.prepare(`select tbl, count(*) as n from row where state = ${state} group by tbl`).all().map((row) => [row['tbl'], Number(row['n'])]));
  const [gone, live] = [count(0), count(1)];
  return new Map([...ids].map(([name, id]) => [name, { rows: (gone.get(id) ?? 0) + (live.get(id) ?? 0), live: live.get(id) ?? 0 }]));
}

/** The field is a column of ours, never a caller's words; SQLite keeps the expression index true through every update. */
function prepareFinder(database: DatabaseSync, table: number, field: string): StatementSync {
  const value = `json_extract(body, '$.${field}')`;
  database.exec(`create index if not exists ${field}_${table} on row (${value}) where tbl = ${table} and state = 1`);
  return database.prepare(`select id from row where ${value} = ? and tbl = ${table} and state = 1 order by id desc limit 1`);
}
