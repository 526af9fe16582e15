import { expect } from 'chai';
import type { FieldShape, TableShape } from '../../src/contract/table-shape.ts';
import { guessFields, guessTime, initialsOf } from '../../src/mapping/guess.ts';
import type { ColumnDescription } from '../../src/port/source.ts';

const field = (name: string, comment: string): FieldShape => ({ name, comment, type: 'varchar', length: 50, required: true, dictionary: null });
const column = (name: string, title?: string): ColumnDescription => ({ name, type: 'text', nullable: true, ...(title === undefined ? {} : { title }) });
const shape: TableShape = {
  table: 't', title: '证照', position: new Map(),
  fields: [field('certificate_name', '证照名称'), field('certificate_number', '证照编号'), field('certificate_holder', '持有者名称（全称）'), field('issue_dept', '颁发机构'), field('remark', '备注')],
};
const guessed = (...columns: readonly ColumnDescription[]): readonly (readonly string[])[] => guessFields(shape, columns).map((one) => [one.field.name, one.column, one.by]);

describe('guessing which column a field wants', () => {
  it('goes by the same comment, the same name, the initials of the words, and by comments that are alike, in this order', () => {
    expect(guessed(column('ZZMC'), column('X1', '证照编号'), column('CERTIFICATE_HOLDER'), column('X2', '颁发机构名称'))).to.deep.equal([
      ['certificate_name', 'ZZMC', 'initials'], ['certificate_number', 'X1', 'title'], ['certificate_holder', 'CERTIFICATE_HOLDER', 'name'], ['issue_dept', 'X2', 'part'],
    ]);
  });
  it('gives a column to the field that more speaks for, and to no other', () => {
    expect(guessed(column('ZZMC', '证照编号'))).to.deep.equal([['certificate_number', 'ZZMC', 'title']]);
  });
  it('leaves out what nothing speaks for', () => {
    expect(guessed(column('A'), column('B', '无关'))).to.deep.equal([]);
  });
  it('knows the initials of words', () => {
    expect(['证照名称', '办件编号', '申请人姓名', '行政区划', 'A类事项'].map(initialsOf)).to.deep.equal(['zzmc', 'bjbh', 'sqrxm', 'xzqh', 'alsx']);
  });
  it('prefers a time of change to a time of making', () => {
    expect(guessTime([column('CJSJ'), column('GXSJ')])).to.equal('GXSJ');
    expect(guessTime([column('A', '最后修改时间')])).to.equal('A');
    expect(guessTime([column('CREATE_TIME')])).to.equal('CREATE_TIME');
    expect(guessTime([column('A')])).to.equal(null);
  });
});
