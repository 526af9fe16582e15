import { openDigests } from '../../adapters/store-sqlite/digests.ts';
import { join } from 'node:path';
import { expect } from 'chai';
import { openStore, openStoreToLook, openStoreForPages } from '../../adapters/store-sqlite/store.ts';
import { qualitySheets } from '../../src/cli/quality-sheets.ts';
import { loadTexts } from '../../src/cli/texts.ts';
import { loadSite } from '../../src/config/load-site.ts';
import type { Site } from '../../src/config/site.ts';
import type { Sheet } from '../../src/port/workbook.ts';
import { qualityReport, type QualityReport } from '../../src/quality/report.ts';
import type { Row } from '../../src/record/change.ts';
import { openGateway } from '../../src/schedule/gateway.ts';
import { modelFiles } from '../fakes/files-in-memory.ts';
import { RegionInMemory } from '../fakes/region-in-memory.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { sourceInMemory } from '../fakes/source-in-memory.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';
import { env } from '../fixtures/site-files.ts';
import { readTree } from '../house/tree.ts';

const cases = 'mappings/county/model/cases.yaml';
const texts = loadTexts('zh-CN', (file) => readTree(['texts'], [file]).get(`texts/${file}`) ?? '');

/** The model site, its cases answered for by whoever stands in column B, case numbers only remarked on. */
async function countySite(): Promise<Site> {
  const files = modelFiles();
  files.change(cases, 'remark: { join: [{ column: item.A }, { constant: x }, { column: B }], separator: "-", cut: { to: 10, because: 列宽 } }', 'remark: { column: B }');
  files.change(cases, 'needs: { dataset: items, identity: up_pro_accept.remark }', 'department: up_pro_accept.remark');
  files.change('mappings/region/model/rules.yaml', 'severity: refuse', 'severity: warn');
  const loaded = await loadSite({ dir: '/', env, files });
  if ('mistakes' in loaded) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.site;
}

let minute = 0;

function caseRow(id: string, change: Row): Row {
  minute += 1;
  const changed = `2026-11-20 08:${String(minute % 60).padStart(2, '0')}:00`;
  return { ID: id, CHANGED: changed, STATE: '1', KIND: null, NO: `NO-${id}`, APPLIED: '20261119', CHANNEL: 'A', B: '民政局', ITEM: null, ...change };
}

/** Runs the cases of these rows, one run for each list, and reports. */
async function reported(...lists: readonly (readonly Row[])[]): Promise<{ readonly report: QualityReport; readonly site: Site }> {
  const site = await countySite();
  const file = join(temporaryFolder(), 'gateway.db');
  await inVirtualTime(async (clock) => {
    const tables: Record<string, Row[]> = { QLCASE: [], STEP: [], ITEM: [] };
    const gateway = await openGateway({
      site, store: openStore(file, 'test'), clock, luck: seededLuck(1), log: silentLog(),
      openRegion: () => new RegionInMemory(clock), openDigests, openQuality: openStoreForPages, openSource: () => sourceInMemory(tables, clock),
    });
    for (const list of lists) {
      tables['QLCASE'] = [...list];
      await gateway.run('cases', { signal: new AbortController().signal, patienceMs: 90_000, progress: () => undefined });
    }
    await gateway.close();
  });
  const store = openStoreToLook(file);
  const report = await qualityReport(site, store, 480);
  await store.close();
  return { report, site };
}

const first = [
  caseRow('1', {}), caseRow('2', {}), caseRow('3', { CHANNEL: 'Z' }),
  caseRow('4', { CHANNEL: '王小明的电话', APPLIED: '昨天', B: '公安局' }), caseRow('5', { B: null }),
];

describe('the quality report', () => {
  let report: QualityReport;
  let site: Site;
  before(async () => {
    ({ report, site } = await reported(first));
  });

  it('says of each dataset how many of its records pass', () => {
    expect(report.datasets.find((one) => one.dataset === 'cases')).to.deep.equal({ dataset: 'cases', title: '办件', records: 5, passed: 3, refused: 2, rate: 0.6 });
    expect(report.datasets.find((one) => one.dataset === 'items')).to.deep.include({ records: 0, rate: null });
  });
  it('says it of each department the mapping names, and of records that name none', () => {
    expect(report.departments.map(({ department, records, refused }) => [department, records, refused])).to.deep.equal([['公安局', 1, 1], ['民政局', 3, 1], [null, 1, 0]]);
  });
  it('says what each rule costs, and how many records it alone keeps back', () => {
    expect(report.rules.map(({ code, field, severity, records, alone }) => [code, field, severity, records, alone])).to.deep.equal([
      ['CODE_UNMAPPED', 'apply_type', 'refuse', 2, 1], ['DATE_INVALID', 'apply_date', 'refuse', 1, 0], ['CASE_NO_WRONG', 'project_no', 'warn', 5, 0],
    ]);
    expect(report.rules[2]).to.deep.include({ rule: 'case-number', owner: '模型', rate: 0 });
    expect(report.rules[0]?.rate).to.equal(0.6);
  });
  it('says it of each day in the site\'s zone', () => {
    expect(report.days).to.deep.equal([{ dataset: 'cases', day: '2026-11-23', kept: 5, refused: 2, rate: 0.6 }]);
  });
  it('counts a mended record as passing, and leaves the day it was refused as it was', async () => {
    const mended = await reported(first, [...first.slice(0, 2), caseRow('3', {}), ...first.slice(3)]);
    expect(mended.report.datasets.find((one) => one.dataset === 'cases')).to.deep.include({ records: 5, passed: 4, refused: 1 });
    expect(mended.report.days[0]).to.deep.include({ kept: 6, refused: 2 });
    expect(mended.report.unmended.map((one) => one.key)).to.deep.equal(['4']);
  });

  describe('as a workbook', () => {
    let sheets: readonly Sheet[];
    before(() => {
      sheets = qualitySheets({ report, site, texts, zoneMinutes: 480 });
    });

    it('has an overview, the rules, the trend, and a sheet for each department that must mend something', () => {
      expect(sheets.map(({ name, rows }) => `${name} ${rows.length}`)).to.deep.equal(['总览 5', '规则 3', '趋势 1', '民政局 1', '公安局 2']);
    });
    it('gives the row\'s key, since when, the problem and how to mend it', () => {
      const row = sheets[3]?.rows[0] ?? [];
      expect(row.slice(0, 5)).to.deep.equal(['办件', '3', '2026-11-23 15:00:00', 'CODE_UNMAPPED', 'up_pro_accept.apply_type 申请类型']);
      expect(row[5]).to.be.a('string').that.contains('Z').and.contains('channel');
      expect(row[6]).to.be.a('string').that.contains('codes/channel.yaml');
    });
    it('holds nothing of what a row says beyond its key', () => {
      const all = JSON.stringify(sheets);
      for (const value of ['王小明', '昨天', 'NO-4', '20261119']) expect(all).not.to.contain(value);
    });
  });
});
