import { expect } from 'chai';
import { exampleTrier } from '../../src/intake/try-example.ts';
import type { Expectation } from '../../src/mapping/example.ts';
import type { PresentChange } from '../../src/record/change.ts';
import { contract } from '../fixtures/contract.ts';
import { aCase, caseMapping } from '../fixtures/mapping.ts';

const nothing: Expectation = { gone: false, fields: {}, counts: {}, problems: [] };

function differences(expects: Partial<Expectation>, change: PresentChange = aCase()): readonly string[] {
  const tried = exampleTrier(caseMapping(), contract())({ dataset: 'cases', title: 't', file: 'f', line: 1, change, expects: { ...nothing, ...expects } });
  return tried.map((one) => `${one.at} ${one.expected} ${one.found}`);
}

describe('an example', () => {
  it('that says what becomes of its row has no difference', () => {
    expect(differences({})).to.deep.equal([]);
    expect(differences({ gone: true }, aCase({ STATE: '9' }))).to.deep.equal([]);
  });
  it('tells when a row is sent, set aside or taken back against its word', () => {
    expect(differences({ gone: true })).to.deep.equal(['outcome gone sent']);
    expect(differences({}, aCase({ STATE: '9' }))).to.deep.equal(['outcome sent gone']);
  });
  it('pairs problems off in any order, and tells those missing and those too many', () => {
    const refused = aCase({ NAME: null });
    const [outcome, ...found] = differences({}, refused);
    expect(outcome).to.equal('outcome sent refused');
    expect(found).to.deep.equal(['problem — refuse VALUE_MISSING up_pro_accept.applyer_name']);
    expect(differences({ problems: [{ severity: 'refuse', code: 'VALUE_MISSING', at: 'up_pro_accept.applyer_name' }] }, refused)).to.deep.equal([]);
    expect(differences({ problems: [{ severity: 'warn', code: 'TEXT_CUT' }] })).to.deep.equal(['problem warn TEXT_CUT —']);
  });
  it('compares one value with every record of the table, and a list with each in its place', () => {
    const [name = ''] = [String(aCase().row['NAME'])];
    expect(differences({ fields: { 'up_pro_accept.applyer_name': name } })).to.deep.equal([]);
    expect(differences({ fields: { 'up_pro_accept.applyer_name': '别人' } })).to.deep.equal([`up_pro_accept.applyer_name "别人" ${JSON.stringify(name)}`]);
    expect(differences({ fields: { 'up_pro_accept.applyer_name': [name, name] } })).to.have.length(1);
  });
  it('counts records, and tells when a table it speaks of has none', () => {
    expect(differences({ counts: { up_pro_accept: 2 } })).to.deep.equal(['up_pro_accept 2 1']);
    expect(differences({ fields: { 'up_pro_result.remark': null } })).to.deep.equal(['up_pro_result.remark null —']);
  });
  it('compares whole records in their order, fields without a word being empty', () => {
    expect(differences({ records: [] })).to.have.length(1);
    expect(differences({ records: [] })[0]).to.match(/^records "" "up_pro_accept/);
  });
});
