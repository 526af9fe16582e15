import { expect } from 'chai';
import type { ContractData } from '../../src/contract/data.ts';
import type { Value } from '../../src/contract/table-shape.ts';
import type { Problem } from '../../src/record/problem.ts';
import { contract } from '../fixtures/contract.ts';

const good = {
  row_guid: 'a1', project_no: 'P1', applyer_name: '其其格', code_type: '111', code: '150626199001011239',
  apply_date: '2026-07-01 09:00:00', accept_date: '2026-07-02 09:00:00', task_version: 1, use_level: '4',
};

function problems(change: Readonly<Record<string, Value>>, data: Partial<ContractData> = {}): readonly Problem[] {
  const compiled = contract(data);
  const values: Readonly<Record<string, Value>> = { ...good, ...change };
  return compiled.check('up_pro_accept', compiled.shape('up_pro_accept').fields.map((field) => values[field.name] ?? null));
}

function codes(change: Readonly<Record<string, Value>>, data: Partial<ContractData> = {}): readonly string[] {
  return problems(change, data).map((problem) => `${problem.code} ${problem.field ?? ''}`);
}

describe('what the region accepts', () => {
  it('finds nothing wrong with a good record', () => expect(problems({})).to.deep.equal([]));
  it('has row_guid first in every table, also where the published table does not name it, and no control field', () => {
    const { tables } = contract();
    expect(tables.get('up_pro_accept')?.fields.map((field) => field.name)[0]).to.equal('row_guid');
    expect(tables.get('up_lic_data')?.fields.map((field) => field.name)).to.deep.equal(['row_guid', 'certificate_holder', 'issue_date']);
    expect(tables.get('up_lic_data')?.fields[0]).to.include({ length: 50, required: true });
  });
  it('collects every problem of a record at once', () => {
    expect(codes({ row_guid: null, applyer_name: '巴特尔巴特尔', use_level: '9', task_version: 3_000_000_000, apply_date: '2026-02-29 09:00:00', accept_date: null }))
      .to.deep.equal(['VALUE_MISSING row_guid', 'TEXT_TOO_LONG applyer_name', 'DATE_INVALID apply_date', 'NUMBER_INVALID task_version', 'CODE_UNKNOWN use_level']);
  });
  it('says where, how long, and how long it may be', () => {
    expect(problems({ applyer_name: '巴特尔巴特尔' })).to.deep.equal([
      { code: 'TEXT_TOO_LONG', severity: 'refuse', table: 'up_pro_accept', field: 'applyer_name', facts: { length: 6, limit: 4, unit: 'characters' } },
    ]);
  });
  it('lets a field that may be empty be empty', () => expect(codes({ code: null, code_type: null, accept_date: null, task_version: null, use_level: null })).to.deep.equal([]));
  it('refuses a row_guid of 51 characters', () => expect(codes({ row_guid: 'x'.repeat(51) })).to.deep.equal(['TEXT_TOO_LONG row_guid']));
});

describe('how the region counts text', () => {
  const name = (applyer_name: string, unit: 'characters' | 'utf8' | 'gbk'): readonly string[] => codes({ applyer_name }, { text: { unit, repertoire: 'unicode' } });
  it('in characters: four Chinese characters fit in four', () => expect(name('乌审旗人', 'characters')).to.deep.equal([]));
  it('in characters: a character beyond U+FFFF counts once', () => expect(name('𠮷𠮷𠮷𠮷', 'characters')).to.deep.equal([]));
  it('in UTF-8 bytes: one Chinese character and a letter fit in four, two do not', () => {
    expect(name('乌a', 'utf8')).to.deep.equal([]);
    expect(name('乌审', 'utf8')).to.deep.equal(['TEXT_TOO_LONG applyer_name']);
  });
  it('in GBK bytes: two Chinese characters fit in four, three do not', () => {
    expect(name('乌审', 'gbk')).to.deep.equal([]);
    expect(name('乌审旗', 'gbk')).to.deep.equal(['TEXT_TOO_LONG applyer_name']);
  });
});

describe('what the region cannot write down', () => {
  it('a rare character beyond U+FFFF, when its columns hold three bytes', () => {
    expect(problems({ applyer_name: '吴𠮷' })).to.deep.equal([{ code: 'CHAR_UNSUPPORTED', severity: 'refuse', table: 'up_pro_accept', field: 'applyer_name', facts: { position: 2 } }]);
    expect(codes({ applyer_name: '吴𠮷' }, { text: { unit: 'characters', repertoire: 'unicode' } })).to.deep.equal([]);
  });
  for (const [what, text] of [['the replacement character', '吴\ufffd'], ['a control character', 'a\u0000'], ['half a surrogate pair', 'a\ud842']] as const) {
    it(`${what}`, () => expect(codes({ applyer_name: text }).at(-1)).to.equal('TEXT_GARBLED applyer_name'));
  }
  it('tabs and line ends are text', () => expect(codes({ applyer_name: 'a\t\r\n' })).to.deep.equal([]));
});

describe('codes, dates and numbers', () => {
  it('a field with a separator may hold several codes, each of which must be known', () => {
    expect(codes({ use_level: '3,4' })).to.deep.equal([]);
    expect(problems({ use_level: '3,7' })[0]?.facts).to.deep.equal({ value: '7' });
  });
  it('a field without separator holds one code', () => {
    const compiled = contract();
    const step = (event: string): readonly string[] => compiled.check('up_pro_process', ['s1', 'P1', event, null]).map((problem) => problem.code);
    expect(step('1')).to.deep.equal([]);
    expect(step('1,')).to.deep.equal(['CODE_UNKNOWN']);
  });
  for (const date of ['2026-02-29 00:00:00', '2026-13-01 00:00:00', '2026-01-01 24:00:00', '2026-01-01', '2026-01-01T00:00:00', '0000-00-00 00:00:00']) {
    it(`${date} is no datetime`, () => expect(codes({ apply_date: date, accept_date: null })).to.deep.equal(['DATE_INVALID apply_date']));
  }
  it('a datetime lies from 1900 to 2098', () => {
    const at = (date: string): readonly string[] => codes({ apply_date: date, accept_date: null });
    expect(at('1900-01-01 00:00:00')).to.deep.equal([]);
    expect(at('2098-12-31 23:59:59')).to.deep.equal([]);
    expect(at('1899-12-31 23:59:59')).to.deep.equal(['DATE_OUT_OF_RANGE apply_date']);
    expect(at('2099-01-01 00:00:00')).to.deep.equal(['DATE_OUT_OF_RANGE apply_date']);
  });
  it('a leap day is a day', () => expect(codes({ apply_date: '2024-02-29 00:00:00' })).to.deep.equal([]));
});
