import { expect } from 'chai';
import * as fc from 'fast-check';
import { examiner } from '../../src/intake/examine.ts';
import { sealer, sm3 } from '../../src/intake/seal.ts';
import { compileMapping } from '../../src/mapping/mapping.ts';
import type { Change } from '../../src/record/change.ts';
import type { BadMapped, GoodMapped, Mapped } from '../../src/record/envelope.ts';
import { contract } from '../fixtures/contract.ts';
import { aCase, caseMapping } from '../fixtures/mapping.ts';

const compiled = contract();
const examine = examiner(compileMapping(caseMapping(), compiled), compiled);

function good(change: Change): GoodMapped {
  const found = examine(change);
  if (found.state !== 'good') throw new Error(found.state);
  return found;
}

function bad(change: Change): BadMapped {
  const found = examine(change);
  if (found.state !== 'bad') throw new Error(found.state);
  return found;
}

const step = { STEP: 's1', KIND: '1', RESULT: 'A', REMARK: null };

describe('a good row', () => {
  const one = good(aCase());
  it('is closed for sending: every field in the table’s order, null where there is no value', () => {
    expect(one.records[0]?.body).to.equal('{"row_guid":"c1","project_no":"P1","applyer_name":"其其格","code_type":null,"code":null,"apply_date":"2026-07-01 09:00:00","accept_date":null,"task_version":null,"use_level":"4"}');
    expect(one.records[0]).to.include({ table: 'up_pro_accept', rowGuid: 'c1', digest: sm3(one.records[0]?.body ?? '') });
    expect(one).to.deep.include({ key: 'c1', identity: 'P1', need: { dataset: 'items', identity: '4' }, problems: [] });
  });
  it('has the same fingerprint when made again, and another when anything the region sees has changed', () => {
    expect(good(aCase()).fingerprint).to.equal(one.fingerprint);
    expect(good(aCase({ NAME: ' 其其格 ' })).fingerprint).to.equal(one.fingerprint);
    expect(good(aCase({ NAME: '其其' })).fingerprint).not.to.equal(one.fingerprint);
    expect(good(aCase({}, { steps: [{ ...step, RESULT: 'B' }] })).fingerprint).not.to.equal(one.fingerprint);
    expect(good(aCase({}, { steps: [] })).fingerprint).not.to.equal(one.fingerprint);
  });
  it('of one record has that record’s digest for its fingerprint', () => {
    const alone = good(aCase({}, { steps: [] }));
    expect(alone.fingerprint).to.equal(alone.records[0]?.digest);
  });
  it('travels with its warnings', () => {
    expect(good(aCase({}, { steps: [{ ...step, REMARK: '一二三四五六七' }] })).problems).to.deep.equal([
      { code: 'TEXT_CUT', severity: 'warn', table: 'up_pro_process', field: 'remark', facts: { length: 7, to: 6, child: 1 } },
    ]);
  });
});

describe('a bad row', () => {
  it('is set aside with every problem, and with what was read', () => {
    const change = aCase({ NAME: '一二三四五', APPLIED: '2026-02-30' });
    const one = bad(change);
    expect(one.problems.map((problem) => `${problem.code} ${problem.field ?? ''}`)).to.deep.equal(['DATE_INVALID apply_date', 'TEXT_TOO_LONG applyer_name']);
    expect(one.change).to.equal(change);
    expect(one.identity).to.equal('P1');
  });
  it('is told once of a value that was lost to another problem', () => {
    expect(bad(aCase({}, { steps: [{ ...step, RESULT: 'Z' }] })).problems.map((problem) => problem.code)).to.deep.equal(['CODE_UNMAPPED']);
  });
  it('without row_guid, or with one over 50 characters, cannot travel', () => {
    expect(bad(aCase({ ID: null })).problems[0]).to.include({ code: 'VALUE_MISSING', field: 'row_guid' });
    expect(bad(aCase({ ID: 'x'.repeat(51) })).problems[0]).to.include({ code: 'TEXT_TOO_LONG', field: 'row_guid' });
  });
  it('with two children of one row_guid cannot travel: the second would overwrite the first', () => {
    expect(bad(aCase({}, { steps: [step, step] })).problems[0]).to.deep.include({ code: 'ROW_GUID_TWICE', facts: { child: 2 } });
  });
  it('keeps its fingerprint until what was read or what is wrong with it changes', () => {
    const change = aCase({ NAME: null });
    expect(bad(change).fingerprint).to.equal(bad(aCase({ NAME: null })).fingerprint);
    expect(bad(aCase({ NAME: ' ' })).fingerprint).not.to.equal(bad(change).fingerprint);
  });
  it('never copies a value of a person into its problems', () => {
    const name = '这是一个很长的名字';
    expect(JSON.stringify(bad(aCase({ NAME: name })).problems)).not.to.contain(name);
  });
});

describe('a row that is gone', () => {
  it('is gone, whether the source or the mapping says so', () => {
    const gone: Mapped = { state: 'gone', key: 'c1' };
    expect(examine({ state: 'gone', key: 'c1' })).to.deep.equal(gone);
    expect(examine(aCase({ STATE: '9' }))).to.deep.equal(gone);
  });
});

describe('something unforeseen', () => {
  it('stops the run instead of setting a county aside', () => {
    const { NAME: _absent, ...row } = aCase().row;
    expect(() => examine({ ...aCase(), row })).to.throw().with.property('code', 'COLUMN_ABSENT');
  });
});

describe('the seal', () => {
  it('is SM3 as in GB/T 32905', () => {
    expect(Buffer.from(sm3('abc'), 'base64url').toString('hex')).to.equal('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  });
  it('closes any text as JSON that gives it back', () => {
    const shape = compiled.shape('up_lic_data');
    const seal = sealer(shape);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (holder, date) => {
      const body: unknown = JSON.parse(seal(['g', holder, date]).body);
      expect(body).to.deep.equal({ row_guid: 'g', certificate_holder: holder, issue_date: date });
    }));
  });
});
