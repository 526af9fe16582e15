import { join } from 'node:path';
import { expect } from 'chai';
import { openStore } from '../../adapters/store-sqlite/store.ts';
import type { Sheet } from '../../src/port/workbook.ts';
import { beginRun, firstVersion, keepingOf } from '../contract-suites/store.ts';
import { terminal, type Terminal } from '../fakes/parts-in-memory.ts';

/** A terminal whose gateway has kept two licences and set one aside. */
async function kept(change: Parameters<typeof terminal>[0] = {}): Promise<Terminal> {
  const screen = terminal(change);
  const store = openStore(join(screen.dataDir, 'gateway.db'), 'test');
  const run = await beginRun(store);
  await store.keep(keepingOf(run, [
    firstVersion('1'), firstVersion('2'),
    { kind: 'quarantine', key: '3', fingerprint: 'f', problems: [{ code: 'DATE_INVALID', severity: 'refuse', table: 'up_lic_data', field: 'issue_date' }], before: undefined },
  ], { at: Date.UTC(2026, 10, 22, 17), counts: { read: 3, same: 0, quarantined: 1 } }));
  await store.close();
  return screen;
}

describe('quality', () => {
  it('tells pass rates as tables', async () => {
    const screen = await kept();
    expect(await screen.type('quality')).to.equal(0);
    const all = screen.said.join('\n');
    expect(all).to.match(/电子证照 licences +3 +2 +1 +66\.66%/).and.match(/DATE_INVALID/).and.match(/2026-11-23/);
  });
  it('tells them to a machine, without the records themselves', async () => {
    const screen = await kept();
    expect(await screen.type('quality', '--json')).to.equal(0);
    const told = JSON.parse(screen.said[0] ?? '') as Readonly<Record<string, unknown>>;
    expect(told['datasets']).to.deep.include({ dataset: 'licences', title: '电子证照', records: 3, passed: 2, refused: 1, rate: 2 / 3 });
    expect(told).to.have.keys('site', 'at', 'datasets', 'departments', 'rules', 'days');
  });
  it('writes a workbook where it is asked to', async () => {
    const screen = await kept();
    expect(await screen.type('quality', '--xlsx', '/tmp/q.xlsx')).to.equal(0);
    const about = screen.told.find((one) => one.what === 'workbook')?.about as { readonly file: string; readonly sheets: readonly Sheet[] };
    expect(about.file).to.equal('/tmp/q.xlsx');
    expect(about.sheets.map((sheet) => sheet.name)).to.deep.equal(['总览', '规则', '趋势', '（未注明部门）']);
  });
  it('says plainly when the workbook cannot be written', async () => {
    const screen = await kept({ writeWorkbook: async () => { throw Object.assign(new Error('no'), { code: 'EACCES' }); } });
    expect(await screen.type('quality', '--xlsx', '/root/q.xlsx', '--lang', 'en')).to.equal(1);
    expect(screen.complaints).to.deep.equal(['FILE_NOT_WRITTEN The file /root/q.xlsx cannot be written (EACCES)']);
  });
  it('needs a gateway that has run', async () => {
    const screen = terminal();
    expect(await screen.type('quality', '--lang', 'en')).to.equal(1);
    expect(screen.complaints[0]).to.contain('STORE_MISSING');
  });
});
