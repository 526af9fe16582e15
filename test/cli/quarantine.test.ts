import { join } from 'node:path';
import { expect } from 'chai';
import { openStore } from '../../adapters/store-sqlite/store.ts';
import type { Keep } from '../../src/port/store.ts';
import type { ReadCell, Sheet } from '../../src/port/workbook.ts';
import type { Change } from '../../src/record/change.ts';
import { beginRun, keepingOf } from '../contract-suites/store.ts';
import { terminal, type Terminal } from '../fakes/parts-in-memory.ts';

/** A terminal whose gateway has set licences aside whose rows the county has taken back since. */
async function withAside(...keys: readonly string[]): Promise<Terminal> {
  return asideIn(terminal(), keys);
}

async function asideIn(screen: Terminal, keys: readonly string[]): Promise<Terminal> {
  const store = openStore(join(screen.dataDir, 'gateway.db'), 'test');
  const aside = (key: string): Keep => ({ kind: 'quarantine', key, fingerprint: key, before: undefined, problems: [{ code: 'DATE_INVALID', severity: 'refuse', table: 'up_lic_data', field: 'issue_date' }] });
  const read = new Map(keys.map((key): [string, Change] => [key, { state: 'gone', key }]));
  await store.keep(keepingOf(await beginRun(store), keys.map(aside), { read, counts: { read: keys.length, same: 0, quarantined: keys.length } }));
  await store.close();
  return screen;
}

describe('the quarantine at the terminal', () => {
  it('lists groups with how many records each alone keeps back', async () => {
    const screen = await withAside('1', '2');
    expect(await screen.type('quarantine', 'list', '--json')).to.equal(0);
    const { groups } = JSON.parse(screen.said[0] ?? '') as { readonly groups: readonly unknown[] };
    expect(groups).to.deep.equal([{ dataset: 'licences', code: 'DATE_INVALID', table: 'up_lic_data', field: 'issue_date', rule: '', value: '', department: null, records: 2, alone: 2, since: 1 }]);
  });
  it('lists only the records that are meant, page by page', async () => {
    const screen = await withAside('1', '2', '3');
    const keysOf = async (...words: string[]): Promise<readonly string[]> => {
      await screen.type('quarantine', 'list', '--json', ...words);
      return (JSON.parse(screen.said.at(-1) ?? '') as { records: { key: string }[] }).records.map((one) => one.key);
    };
    expect(await keysOf('--code', 'CODE_UNMAPPED')).to.deep.equal([]);
    expect(await keysOf('--code', 'DATE_INVALID', '--limit', '2')).to.deep.equal(['1', '2']);
    expect(await keysOf('--field', 'issue_date', '--after', '2')).to.deep.equal(['3']);
    expect(await keysOf('--department', '民政局')).to.deep.equal([]);
  });
  it('previews without changing anything, and lets go by name and reason', async () => {
    const screen = await withAside('1', '2');
    expect(await screen.type('quarantine', 'preview', '--json')).to.equal(0);
    expect(JSON.parse(screen.said.at(-1) ?? '')).to.include({ looked: 2, gone: 2 });
    expect(await screen.type('quarantine', 'redrive', '#1', '--who', '其其格', '--why', '县里已撤', '--json')).to.equal(0);
    expect(JSON.parse(screen.said.at(-1) ?? '')).to.include({ looked: 1, gone: 1, left: 'nothing' });
    expect(await screen.type('quarantine', 'list', '--json')).to.equal(0);
    expect((JSON.parse(screen.said.at(-1) ?? '') as { records: { key: string }[] }).records.map((one) => one.key)).to.deep.equal(['2']);
  });
  it('asks who and why before it lets anything go, and knows a wrong number from a right one', async () => {
    const screen = await withAside('1');
    expect(await screen.type('quarantine', 'redrive')).to.equal(2);
    expect(await screen.type('quarantine', 'redrive', 'abc', '--who', 'x', '--why', 'y', '--lang', 'en')).to.equal(1);
    expect(screen.complaints.at(-1)).to.contain('QUARANTINE_UNKNOWN');
    expect(await screen.type('quarantine', 'redrive', '--per-second', '0', '--who', 'x', '--why', 'y', '--lang', 'en')).to.equal(1);
    expect(screen.complaints.at(-1)).to.contain('RATE_WRONG');
  });
});

describe('a sheet for mending at the terminal', () => {
  const cell = (text: string): ReadCell => ({ text, fit: true });
  const head = ['更正为', '更正依据', '记号（勿改）'].map(cell);
  const returning = (...rows: readonly (readonly ReadCell[])[]): Promise<Terminal> => asideIn(terminal({ readWorkbook: async () => [{ name: '电子证照', rows }] }), ['1']);

  it('has a line for each problem, and says where nothing can be corrected', async () => {
    const screen = await withAside('1', '2');
    expect(await screen.type('quarantine', 'export', '--xlsx', '/tmp/mend.xlsx')).to.equal(0);
    const about = screen.told.find((one) => one.what === 'workbook')?.about as { readonly sheets: readonly Sheet[] };
    expect(about.sheets.map(({ name, rows }) => [name, rows.length])).to.deep.equal([['电子证照', 2]]);
    expect(about.sheets[0]?.rows[0]?.slice(0, 5)).to.deep.equal(['#1', '1', '（未注明部门）', 'DATE_INVALID', 'up_lic_data.issue_date']);
    expect(about.sheets[0]?.rows[0]?.at(-1)).to.equal('');
  });
  it('is not written when nothing is meant', async () => {
    const screen = await withAside('1');
    expect(await screen.type('quarantine', 'export', '--code', 'USCC_WRONG', '--xlsx', '/tmp/mend.xlsx', '--lang', 'en')).to.equal(1);
    expect(screen.complaints.at(-1)).to.contain('NOTHING_SET_ASIDE');
  });
  it('that comes back is told line by line what is wrong with it, and nothing of it is taken', async () => {
    const screen = await returning(head, [cell('甲'), cell('档案'), cell('9|||')], [cell('乙'), cell('档案'), cell('7||0|ZZMC|abc')]);
    expect(await screen.type('quarantine', 'import', 'mend.xlsx', '--who', '其其格')).to.equal(2);
    expect(screen.complaints.map((line) => line.split(' ').slice(0, 2).join(' '))).to.deep.equal(['mend.xlsx:2 CORRECTION_TOKEN', 'mend.xlsx:3 CORRECTION_OVERTAKEN', '2 行有误，整张表都没有采用']);
  });
  it('that comes back empty, or without its head, is told so', async () => {
    for (const [rows, code] of [[[head, [cell(''), cell(''), cell('')]], 'NOTHING_CORRECTED'], [[[cell('随便')]], 'SHEET_UNFIT']] as const) {
      const screen = await returning(...rows);
      expect(await screen.type('quarantine', 'import', 'mend.xlsx', '--who', '其其格', '--lang', 'en')).to.equal(1);
      expect(screen.complaints.at(-1)).to.contain(code);
    }
  });
});
