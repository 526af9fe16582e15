import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect } from 'chai';
import { openSource } from '../../../adapters/county-sqlite/source.ts';
import type { Clock } from '../../../src/port/clock.ts';
import type { Source } from '../../../src/port/source.ts';
import { longestCell, type Cell, type Row } from '../../../src/record/change.ts';
import { certificate, certificates, keysOf, readOn, sourceSuite, type OpenCounty } from '../../contract-suites/source.ts';
import { sqlSourceSuite } from '../../contract-suites/sql-source.ts';
import { stillClock } from '../../fakes/still-clock.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const schema = `
  create table cert (ID text primary key, T text, NAME text, KIND text);
  create table sheet (CERT text, NO integer, SAYS text);
  create table kind (CODE text primary key, LABEL text)`;

function insert(database: DatabaseSync, table: string, row: Row): void {
  const names = Object.keys(row);
  database.prepare(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`).run(...Object.values(row) as Cell[]);
}

describe('a county in a SQLite file', () => {
  const clock = stillClock();
  let database: DatabaseSync;
  let source: Source;

  const open = (sql: string, at: Clock = clock): void => {
    const file = join(temporaryFolder(), 'county.db');
    database = new DatabaseSync(file);
    database.exec(sql);
    source = openSource(file, at);
  };
  const close = async (): Promise<void> => {
    await source.close();
    database.close();
  };

  describe('as every source', () => {
    const opened: OpenCounty = async (tables, at) => {
      open(`pragma synchronous = off; ${schema}`, at);
      database.exec('begin');
      for (const [table, rows] of Object.entries(tables)) for (const row of rows) insert(database, table, row);
      database.exec('commit');
      return { source, late: (row) => insert(database, 'cert', row), close };
    };
    sourceSuite(opened);
    sqlSourceSuite(opened);
  });

  it('reads a key of any length whole, and goes on behind it', async () => {
    open(schema);
    const ids = ['A', 'B'.repeat(longestCell + 50), 'C'];
    for (const id of ids) insert(database, 'cert', certificate(id, '2026-11-20 08:00:00'));
    for (const way of ['changes', 'sweep'] as const) expect(keysOf(await readOn(source, null, 1, way)), way).to.deep.equal(ids);
    await close();
  });

  describe('of its own', () => {
    afterEach(close);

    it('reads tables whose key is a number, in the order of numbers', async () => {
      open(`create table cert (ID integer primary key, T text, NAME text, KIND text); create table sheet (CERT integer, NO integer, SAYS text); create table kind (CODE text, LABEL text)`);
      for (const id of [2, 10, 1, 100]) insert(database, 'cert', { ...certificate('', '2026-11-20 08:00:00'), ID: id });
      insert(database, 'cert', { ...certificate('', null), ID: 7 });
      insert(database, 'sheet', { CERT: 10, NO: 1, SAYS: '一' });
      for (const limit of [1, 2, 100]) {
        expect(keysOf(await readOn(source, null, limit))).to.deep.equal(['1', '2', '10', '100', '7']);
        expect(keysOf(await readOn(source, null, limit, 'sweep'))).to.deep.equal(['1', '2', '7', '10', '100']);
      }
      const one = await source.one(certificates, '10');
      expect(one.state === 'present' ? one.children['sheets']?.[0]?.['SAYS'] : null).to.equal('一');
      const kept = (await readOn(source, null, 10)).at(-1)?.cursor ?? '';
      expect(keysOf(await readOn(source, source.rewind(kept, 0), 10))).to.deep.equal(['1', '2', '10', '100', '7']);
    });
    it('reads tables whose time is a number', async () => {
      open(`create table cert (ID text primary key, T integer, NAME text, KIND text); create table sheet (CERT, NO, SAYS); create table kind (CODE, LABEL)`);
      for (const id of ['a', 'b', 'c']) insert(database, 'cert', { ...certificate(id, null), T: 1_760_000_000 + id.charCodeAt(0) });
      const pages = await readOn(source, null, 1);
      expect(keysOf(pages)).to.deep.equal(['a', 'b', 'c']);
      insert(database, 'cert', { ...certificate('d', null), T: 1_770_000_000 });
      expect(keysOf(await readOn(source, pages.at(-1)?.cursor ?? null, 10))).to.deep.equal(['d']);
    });
    it('passes over rows without a key: they are no records, and do not make it read for ever', async () => {
      open(`${schema}; insert into cert values (null, null, '名', null), (null, '2026-11-20 08:00:00', '名', null), ('A', '2026-11-20 08:00:00', '名', null)`);
      for (const way of ['changes', 'sweep'] as const) expect(keysOf(await readOn(source, null, 1, way))).to.deep.equal(['A']);
    });
    it('gives integers beyond 2^53 as exact text, and smaller ones as numbers', async () => {
      open(`${schema.replace('NAME text', 'NAME')}; insert into cert values ('A', null, 9007199254740993, 0), ('B', null, 9007199254740991, 0), ('C', null, -9223372036854775808, 0)`);
      const { changes } = await source.sweep(certificates, null, 10);
      expect(changes.map((change) => (change.state === 'present' ? change.row['NAME'] : null))).to.deep.equal(['9007199254740993', 9007199254740991, '-9223372036854775808']);
    });
    it('cannot write, whatever it is told', async () => {
      open(schema);
      const file = (database.prepare('pragma database_list').get() as { file: string }).file;
      const reading = new DatabaseSync(file, { readOnly: true });
      expect(() => reading.exec(`insert into kind values ('a', 'b')`)).to.throw('readonly');
      reading.close();
    });
    it('names tables whatever signs are in their names, and leaves out a view that no longer finds its table', async () => {
      open(`${schema}; create table "a ""b"" 表-1" (X INTEGER); insert into "a ""b"" 表-1" values (1); create view torn as select * from nowhere`);
      const tables = (await source.describe()).map((one) => [one.table, one.rows]);
      expect(tables).to.deep.include(['a "b" 表-1', 1]);
      expect(tables.map(([name]) => name)).not.to.include('torn');
      expect(await source.sample('a "b" 表-1', 1)).to.deep.equal([{ X: 1 }]);
    });
    it('names its tables with their columns and how many rows they have', async () => {
      open(`${schema}; insert into kind values ('a', '甲')`);
      const kind = (await source.describe()).find((one) => one.table === 'kind');
      expect(kind).to.deep.equal({ table: 'kind', rows: 1, columns: [{ name: 'CODE', type: 'TEXT', nullable: true }, { name: 'LABEL', type: 'TEXT', nullable: true }] });
    });
  });
});
