import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Dataset } from './dataset.ts';
import type { Dirt } from './dirt.ts';
import { type Expected, bodyOf } from './region-row.ts';
import { type CountyRow, type TableName, bare, createIndexes, createTable, tables } from './schema.ts';

/** The two files under the pen: the county as its systems hold it, and what is right. */
export interface Book {
  readonly county: DatabaseSync;
  readonly truth: DatabaseSync;
  /** Writes a county row, or replaces the one with its key. */
  put(table: TableName, row: CountyRow): void;
  /** Notes that the region should hold these rows of this record. */
  expect(dataset: Dataset, key: string, rows: readonly Expected[]): void;
  /** Notes what should become of a dirty row. */
  fate(key: string, dirt: Dirt): void;
  /** Keeps how a quarantined record would be right: its county rows and what the region would then hold. */
  mendable(dataset: Dataset, key: string, right: Mend): void;
  /** Keeps a record out of the hands of the day's change. */
  leaveAlone(dataset: Dataset, key: string): void;
  /** Takes back everything noted about a record. */
  forget(dataset: Dataset, key: string): void;
  close(): void;
}

/** A record's county rows, by table, and the region's rows that follow from them. */
export interface Mend {
  readonly county: readonly (readonly [TableName, CountyRow])[];
  readonly rows: readonly Expected[];
}

const pragmas = 'pragma journal_mode = off; pragma synchronous = off; pragma temp_store = memory; pragma cache_size = -49152;';

/** Makes both files. They are worthless if the process dies: write to a name of your own and rename. */
export function newBook(file: string, truthFile: string): Book {
  const county = new DatabaseSync(file);
  county.exec(pragmas);
  for (const table of Object.values(tables)) county.exec(createTable(table));
  const truth = new DatabaseSync(truthFile);
  truth.exec(pragmas);
  truth.exec(`create table expected (dataset text not null, key text not null, tbl text not null, guid text not null, body text not null);
    create table fate (dataset text not null, key text not null, kind text not null, outcome text not null, code text);
    create table mend (dataset text not null, key text not null, county text not null, rows text not null);
    create table left_alone (dataset text not null, key text not null);
    create table fact (name text primary key, value text not null);`);
  return penned(county, truth);
}

/** Opens both files for a further day; the county may be read by others meanwhile. */
export function openBook(file: string, truthFile: string): Book {
  const county = new DatabaseSync(file);
  county.exec('pragma busy_timeout = 10000; pragma cache_size = -16384;');
  const truth = new DatabaseSync(truthFile);
  truth.exec('pragma synchronous = off; pragma cache_size = -16384;');
  return penned(county, truth);
}

/** The indexes, made once all rows are in. */
export function index(book: Book): void {
  for (const table of Object.values(tables)) for (const sql of createIndexes(table)) book.county.exec(sql);
  book.truth.exec('create index expected_key on expected (dataset, key); create index fate_key on fate (dataset, key); create index mend_key on mend (dataset, key);');
}

function penned(county: DatabaseSync, truth: DatabaseSync): Book {
  const writers = new Map<TableName, { readonly statement: StatementSync; readonly columns: readonly string[] }>();
  const expected = truth.prepare('insert into expected (dataset, key, tbl, guid, body) values (?, ?, ?, ?, ?)');
  const fated = truth.prepare('insert into fate (dataset, key, kind, outcome, code) values (?, ?, ?, ?, ?)');
  const mend = truth.prepare('insert into mend (dataset, key, county, rows) values (?, ?, ?, ?)');
  const alone = truth.prepare('insert into left_alone (dataset, key) values (?, ?)');
  const unexpected = truth.prepare('delete from expected where dataset = ? and key = ?');
  const unmended = truth.prepare('delete from mend where dataset = ? and key = ?');
  const unfated = truth.prepare('delete from fate where dataset = ? and key = ?');
  const writerOf = (table: TableName) => {
    let writer = writers.get(table);
    if (writer === undefined) {
      const columns = tables[table].columns.map(bare);
      const marks = columns.map(() => '?').join(', ');
      writer = { columns, statement: county.prepare(`insert or replace into ${tables[table].name} (${columns.join(', ')}) values (${marks})`) };
      writers.set(table, writer);
    }
    return writer;
  };
  return {
    county,
    truth,
    put(table, row) {
      const { statement, columns } = writerOf(table);
      statement.run(...columns.map((column) => row[column] ?? null));
    },
    expect(dataset, key, rows) {
      for (const each of rows) expected.run(dataset, key, each.table, String(each.row['row_guid']), bodyOf(each));
    },
    fate: (key, dirt) => void fated.run(dirt.dataset, key, dirt.id, dirt.outcome, dirt.code),
    mendable: (dataset, key, right) => void mend.run(dataset, key, JSON.stringify(right.county), JSON.stringify(right.rows)),
    leaveAlone: (dataset, key) => void alone.run(dataset, key),
    forget(dataset, key) {
      unexpected.run(dataset, key);
      unfated.run(dataset, key);
      unmended.run(dataset, key);
    },
    close() {
      county.close();
      truth.close();
    },
  };
}
