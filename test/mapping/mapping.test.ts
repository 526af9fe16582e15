import { expect } from 'chai';
import { compileMapping, type Translation } from '../../src/mapping/mapping.ts';
import type { DatasetMapping } from '../../src/mapping/dataset.ts';
import type { PresentChange } from '../../src/record/change.ts';
import { contract } from '../fixtures/contract.ts';
import { aCase, caseMapping, looked } from '../fixtures/mapping.ts';

function present(change: PresentChange, mapping: DatasetMapping = caseMapping()): Extract<Translation, { state: 'present' }> {
  const found = compileMapping(mapping, contract()).translate(change);
  if (found.state !== 'present') throw new Error('gone');
  return found;
}

describe('what a mapping asks of the county', () => {
  const { selection } = compileMapping(caseMapping(), contract());
  it('is every column it uses, once, and no other', () => {
    expect([...selection.columns].toSorted()).to.deep.equal(['APPLIED', 'CHANGED', 'ID', 'ITEM', 'NAME', 'NO', 'STATE']);
    expect(selection.lookups).to.deep.equal([{ name: 'item', table: 'ITEM', key: 'ITEMID', by: 'ITEM', columns: ['ITEMID', 'LEVEL'] }]);
    expect(selection.children).to.deep.equal([{ name: 'steps', table: 'STEP', parent: 'ID', order: ['STARTED'], columns: ['ID', 'STARTED', 'KIND', 'STEP', 'RESULT', 'REMARK'] }]);
  });
  it('is the published rows and the withdrawn ones', () => expect(selection.where).to.deep.equal({ STATE: ['1', '2', '9'] }));
});

describe('a county row', () => {
  it('becomes its records in the order declared, with every field in the table’s order', () => {
    expect(present(aCase()).records).to.deep.equal([
      { table: 'up_pro_accept', values: ['c1', 'P1', '其其格', null, null, '2026-07-01 09:00:00', null, null, '4'], told: null, child: 0 },
      { table: 'up_pro_process', values: ['s1', 'P1', '1', null], told: null, child: 1 },
    ]);
  });
  it('has a name, and says what it needs', () => {
    expect(present(aCase())).to.deep.include({ identity: 'P1', need: { dataset: 'items', identity: '4' } });
    expect(present(aCase({ NO: ' ' }))).to.deep.include({ identity: null });
  });
  it('with several children makes a record of each that fits the condition', () => {
    const steps = ['1', '9', '2'].map((kind) => ({ STEP: `s${kind}`, KIND: kind, RESULT: 'A', REMARK: null }));
    expect(present(aCase({}, { steps })).records.map((record) => record.values[0])).to.deep.equal(['c1', 's1', 's2']);
  });
  it('that was withdrawn, or is no longer published, is gone', () => {
    const translate = compileMapping(caseMapping(), contract()).translate;
    for (const state of ['9', '7', null]) expect(translate(aCase({ STATE: state })).state).to.equal('gone');
    expect(translate(aCase({ STATE: 2 })).state).to.equal('present');
  });
  it('that fills no table is set aside, not dropped', () => {
    const records = caseMapping().records.slice(1);
    expect(present(aCase({}, { steps: [] }), caseMapping({ records, identity: [], needs: null })).problems).to.deep.equal([{ code: 'NO_RECORD', severity: 'refuse', facts: { dataset: 'cases' } }]);
  });
  it('tells which child a problem is of', () => {
    const steps = ['A', 'Z'].map((result) => ({ STEP: 's', KIND: '1', RESULT: result, REMARK: null }));
    expect(present(aCase({}, { steps })).problems[0]?.facts).to.deep.equal({ table: 'event', value: 'Z', child: 2 });
  });
});

describe('a looked-up row that is missing', () => {
  const [accept] = caseMapping().records;
  const needed = caseMapping({ records: accept === undefined ? [] : [{ ...accept, fields: { ...accept.fields, project_no: looked('item', 'NO'), applyer_name: looked('item', 'NAME') } }], needs: null });
  it('is one problem, however many fields needed it', () => {
    expect(present(aCase({}, { item: undefined }), needed).problems).to.deep.equal([{ code: 'LOOKUP_MISSING', severity: 'refuse', facts: { lookup: 'item' } }]);
  });
  it('is a warning when only fields that may be empty asked for it', () => {
    expect(present(aCase({}, { item: undefined })).problems).to.deep.equal([{ code: 'LOOKUP_MISSING', severity: 'warn', facts: { lookup: 'item' } }]);
  });
  it('is nothing when the row points nowhere and nobody needs it', () => expect(present(aCase({ ITEM: null }, { item: undefined })).problems).to.deep.equal([]));
  it('is never guessed when the county has several', () => {
    expect(present({ ...aCase({}, { item: undefined }), ambiguous: ['item'] }).problems).to.deep.equal([{ code: 'LOOKUP_AMBIGUOUS', severity: 'refuse', facts: { lookup: 'item' } }]);
  });
  it('is nothing when a declared default stands in', () => {
    const records = accept === undefined ? [] : [{ ...accept, fields: { ...accept.fields, use_level: looked('item', 'LEVEL', { default: { value: '4', because: '…' } }) } }];
    expect(present(aCase({}, { item: undefined }), caseMapping({ records })).problems.map((problem) => problem.code)).to.deep.equal(['DEFAULT_USED']);
  });
});

describe('a name of several fields', () => {
  it('is the first that has a value', () => {
    const mapping = caseMapping({ identity: [{ table: 'up_pro_accept', field: 'code' }, { table: 'up_pro_process', field: 'row_guid' }] });
    expect(present(aCase(), mapping).identity).to.equal('s1');
  });
});
