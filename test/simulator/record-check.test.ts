import { expect } from 'chai';
import { isMoment } from '../../simulator/field-check.ts';
import { compileTable } from '../../simulator/record-check.ts';
import { clean, tables } from './rehearsal.ts';
import type { Wish } from './rehearsal.ts';

const head = { batchNo: 'B1', dataSource: '150' };

function fault(table: string, change: Wish): string | null {
  const description = tables.get(table);
  if (description === undefined) throw new Error(table);
  const found = compileTable(description).check(clean(table, 'B1', change), head);
  return found === null ? null : `${found.field}: ${found.message}`;
}

describe('what the region checks in a record', () => {
  for (const table of tables.keys()) {
    it(`accepts a clean record of ${table}`, () => {
      expect(fault(table, {})).to.equal(null);
    });
  }

  const licence: readonly (readonly [title: string, change: Wish, said: string | null])[] = [
    ['a name of 512 characters fits', { certificate_name: '证'.repeat(512) }, null],
    ['a name of 513 characters does not', { certificate_name: '证'.repeat(513) }, 'certificate_name: [字段]证照名称长度超过512'],
    ['an empty name is no name', { certificate_name: '' }, 'certificate_name: [字段]证照名称不能为空'],
    ['a missing name is no name', { certificate_name: undefined }, 'certificate_name: [字段]证照名称不能为空'],
    ['null is no name', { certificate_name: null }, 'certificate_name: [字段]证照名称不能为空'],
    ['a number is not text', { certificate_name: 5 }, 'certificate_name: [字段]证照名称应为文本'],
    ['a list is not text', { certificate_name: ['证'] }, 'certificate_name: [字段]证照名称应为文本'],
    ['a character of four bytes cannot be stored', { certificate_holder: '\u{20BB7}野试验' }, 'certificate_holder: [字段]持证主体含有四字节字符，无法存储'],
    ['Mongolian letters can', { certificate_holder: 'ᠮᠣᠩᠭᠣᠯ' }, null],
    ['a field the table does not have', { nobody_knows: '1' }, 'nobody_knows: [字段]nobody_knows不在数据表中'],
    ['a code outside the list', { certificate_holder_type: '999' }, 'certificate_holder_type: [字段]持证主体代码类型不在代码表“持证主体代码类型”中'],
    ['nothing in a field that may be empty', { certificate_holder_type: null }, null],
    ['an operation nobody has agreed on', { cd_operation: 'X' }, 'cd_operation: [字段]同步类型不在代码表“同步类型”中'],
    ['no operation', { cd_operation: null }, 'cd_operation: [字段]同步类型不能为空'],
    ['another batch number than the batch', { cd_batch: 'B2' }, 'cd_batch: [字段]批次号与本批不一致'],
    ['another data source than the batch', { data_source: '151' }, 'data_source: [字段]数据来源与本批不一致'],
    ['no row_guid', { row_guid: undefined }, 'row_guid: [字段]记录唯一标识不能为空'],
  ];
  for (const [title, change, said] of licence) {
    it(`${said === null ? 'accepts' : 'refuses'}, in a licence: ${title}`, () => {
      expect(fault('up_lic_data', change)).to.equal(said);
    });
  }

  it('wants whole numbers that fit into four bytes', () => {
    const said = (task_version: unknown): string | null => fault('up_pro_accept', { task_version });
    expect(said(2147483647)).to.equal(null);
    expect(said(-2147483648)).to.equal(null);
    expect(said(2147483648)).to.equal('task_version: [字段]事项版本超出整数范围');
    expect(said(1.5)).to.equal('task_version: [字段]事项版本应为整数');
    expect(said('1')).to.equal('task_version: [字段]事项版本应为整数');
  });
  it('reads a list of codes by the dictionary\'s separator', () => {
    const said = (use_level: string): string | null => fault('up_task_general_basic', { use_level });
    expect(said('4,5')).to.equal(null);
    expect(said('4,8')).to.match(/^use_level: .*不在代码表/u);
    expect(said('4,')).to.match(/^use_level: /u);
    expect(fault('up_task_general_basic', { task_type: '01,02' })).to.match(/^task_type: /u);
  });
  it('wants row_guid and control fields in a withdrawal, and nothing else', () => {
    const control = { row_guid: 'a', cd_operation: 'D', cd_time: '2026-11-23 15:00:00', cd_batch: 'B1', data_source: '150' };
    const description = tables.get('up_lic_data');
    if (description === undefined) throw new Error('up_lic_data');
    const { check } = compileTable(description);
    expect(check(control, head)).to.equal(null);
    expect(check({ ...control, certificate_name: '证' }, head)).to.deep.equal({ field: 'certificate_name', message: '[字段]certificate_name不应出现在撤回记录中' });
    expect(check({ ...control, cd_time: 'now' }, head)?.field).to.equal('cd_time');
  });
  it('never repeats a value in its words', () => {
    for (const table of ['up_lic_data', 'up_pro_accept']) {
      for (const { name } of tables.get(table)?.fields ?? []) {
        expect(fault(table, { [name]: `张试验\u{20BB7}`.repeat(600) }), name).to.not.match(/张试验/u);
      }
    }
  });
  it('writes business fields in the order of the table, however they came', () => {
    const description = tables.get('up_lic_data');
    if (description === undefined) throw new Error('up_lic_data');
    const { write } = compileTable(description);
    const record = clean('up_lic_data', 'B1', { row_guid: 'a' });
    const backwards = Object.fromEntries(Object.entries(record).toReversed());
    expect(write(backwards)).to.equal(write(record));
    expect(Object.keys(JSON.parse(write(record)) as Wish).slice(0, 3)).to.deep.equal(['row_guid', 'certificate_area_code', 'certificate_holder']);
    expect(write(record)).to.not.contain('cd_');
  });
});

describe('a moment', () => {
  for (const text of ['2026-11-23 00:00:00', '2024-02-29 23:59:59', '2000-02-29 12:00:00', '1000-01-01 00:00:00']) {
    it(`can be ${text}`, () => expect(isMoment(text)).to.equal(true));
  }
  for (const text of ['2026-02-29 00:00:00', '1900-02-29 00:00:00', '2026-13-01 00:00:00', '2026-00-01 00:00:00', '2026-04-31 00:00:00', '2026-01-01 24:00:00',
    '2026-01-01 00:60:00', '2026-01-01 00:00:60', '0001-01-01 00:00:00', '0000-00-00 00:00:00', '2026-11-23T00:00:00', '2026-11-23', '2026-1-23 00:00:00 ', '2026-+1-01 00:00:00']) {
    it(`cannot be ${text}`, () => expect(isMoment(text)).to.equal(false));
  }
});
