import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { write as writeBook, utils, type WorkSheet } from '@e965/xlsx';
import iconv from 'iconv-lite';
import { openSource } from '../../../adapters/county-files/source.ts';
import type { Selection, Source } from '../../../src/port/source.ts';
import type { FilesSetting, FileTable } from '../../../src/port/source-setting.ts';
import type { Row } from '../../../src/record/change.ts';
import { Failure } from '../../../src/record/failure.ts';
import { certificates, everySourceSuite, keysOf, readOn, type OpenCounty } from '../../contract-suites/source.ts';
import { stillClock } from '../../fakes/still-clock.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { csv, csvText, heads } from './csv-text.ts';

function sheetOf(table: string, rows: readonly Row[]): WorkSheet {
  return utils.aoa_to_sheet([[...heads[table] ?? []], ...rows.map((row) => (heads[table] ?? []).map((name) => row[name] ?? null))]);
}

function bookOf(sheets: Readonly<Record<string, WorkSheet>>): Buffer {
  return writeBook({ SheetNames: Object.keys(sheets), Sheets: sheets }, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
}

describe('a county that puts files into a folder', () => {
  const clock = stillClock();
  const setting = (folder: string, tables: FilesSetting['tables'], complete: FilesSetting['complete'] = { by: 'flag', ending: '.ok' }): FilesSetting =>
    ({ engine: 'files', folder, done: join(folder, 'done'), complete, tables });
  const put = (folder: string, name: string, content: string | Buffer): void => {
    writeFileSync(join(folder, name), content);
    writeFileSync(join(folder, `${name}.ok`), '');
  };

  describe('as CSV, as every source', () => everySourceSuite((async (tables) => {
    const folder = temporaryFolder();
    for (const [table, rows] of Object.entries(tables)) put(folder, `${table}-1.csv`, csvText(table, rows));
    const source = openSource(setting(folder, Object.fromEntries(Object.keys(heads).map((table) => [table, { ...csv, file: `${table}-*.csv` }]))), clock);
    return { source, late: (row) => put(folder, `cert-${String(row['ID'])}.csv`, csvText('cert', [row])), close: () => source.close() };
  }) satisfies OpenCounty));

  describe('as workbooks, as every source', () => everySourceSuite((async (tables) => {
    const folder = temporaryFolder();
    put(folder, 'book-1.xlsx', bookOf(Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, sheetOf(table, rows)]))));
    const source = openSource(setting(folder, Object.fromEntries(Object.keys(heads).map((table) => [table, { ...csv, format: 'xlsx' as const, file: 'book-*.xlsx', sheet: table }]))), clock);
    return { source, late: () => undefined, close: () => source.close() };
  }) satisfies OpenCounty));

  describe('as JSON Lines, as every source', () => everySourceSuite((async (tables) => {
    const folder = temporaryFolder();
    for (const [table, rows] of Object.entries(tables)) put(folder, `${table}.jsonl`, rows.map((row) => JSON.stringify(row)).join('\n'));
    const source = openSource(setting(folder, Object.fromEntries(Object.keys(heads).map((table) => [table, { ...csv, format: 'jsonl' as const, file: `${table}.jsonl` }]))), clock);
    return { source, late: () => undefined, close: () => source.close() };
  }) satisfies OpenCounty));

  describe('of its own', () => {
    let folder: string;
    let source: Source;
    const only: Selection = { ...certificates, columns: ['NAME', 'KIND'], children: [], lookups: [] };
    const open = (change: Partial<FileTable> = {}, complete?: FilesSetting['complete']): Source => {
      source = openSource(setting(folder, { cert: { ...csv, content: 'changes', file: 'cert-*.csv', ...change } }, complete), clock);
      return source;
    };
    const rowsOf = async (from: Source, selection = only): Promise<readonly Row[]> =>
      (await from.changes(selection, null, 100)).changes.map((change) => (change.state === 'present' ? change.row : {}));
    const failureOf = async (asking: Promise<unknown>): Promise<Failure> => {
      const thrown = await asking.then(() => null, (cause: unknown) => cause);
      expect(thrown).to.be.instanceOf(Failure);
      return thrown as Failure;
    };
    beforeEach(() => {
      folder = temporaryFolder();
    });
    afterEach(() => source.close());

    it('takes a file only when its flag lies beside it', async () => {
      writeFileSync(join(folder, 'cert-1.csv'), csvText('cert', [{ ID: 'A' }]));
      open();
      expect(await rowsOf(source)).to.deep.equal([]);
      writeFileSync(join(folder, 'cert-1.csv.ok'), '');
      expect((await rowsOf(source)).map((row) => row['ID'])).to.deep.equal(['A']);
    });
    it('takes a half-written copy only when nobody has written to it for a while, and then whole', async () => {
      const file = join(folder, 'cert-1.csv');
      const at = (secondsAgo: number): void => utimesSync(file, new Date(clock.wallMs() - secondsAgo * 1000), new Date(clock.wallMs() - secondsAgo * 1000));
      writeFileSync(file, csvText('cert', [{ ID: 'A' }]));
      at(59);
      open({}, { by: 'still', seconds: 60 });
      expect(await rowsOf(source)).to.deep.equal([]);
      writeFileSync(file, csvText('cert', [{ ID: 'A' }, { ID: 'B' }]));
      at(60);
      expect((await rowsOf(source)).map((row) => row['ID'])).to.deep.equal(['A', 'B']);
    });
    it('puts a file away only in a later run, when the kept position proves that it was kept', async () => {
      put(folder, 'cert-1.csv', csvText('cert', [{ ID: 'A' }, { ID: 'B' }]));
      put(folder, 'cert-2.csv', csvText('cert', [{ ID: 'C' }]));
      const pages = await readOn(open(), null, 1, 'changes', only);
      expect(keysOf(pages)).to.deep.equal(['A', 'B', 'C']);
      expect(readdirSync(folder).toSorted()).to.deep.equal(['cert-1.csv', 'cert-1.csv.ok', 'cert-2.csv', 'cert-2.csv.ok']);
      const again = openSource(setting(folder, { cert: { ...csv, content: 'changes', file: 'cert-*.csv' } }), clock);
      expect(keysOf(await readOn(again, pages[1]?.cursor ?? null, 10, 'changes', only))).to.deep.equal(['C']);
      expect(keysOf(await readOn(again, pages.at(-1)?.cursor ?? null, 10, 'changes', only))).to.deep.equal([]);
      expect(readdirSync(folder)).to.deep.equal(['done']);
      expect(readdirSync(join(folder, 'done')).map((name) => name.replace(/[0-9a-f]{16}/, 'HASH')).toSorted()).to.deep.equal(['cert-1.csv.HASH', 'cert-1.csv.HASH.ok', 'cert-2.csv.HASH', 'cert-2.csv.HASH.ok']);
      await again.close();
    });
    it('takes the same file once, and one of the same name with other content again', async () => {
      put(folder, 'cert-1.csv', csvText('cert', [{ ID: 'A' }]));
      let kept = (await readOn(open(), null, 10, 'changes', only)).at(-1)?.cursor ?? null;
      const later = async (): Promise<readonly string[]> => {
        const pages = await readOn(source, kept, 10, 'changes', only);
        kept = pages.at(-1)?.cursor ?? null;
        return keysOf(pages);
      };
      expect(await later()).to.deep.equal([]);
      put(folder, 'cert-1.csv', csvText('cert', [{ ID: 'A' }]));
      expect(await later()).to.deep.equal([]);
      expect(readdirSync(folder)).to.deep.equal(['done']);
      put(folder, 'cert-1.csv', csvText('cert', [{ ID: 'A' }, { ID: 'B' }]));
      expect(await later()).to.deep.equal(['A', 'B']);
    });
    it('reads GBK with quotes, line breaks in a cell, guarded digits and rarer characters', async () => {
      const text = 'ID,T,NAME,KIND\r\n"1","2026-11-20 08:00:00","乌审旗""嘎鲁图""镇\r\n二楼, 3 号窗口",="007"\r\n2,,㐂,\t150626199001010011\r\n';
      put(folder, 'cert-1.csv', iconv.encode(text, 'gb18030'));
      expect(await rowsOf(open({ charset: 'gb18030' }))).to.deep.equal([
        { ID: '1', T: '2026-11-20 08:00:00', NAME: '乌审旗"嘎鲁图"镇\r\n二楼, 3 号窗口', KIND: '007' },
        { ID: '2', T: null, NAME: '㐂', KIND: '150626199001010011' },
      ]);
    });
    it('says that a GBK file is not UTF-8, instead of reading it garbled', async () => {
      put(folder, 'cert-1.csv', iconv.encode(csvText('cert', [{ ID: 'A', NAME: '旗' }]), 'gb18030'));
      expect((await failureOf(rowsOf(open()))).code).to.equal('FILE_CHARSET');
    });
    it('takes a broken file as a whole or not at all, and says in which line it breaks', async () => {
      put(folder, 'cert-1.csv', 'ID,T,NAME,KIND\n1,,a,\n2,,b\n3,,c,\n');
      const failure = await failureOf(open().changes(only, null, 1));
      expect([failure.code, failure.facts['line']]).to.deep.equal(['FILE_BROKEN', 3]);
      put(folder, 'cert-1.csv', 'ID,T,NAME,KIND\n1,,"a,\n2,,b,\n');
      expect((await failureOf(source.changes(only, null, 1))).code).to.equal('FILE_BROKEN');
      for (const head of ['ID,T,T,KIND', 'ID,,NAME,KIND']) {
        put(folder, 'cert-1.csv', `${head}\n1,2,3,4\n`);
        expect((await failureOf(source.changes(only, null, 1))).code).to.equal('FILE_BROKEN');
      }
      put(folder, 'cert-1.csv', 'ID,T,NAME\n1,2,3\n');
      expect((await failureOf(source.changes(only, null, 1))).code).to.equal('COLUMN_ABSENT');
    });
    it('reads a workbook by what Excel worked out: formulas by results, dates as dates, truth, and nothing of what a formula says', async () => {
      const sheet = utils.aoa_to_sheet([['ID', 'T', 'NAME', 'KIND'], ['1', 45981.5, null, true], [9007199254740991, 45981, '多行\n文字', null], [null, null, null, null], ['3', 0.25, '#', null]]);
      Object.assign(sheet, { C2: { t: 's', v: '张三', f: 'CONCATENATE("张","三")' } });
      for (const [at, form] of [['B2', 'yyyy/m/d h:mm'], ['B3', 'yyyy"年"m"月"d"日"'], ['B5', 'h:mm']] as const) Object.assign(sheet[at] as object, { z: form });
      put(folder, 'cert-1.xlsx', bookOf({ 证照: sheet }));
      expect(await rowsOf(open({ format: 'xlsx', file: 'cert-*.xlsx' }))).to.deep.equal([
        { ID: '1', T: '2025-11-20 12:00:00', NAME: '张三', KIND: 1 }, { ID: 9007199254740991, T: '2025-11-20', NAME: '多行\n文字', KIND: null }, { ID: '3', T: '06:00:00', NAME: '#', KIND: null },
      ]);
    });
    it('does not take half a workbook, nor text that calls itself one, nor a formula nobody has worked out', async () => {
      const whole = bookOf({ 证照: sheetOf('cert', [{ ID: 'A' }]) });
      const uncalculated = sheetOf('cert', [{ ID: 'A' }]);
      Object.assign(uncalculated, { C2: { t: 'n', f: 'A2&"x"' } });
      for (const bytes of [whole.subarray(0, whole.length / 2), Buffer.from(csvText('cert', [{ ID: 'A' }])), Buffer.alloc(0), bookOf({ 证照: uncalculated })]) {
        put(folder, 'cert-1.xlsx', bytes);
        expect((await failureOf(rowsOf(open({ format: 'xlsx', file: 'cert-*.xlsx' })))).code).to.equal('FILE_BROKEN');
      }
    });
    it('reads numbers of JSON Lines as they are written, and says in which line one is none', async () => {
      put(folder, 'cert-1.jsonl', '\uFEFF{"ID":9007199254740993,"NAME":1.10,"KIND":true,"T":{"a":[1,"二"]}}\r\n\r\n{"ID":1}');
      expect(await rowsOf(open({ format: 'jsonl', file: 'cert-*.jsonl' }))).to.deep.equal([
        { ID: '9007199254740993', NAME: '1.10', KIND: 1, T: '{"a":[1,"二"]}' }, { ID: 1, NAME: null, KIND: null, T: null },
      ]);
      put(folder, 'cert-1.jsonl', '{"ID":1}\n{"ID":2');
      expect((await failureOf(rowsOf(source))).facts).to.include({ line: 2 });
    });
    it('finds what belongs to a row in the file of the same batch, else in the newest', async () => {
      const tables = { cert: { ...csv, file: 'cert-*.csv' }, sheet: { ...csv, file: 'sheet-*.csv' }, kind: { ...csv, file: 'kinds*.csv' } };
      for (const day of ['20', '21']) {
        put(folder, `cert-${day}.csv`, csvText('cert', [{ ID: day, KIND: 'k' }]));
        put(folder, `sheet-${day}.csv`, csvText('sheet', [{ CERT: '20', NO: 1, SAYS: `于${day}` }, { CERT: '21', NO: 1, SAYS: `于${day}` }]));
        put(folder, `kinds-${day}.csv`, csvText('kind', [{ CODE: 'k', LABEL: `类${day}` }]));
      }
      source = openSource(setting(folder, tables), clock);
      const pages = await readOn(source, null, 10);
      const seen = pages.flatMap((page) => page.changes.map((change) => (change.state === 'present' ? [change.key, change.children['sheets']?.[0]?.['SAYS'], change.lookups['type']?.['LABEL']] : null)));
      expect(seen).to.deep.equal([['20', '于20', '类21'], ['21', '于21', '类21']]);
      await readOn(source, pages.at(-1)?.cursor ?? null, 10);
      expect(readdirSync(folder).filter((name) => name.endsWith('.csv')).toSorted()).to.deep.equal(['kinds-20.csv', 'kinds-21.csv']);
    });
    it('sweeps the newest file that holds everything, and refuses to sweep files of changes', async () => {
      put(folder, 'cert-1.csv', csvText('cert', [{ ID: 'A' }, { ID: 'B' }]));
      put(folder, 'cert-2.csv', csvText('cert', [{ ID: 'B' }, { ID: 'C' }]));
      expect(keysOf(await readOn(open({ content: 'full' }), null, 1, 'sweep', only))).to.deep.equal(['B', 'C']);
      expect((await failureOf(open({ content: 'changes' }).sweep(only, null, 1))).code).to.equal('FILES_NOT_FULL');
    });
    it('says which file it waits for when a table has none, and where the folder is when there is none', async () => {
      open({ content: 'full' });
      expect((await failureOf(source.sweep(only, null, 1))).code).to.equal('FILE_AWAITED');
      expect((await failureOf(source.describe())).facts).to.include({ file: 'cert-*.csv' });
      rmSync(folder, { recursive: true });
      expect((await failureOf(source.changes(only, null, 1))).code).to.equal('SOURCE_AWAY');
      mkdirSync(folder);
    });
    it('finds one row by its key in the newest file that has it', async () => {
      put(folder, 'cert-1.csv', csvText('cert', [{ ID: 'A', NAME: '旧' }, { ID: 'B', NAME: '旧' }]));
      put(folder, 'cert-2.csv', csvText('cert', [{ ID: 'A', NAME: '新' }]));
      open();
      const nameOf = async (key: string): Promise<unknown> => source.one(only, key).then((change) => (change.state === 'present' ? change.row['NAME'] : change.state));
      expect([await nameOf('A'), await nameOf('B'), await nameOf('C')]).to.deep.equal(['新', '旧', 'gone']);
    });
  });
});
