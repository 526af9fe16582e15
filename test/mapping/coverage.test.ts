import { expect } from 'chai';
import { coverageOf } from '../../src/mapping/coverage.ts';
import type { TableDescription } from '../../src/port/source.ts';
import { contract } from '../fixtures/contract.ts';
import { caseMapping, column } from '../fixtures/mapping.ts';

const described = (tables: Readonly<Record<string, readonly string[]>>): readonly TableDescription[] =>
  Object.entries(tables).map(([table, names]) => ({ table, rows: 1, columns: names.map((name) => ({ name, type: 'TEXT', nullable: true })) }));

describe('the coverage of a mapping', () => {
  const county = described({
    QLCASE: ['ID', 'CHANGED', 'STATE', 'NO', 'NAME', 'APPLIED', 'ITEM', 'REMARKS', 'FORMOIDS'], ITEM: ['ITEMID', 'LEVEL', 'TITLE'],
    STEP: ['STEP', 'ID', 'STARTED', 'KIND', 'RESULT', 'REMARK'], OTHER: ['A'],
  });
  it('names the region’s fields that nothing fills, with their titles, and never the fields of delivery', () => {
    const { tables } = coverageOf(caseMapping(), contract(), null);
    expect(tables.map(({ table, fields, empty }) => ({ table, fields, empty: empty.map((one) => one.field) }))).to.deep.equal([
      { table: 'up_pro_accept', fields: 9, empty: ['code_type', 'code', 'accept_date', 'task_version'] },
      { table: 'up_pro_process', fields: 4, empty: [] },
    ]);
  });
  it('takes a field for filled when any record of its table fills it', () => {
    const mapping = caseMapping();
    const [first] = mapping.records;
    if (first === undefined) throw new Error('no record');
    const two = caseMapping({ records: [...mapping.records, { ...first, fields: { code: column('CODE'), accept_date: column('TIME') } }] });
    expect(coverageOf(two, contract(), null).tables[0]?.empty.map((one) => one.field)).to.deep.equal(['code_type', 'task_version']);
  });
  it('names the county’s columns that nothing reads, table by table: keys, times, conditions and pointers count as read', () => {
    expect(coverageOf(caseMapping(), contract(), county).sources).to.deep.equal([
      { table: 'QLCASE', columns: 9, unused: ['REMARKS', 'FORMOIDS'] }, { table: 'STEP', columns: 6, unused: [] }, { table: 'ITEM', columns: 3, unused: ['TITLE'] },
    ]);
  });
  it('says nothing of columns when the county could not be asked', () => {
    expect(coverageOf(caseMapping(), contract(), null).sources).to.equal(null);
  });
  it('names every declared default and cut with its reason, also in the parts of a field', () => {
    const mapping = caseMapping();
    const [first, ...rest] = mapping.records;
    if (first === undefined) throw new Error('no record');
    const part = column('NICK', { default: { value: '无名', because: '旗县允许为空' } });
    const joined = { origin: { kind: 'first' as const, parts: [column('NAME'), part] }, steps: {} };
    expect(coverageOf(caseMapping({ records: [{ ...first, fields: { ...first.fields, applyer_name: joined } }, ...rest] }), contract(), null).declared).to.deep.equal([
      { field: 'up_pro_accept.applyer_name', what: 'default', value: '无名', because: '旗县允许为空' },
      { field: 'up_pro_process.remark', what: 'cut', value: 6, because: '列宽' },
    ]);
  });
});
