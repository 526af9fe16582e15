import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { loadSite } from '../../src/config/load-site.ts';
import { isReport } from '../../src/record/job.ts';
import { env, loadChanged, mistakesOf, siteOf, type Change } from '../fixtures/site-files.ts';

const shipped = resolve(import.meta.dirname, '..', '..');
const cases = 'mappings/county/model/cases.yaml';
const items = 'mappings/county/model/items.yaml';
const channel = 'mappings/county/model/codes/channel.yaml';
const rules = 'mappings/region/model/rules.yaml';
const dictionaries = 'mappings/region/model/dictionaries.yaml';
const tables = 'mappings/region/model/tables.json';
const face = 'mappings/region/model/interface.yaml';

async function told(...changes: readonly Change[]): Promise<readonly string[]> {
  return (await mistakesOf(...changes)).map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`);
}

describe('the site as shipped', () => {
  it('has no mistake', async () => {
    const loaded = await loadSite({ dir: shipped, env: { QILIAN_DATA: '/d', QILIAN_REGION_URL: 'http://r', QILIAN_REGION_APP_KEY: 'k', QILIAN_REGION_APP_SECRET: 's' } });
    expect('mistakes' in loaded ? loaded.mistakes : []).to.deep.equal([]);
  });
});

describe('a site without mistakes', () => {
  it('says who it is, with the environment filled in', async () => {
    const site = await siteOf();
    expect(site).to.include({ name: '模型旗', regionCode: '150626', zone: '+08:00' });
    expect(site.store.file).to.equal('/data/gateway.db');
    expect(site.profile.identity.appSecret).to.equal('never-shown');
    expect(site.contract.control).to.deep.equal(['cd_operation', 'cd_time', 'cd_batch', 'data_source']);
    expect(site.datasets.map((dataset) => dataset.dataset)).to.deep.equal(['items', 'cases']);
    expect(site.jobs).to.deep.include({ job: 'items', title: '事项核对', dataset: 'items', mode: 'sweep', page: 500, overlapMinutes: 0, after: [], guard: { share: 0.05, floor: 10 }, refusals: { share: 0.2, least: 50 } });
  });
  it('cannot be changed afterwards', async () => {
    const site = await siteOf();
    expect(Object.isFrozen(site.datasets[0]?.records[0]?.fields)).to.equal(true);
  });
  it('takes a job’s own guard, and what it does not say from the usual one', async () => {
    const { jobs } = await siteOf(['jobs/items.yaml', 'page: 500', 'page: 500\nguard: { share: 0.2 }']);
    expect(jobs.filter(isReport).find((job) => job.job === 'items')?.guard).to.deep.equal({ share: 0.2, floor: 10 });
  });
  it('sets a time for mending only where it says so', async () => {
    expect([(await siteOf()).mendWithinDays, (await siteOf(['gateway.yaml', 'zone:', 'mending: { withinDays: 15 }\nzone:'])).mendWithinDays]).to.deep.equal([null, 15]);
  });
  it('has a version that moves with every file, and not with the environment', async () => {
    const { version } = await siteOf();
    expect(version).to.match(/^[0-9a-f]{16}$/);
    const elsewhere = await loadChanged([], { ...env, SECRET: 'another' });
    expect('site' in elsewhere && elsewhere.site.version).to.equal(version);
    for (const [file, from, to] of [[cases, '列宽', '宽度'], [channel, '渠道', '来路'], [rules, '模型', '样板'], ['jobs/items.yaml', '500', '501']] as const) {
      expect((await siteOf([file, from, to])).version, file).not.to.equal(version);
    }
  });
  it('takes an expression with the inputs it declares, and tells a mistake in it at its place', async () => {
    const good = await siteOf([items, 'row_guid: { column: ITEMID }', `row_guid: { expression: 'place + "-" + id', with: { place: { column: AREA }, id: { column: ITEMID } } }`]);
    expect(good.datasets.flatMap((dataset) => dataset.records.flatMap((record) => Object.values(record.fields))).some((field) => field.origin.kind === 'expression')).to.equal(true);
    expect(await told([items, 'row_guid: { column: ITEMID }', `row_guid: { expression: 'place + idd', with: { place: { column: AREA }, id: { column: ITEMID } } }`]))
      .to.deep.equal([`${items}:9:40 EXPRESSION_WRONG`]);
  });
  it('knows the parts of a field', async () => {
    const mapping = (await siteOf()).datasets.find((one) => one.dataset === 'cases');
    expect(mapping?.records[0]?.fields['remark']).to.deep.equal({
      origin: {
        kind: 'join', separator: '-', parts: [
          { origin: { kind: 'column', place: { of: 'lookup', lookup: 'item', column: 'A' } }, steps: {} },
          { origin: { kind: 'constant', value: 'x' }, steps: {} },
          { origin: { kind: 'column', place: { of: 'row', lookup: '', column: 'B' } }, steps: {} },
        ],
      },
      steps: { cut: { to: 10, because: '列宽' } },
    });
    expect(mapping?.records[1]?.fields['project_no']?.origin).to.deep.equal({ kind: 'column', place: { of: 'main', lookup: '', column: 'NO' } });
    expect(mapping?.records[0]?.when).to.deep.equal({ place: { of: 'row', lookup: '', column: 'KIND' }, in: false, values: ['9'] });
  });
});

describe('a region profile that several sites share', () => {
  it('is read where gateway.yaml says it is, and its mistakes are told there', async () => {
    const files = ['interface.yaml', 'tables.json', 'dictionaries.yaml', 'rules.yaml'];
    const moved: Change[] = await Promise.all(files.map(async (file): Promise<Change> =>
      [`../elsewhere/${file}`, '', await readFile(resolve(import.meta.dirname, '../fixtures/site/mappings/region/model', file), 'utf8')]));
    const named: Change = ['gateway.yaml', 'profile: model', 'profile: model, folder: ../elsewhere'];
    expect((await siteOf(named, ...moved)).profile.profile).to.equal((await siteOf()).profile.profile);
    expect(await told(named)).to.include('../elsewhere/interface.yaml:1:1 FILE_MISSING');
  });
});

describe('a mistake', () => {
  it('is told with file, line and column, all of them at once, from top to bottom', async () => {
    expect(await told([cases, 'source: hall', 'source: hal'], [cases, 'key: ID', 'keys: ID'], [channel, 'to: "1"', 'to: "7"'], ['jobs/items.yaml', 'page: 500', 'page: many'])).to.deep.equal([
      'jobs/items.yaml:5:7 WRONG_TYPE',
      `${cases}:3:9 SOURCE_UNKNOWN`,
      `${cases}:5:3 KEY_MISSING`,
      `${cases}:6:3 UNKNOWN_KEY`,
      `${channel}:6:32 CODE_NOT_IN_DICTIONARY`,
    ]);
  });
  it('in a name comes with the nearest known name', async () => {
    const near = async (...change: Change): Promise<unknown> => (await mistakesOf(change))[0]?.facts['near'];
    expect(await near(cases, 'source: hall', 'source: hal')).to.equal('hall');
    expect(await near(cases, 'trim: true', 'trims: true')).to.equal('trim');
    expect(await near(cases, 'code: channel', 'code: chanel')).to.equal('channel');
    expect(await near(cases, 'task_version:', 'task_verison:')).to.equal('task_version');
    expect(await near(rules, 'table: up_pro_accept', 'table: up_pro_acept')).to.equal('up_pro_accept');
  });
  it('never shows a secret', async () => {
    const mistakes = await mistakesOf([face, '${SECRET}', '${SECRET}"'], [face, 'scheme: aep', 'scheme: "${SECRET}"']);
    expect(mistakes).not.to.deep.equal([]);
    expect(JSON.stringify(mistakes)).not.to.contain('never-shown');
  });
  it('in the environment does not hide the others', async () => {
    const loaded = await loadChanged([[cases, 'trim: true', 'trims: true']], {});
    expect(('mistakes' in loaded ? loaded.mistakes : []).map((mistake) => mistake.code).toSorted()).to.deep.equal(['ENV_MISSING', 'ENV_MISSING', 'ENV_MISSING', 'ENV_MISSING', 'ENV_MISSING', 'UNKNOWN_KEY']);
  });
});

const single: readonly (readonly [string, string, Change])[] = [
  ['a missing file', 'FILE_MISSING', ['gateway.yaml', null]],
  ['a file that is no YAML', 'YAML_SYNTAX', [cases, 'lookups:', 'lookups: [']],
  ['a key written twice', 'DUPLICATE_KEY', [cases, 'title: 办件', 'title: 办件\ntitle: 办件']],
  ['a code without quotes', 'WRONG_TYPE', ['gateway.yaml', '"150626"', '150626']],
  ['a region code that is none', 'REGION_CODE_WRONG', ['gateway.yaml', '150626', '15062']],
  ['a word that is not one of the words', 'WORD_UNKNOWN', ['jobs/items.yaml', 'sweep', 'sweeep']],
  ['a number out of bounds', 'NUMBER_OUT_OF_RANGE', ['jobs/items.yaml', '500', '0']],
  ['a guard’s share beyond the whole', 'NUMBER_OUT_OF_RANGE', ['jobs/items.yaml', 'page: 500', 'page: 500\nguard: { share: 5 }']],
  ['a guard’s share that is no number', 'WRONG_TYPE', ['jobs/items.yaml', 'page: 500', 'page: 500\nguard: { share: "5 %" }']],
  ['a guard’s floor below nothing', 'NUMBER_OUT_OF_RANGE', ['jobs/items.yaml', 'page: 500', 'page: 500\nguard: { floor: -1 }']],
  ['a guard with a word of its own', 'UNKNOWN_KEY', ['jobs/items.yaml', 'page: 500', 'page: 500\nguard: { limit: 5 }']],
  ['an empty value', 'VALUE_EMPTY', [cases, 'title: 办件', 'title: ""']],
  ['an empty list', 'LIST_EMPTY', [cases, '["9"] }\n  lookups', '[] }\n  lookups']],
  ['a table the region does not have', 'TABLE_UNKNOWN', [items, 'table: up_task_basic', 'table: up_task']],
  ['a field the region does not have', 'FIELD_UNKNOWN', [items, 'task_name:', 'taskname:']],
  ['a required field without a source', 'FIELD_MISSING', [items, 'task_name:', 'taskname:']],
  ['a field that delivery fills in', 'FIELD_OF_DELIVERY', [items, 'row_guid: { column: ITEMID }', 'row_guid: { column: ITEMID }\n      cd_time: { column: T }']],
  ['a name of a record that is not mapped', 'FIELD_NOT_MAPPED', [cases, 'identity: up_pro_accept.project_no', 'identity: up_pro_accept.project']],
  ['a lookup that is not declared', 'LOOKUP_UNKNOWN', [cases, 'item.A', 'itm.A']],
  ['children that are not declared', 'CHILD_UNKNOWN', [cases, 'each: steps', 'each: step']],
  ['a parent where there is none', 'PARENT_WITHOUT_EACH', [cases, '{ column: NO, trim: true }', '{ parent: NO }']],
  ['a column that is no plain name', 'NAME_WRONG', [cases, 'column: NO', 'column: "NO; drop"']],
  ['two origins of one field', 'ORIGIN_COUNT', [cases, 'row_guid: { column: ID }', 'row_guid: { column: ID, constant: x, because: y }']],
  ['no origin of a field', 'ORIGIN_COUNT', [cases, 'row_guid: { column: ID }', 'row_guid: { trim: true }']],
  ['a constant without a reason', 'KEY_MISSING', [cases, ', because: 模型只有一版', '']],
  ['a cut without a reason', 'KEY_MISSING', [cases, ', because: 列宽', '']],
  ['a default without a reason', 'KEY_MISSING', [items, ', because: 模型', '']],
  ['a constant of another type', 'VALUE_UNFIT', [cases, 'constant: 1', 'constant: one']],
  ['a constant that is too long', 'VALUE_UNFIT', [cases, 'remark: { join: [{ column: item.A }, { constant: x }, { column: B }], separator: "-",', 'remark: { constant: 一二三四五六七八九十一, because: y,']],
  ['a default that is not in the dictionary', 'VALUE_UNFIT', [cases, 'code: channel }', 'code: channel, default: { value: "9", because: y } }']],
  ['a cut beyond the column', 'LENGTH_BEYOND', [cases, 'to: 10', 'to: 11']],
  ['a date pattern that is none', 'DATE_PATTERN_WRONG', [cases, 'yyyyMMdd', 'YYYYMMDD']],
  ['a step that cannot help', 'STEP_UNFIT', [cases, '{ constant: 1, because: 模型只有一版 }', '{ column: V, date: [yyyyMMdd] }']],
  ['a filling of two characters', 'ONE_CHARACTER', [cases, '{ column: NO, trim: true }', '{ column: NO, pad: { to: 12, with: "00" } }']],
  ['a part that ends before it begins', 'NUMBER_OUT_OF_RANGE', [cases, '{ column: NO, trim: true }', '{ column: NO, take: { from: 3, to: 2 } }']],
  ['a code table that is not there', 'CODE_TABLE_UNKNOWN', [cases, 'code: channel', 'code: road']],
  ['a region value that is not in the dictionary', 'CODE_NOT_IN_DICTIONARY', [channel, 'to: "1"', 'to: "7"']],
  ['a county value listed twice', 'NAME_TWICE', [channel, 'from: B', 'from: A']],
  ['a dataset that nobody maps', 'DATASET_UNKNOWN', [cases, 'needs: { dataset: items', 'needs: { dataset: item']],
  ['a need of a dataset without names', 'IDENTITY_MISSING', [items, 'identity: up_task_basic.row_guid\n', '']],
  ['a record before one that must come first', 'RECORD_ORDER', [cases, '  - table: up_pro_accept', '  - table: up_pro_process\n    each: steps\n    fields: { row_guid: { column: STEP }, project_no: { column: NO } }\n  - table: up_pro_accept']],
  ['a dictionary that is not there', 'DICTIONARY_UNKNOWN', [dictionaries, 'apply_type: apply_type', 'apply_type: apply_kind']],
  ['a rule whose expression is wrong', 'RULE_WRONG', [rules, 'caseNo(r.project_no)', 'caseNo(r.project_no']],
  ['a rule about a field that is not there', 'RULE_WRONG', [rules, 'r.project_no', 'r.projectno']],
  ['a table in which a type is unknown', 'WORD_UNKNOWN', [tables, '"datetime"', '"date"']],
  ['hours without a calendar', 'CALENDAR_MISSING', ['jobs/cases.yaml', 'page: 500', 'page: 500\nwindows: [{ days: workdays }]']],
  ['a time that is none', 'TIME_OF_DAY_WRONG', ['jobs/cases.yaml', 'page: 500', 'page: 500\nwindows: [{ from: "24:30" }]']],
  ['days that do not go together', 'DAYS_MIXED', ['jobs/cases.yaml', 'page: 500', 'page: 500\nwindows: [{ days: [workdays, sat] }]']],
  ['a timetable that is none', 'CRON_WRONG', ['jobs/cases.yaml', '*/5 * * * *', '*/5 * * *']],
  ['a timetable beyond the clock', 'CRON_WRONG', ['jobs/cases.yaml', '*/5 * * * *', '5 24 * * *']],
  ['a timetable that never strikes', 'CRON_NEVER', ['jobs/cases.yaml', '*/5 * * * *', '0 0 30 2 *']],
  ['changes of a dataset without a time column', 'TIME_MISSING', ['jobs/items.yaml', 'sweep', 'changes']],
  ['an unset variable', 'ENV_MISSING', ['gateway.yaml', '${DATA}', '${DATEN}']],
];

describe('it is a mistake to have', () => {
  for (const [what, code, change] of single) {
    it(what, async () => expect((await mistakesOf(change)).map((mistake) => mistake.code)).to.include(code));
  }
  it('datasets that wait for each other', async () => {
    const [mistake] = await mistakesOf(['jobs/items.yaml', 'page: 500', 'page: 500\nafter: [cases]']);
    expect(mistake).to.deep.include({ code: 'AFTER_RING', facts: { ring: 'cases → items → cases' } });
  });
  it('two jobs, two datasets or two code tables of one name', async () => {
    expect(await told(['jobs/other.yaml', '', 'job: items\ntitle: 又一个\ndataset: items\nmode: sweep\npage: 1\n'])).to.deep.equal(['jobs/other.yaml:1:6 NAME_TWICE']);
    expect(await told(['mappings/county/model/codes/other.yaml', '', 'table: channel\ntitle: 又\nversion: "1"\nentries: [{ from: A, county: a, to: "0", region: b }]\n'])).to.deep.equal(['mappings/county/model/codes/other.yaml:1:8 NAME_TWICE']);
  });
  it('a rule with the place inside its expression', async () => {
    expect(await told([rules, 'caseNo(r.project_no)', 'caseNo(r.project_no) && r.nothing == "1"'])).to.deep.equal([`${rules}:10:37 RULE_WRONG`]);
  });
});
