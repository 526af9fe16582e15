import { expect } from 'chai';
import type { ContractData, RuleData } from '../../src/contract/data.ts';
import { changeChecker } from '../../src/intake/change-check.ts';
import { examiner } from '../../src/intake/examine.ts';
import { compileMapping } from '../../src/mapping/mapping.ts';
import type { Change } from '../../src/record/change.ts';
import type { GoodMapped, Mapped } from '../../src/record/envelope.ts';
import { contract, rule } from '../fixtures/contract.ts';
import { aCase, caseMapping } from '../fixtures/mapping.ts';

const step = { STEP: 's1', KIND: '1', RESULT: 'A', REMARK: null };

function examined(change: Change, data: Partial<ContractData>): Mapped {
  const compiled = contract(data);
  return examiner(compileMapping(caseMapping(), compiled), compiled)(change);
}

function good(mapped: Mapped): GoodMapped {
  if (mapped.state !== 'good') throw new Error(mapped.state);
  return mapped;
}

describe('rules across a county row’s records', () => {
  const oneStep = (severity: RuleData['severity']): Partial<ContractData> => ({ rules: [rule({ id: 'one-step', scope: 'aggregate', severity, expect: 'size(all.up_pro_process) == 1' })] });
  it('warn, and the row travels', () => {
    expect(good(examined(aCase({}, { steps: [] }), oneStep('warn'))).problems.map((one) => one.rule)).to.deep.equal(['one-step']);
    expect(good(examined(aCase({}, { steps: [step] }), oneStep('warn'))).problems).to.deep.equal([]);
  });
  it('refuse, and the row is set aside', () => expect(examined(aCase({}, { steps: [] }), oneStep('refuse')).state).to.equal('bad'));
  it('say which child row it is about', () => {
    const passed = rule({ id: 'passed', scope: 'aggregate', severity: 'warn', table: 'up_pro_process', field: 'event_name', expect: 'r.event_name == "1"' });
    expect(good(examined(aCase({}, { steps: [step, { ...step, STEP: 's2', RESULT: 'B' }] }), { rules: [passed] })).problems.map((one) => one.facts)).to.deep.equal([{ child: 2 }]);
  });
});

describe('a character the region cannot hold', () => {
  const change = aCase({ NAME: '吴𠮷' });
  it('sets the row aside', () => expect(examined(change, {}).state).to.equal('bad'));
  it('travels as its declared substitute, with a warning', () => {
    const one = good(examined(change, { replacements: { 𠮷: '吉' } }));
    expect(one.records[0]?.body).to.contain('"applyer_name":"吴吉"');
    expect(one.problems.map((problem) => `${problem.code} ${problem.severity}`)).to.deep.equal(['CHAR_REPLACED warn']);
  });
});

describe('rules about what may not change', () => {
  const rules = (severity: RuleData['severity']): ContractData['rules'] => [
    rule({ id: 'keeps-application', scope: 'change', severity, field: 'apply_date', code: 'CHANGE_UNLIKELY', expect: 'r.apply_date == before.apply_date' }),
    rule({ id: 'keeps-steps', scope: 'change', severity, code: 'CHANGE_UNLIKELY', expect: 'size(all.up_pro_process) >= size(were.up_pro_process)' }),
  ];
  const compared = (then: Change, now: Change, severity: RuleData['severity']): Mapped => {
    const data = { rules: rules(severity) };
    return changeChecker(contract(data))(good(examined(now, data)), good(examined(then, data)).records, now);
  };
  const first = aCase({}, { steps: [step] });
  it('find nothing in a change that may be', () => {
    const now = aCase({ NAME: '其其' }, { steps: [step, { ...step, STEP: 's2' }] });
    expect(good(compared(first, now, 'refuse')).problems).to.deep.equal([]);
  });
  it('tell of a date that has moved and a step that has gone, and let it travel', () => {
    const moved = good(compared(first, aCase({ APPLIED: '2026-07-03 09:00:00' }, { steps: [] }), 'warn'));
    expect(moved.problems.map((problem) => problem.rule)).to.deep.equal(['keeps-application', 'keeps-steps']);
  });
  it('set the version aside where the region would refuse it; the same version again is the same', () => {
    const now = aCase({}, { steps: [] });
    const [once, again] = [compared(first, now, 'refuse'), compared(first, now, 'refuse')];
    if (once.state !== 'bad' || again.state !== 'bad') throw new Error('not set aside');
    expect(once.fingerprint).to.equal(again.fingerprint);
    expect(once.fingerprint).not.to.equal(good(examined(now, {})).fingerprint);
    expect(once.change).to.equal(now);
  });
});
