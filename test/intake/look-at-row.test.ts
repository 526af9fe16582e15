import { expect } from 'chai';
import { examiner } from '../../src/intake/examine.ts';
import { lookAtRow, type LookedRow } from '../../src/intake/look-at-row.ts';
import { compileMapping } from '../../src/mapping/mapping.ts';
import { contract } from '../fixtures/contract.ts';
import { aCase, caseMapping } from '../fixtures/mapping.ts';

const compiled = contract();
const mapping = compileMapping(caseMapping(), compiled);
const examine = examiner(mapping, compiled);
const look = (change: Parameters<typeof lookAtRow>[1], plain = true): LookedRow => lookAtRow({ mapping, examine, contract: compiled, plain }, change);
const value = (looked: LookedRow, field: string): unknown => looked.records[0]?.fields.find((one) => one.field === field)?.value;

describe('a look at one row', () => {
  it('shows each region record with every field of its table, as it would travel', () => {
    const looked = look(aCase());
    expect(looked).to.include({ key: 'c1', outcome: 'good', identity: 'P1' });
    expect(looked.need).to.deep.equal({ dataset: 'items', identity: '4' });
    expect(looked.records.map(({ table, fields }) => [table, fields.length])).to.deep.equal([['up_pro_accept', 9], ['up_pro_process', 4]]);
    expect([value(looked, 'applyer_name'), value(looked, 'code')]).to.deep.equal(['其其格', null]);
  });
  it('shows a row that would be set aside as far as it could be mapped, each problem at its field, in its record', () => {
    const step = { STEP: 's1', KIND: '1', RESULT: 'A', REMARK: null };
    const looked = look(aCase({ NAME: '一个太长的名字' }, { steps: [step, { ...step, STEP: 's2', RESULT: 'Z' }] }));
    expect(looked.outcome).to.equal('bad');
    const found = looked.records.flatMap(({ table, fields }, at) => fields.flatMap(({ field, problems }) => problems.map((problem) => `${at} ${table}.${field} ${problem.code}`)));
    expect(found).to.deep.equal(['0 up_pro_accept.applyer_name TEXT_TOO_LONG', '2 up_pro_process.event_name CODE_UNMAPPED']);
    expect(looked.problems).to.deep.equal([]);
    expect(value(looked, 'applyer_name')).to.equal('一个太长的名字');
  });
  it('tells what concerns the row as a whole beside its records', () => {
    expect(look(aCase({}, { item: undefined })).problems.map((problem) => problem.code)).to.deep.equal(['LOOKUP_MISSING']);
  });
  it('says that the region must not have a row that is withdrawn or not published', () => {
    expect([look(aCase({ STATE: '9' })).outcome, look(aCase({ STATE: '7' })).outcome]).to.deep.equal(['gone', 'gone']);
  });
  it('shows of texts the first character and the length, unless they are asked for: codes and times are shown as they are', () => {
    const looked = look(aCase(), false);
    expect(['applyer_name', 'apply_date', 'use_level'].map((field) => value(looked, field))).to.deep.equal(['其…(3)', '2026-07-01 09:00:00', '4']);
    expect(JSON.stringify(looked.records)).to.not.include('其其格');
  });
});
