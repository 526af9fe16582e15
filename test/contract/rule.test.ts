import { expect } from 'chai';
import * as fc from 'fast-check';
import { ruleCompiler, type Rule } from '../../src/contract/rule.ts';
import type { RuleData } from '../../src/contract/data.ts';
import type { TableShape, Value } from '../../src/contract/table-shape.ts';
import { contract, rule } from '../fixtures/contract.ts';

const { tables } = contract();
const shape: TableShape = contract().shape('up_pro_accept');

function compiled(one: RuleData, slowly = false): Rule {
  const found = ruleCompiler(tables, slowly)(one, shape);
  if ('faults' in found) throw new Error(found.faults.map((fault) => fault.reason).join());
  return found.rule;
}

function faults(one: Partial<RuleData>): readonly { part: string; at: number; reason: string }[] {
  const found = ruleCompiler(tables)(rule(one), shape);
  return 'faults' in found ? found.faults : [];
}

function values(record: Readonly<Record<string, Value>>): readonly Value[] {
  return shape.fields.map((field) => record[field.name] ?? null);
}

describe('a rule across fields', () => {
  const order = compiled(rule({ id: 'order', field: 'accept_date', code: 'DATE_ORDER', expect: 'r.accept_date >= r.apply_date' }));
  const record = { apply_date: '2026-07-02 00:00:00', accept_date: '2026-07-01 00:00:00' };
  it('gives its code, field and name when it does not hold', () => {
    expect(order(values(record))).to.deep.equal({ code: 'DATE_ORDER', severity: 'refuse', table: 'up_pro_accept', field: 'accept_date', rule: 'order' });
  });
  it('gives nothing when it holds', () => expect(order(values({ ...record, accept_date: record.apply_date }))).to.equal(null));
  it('is skipped when a field it names has no value', () => expect(order(values({ ...record, accept_date: null }))).to.equal(null));
  it('is asked only when its condition is true', () => {
    const citizen = compiled(rule({ when: 'r.code_type == "111"', expect: 'citizenId(r.code)' }));
    expect(citizen(values({ code_type: '001', code: 'x' }))).to.equal(null);
    expect(citizen(values({ code_type: '111', code: 'x' }))?.code).to.equal('RULE');
  });
  it('may ask with has() whether a field has a value', () => {
    const needed = compiled(rule({ when: 'r.code_type == "111"', expect: 'has(r.code)' }));
    expect(needed(values({ code_type: '111' }))?.code).to.equal('RULE');
    expect(needed(values({ code_type: '111', code: 'x' }))).to.equal(null);
  });
});

describe('a rule that cannot be', () => {
  it('is told with the place in its expression', () => {
    expect(faults({ expect: 'r.accept_date >= ' })[0]).to.include({ part: 'expect', at: 17 });
    expect(faults({ expect: 'r.acept_date >= r.apply_date' })[0]).to.deep.include({ at: 0, reason: 'no field acept_date' });
    expect(faults({ when: 'r.code_type == 111', expect: 'true' })[0]?.part).to.equal('when');
    expect(faults({ expect: 'citizn(r.code)' })).to.have.length(1);
    expect(faults({ expect: 'r.code' })[0]?.reason).to.contain('string');
  });
});

describe('closures and the expression language', () => {
  const sources = [
    'r.accept_date >= r.apply_date', 'r.accept_date < r.apply_date', 'r.applyer_name != r.code', 'r.code_type == "111"', 'r.code_type <= "111"', 'r.code_type > "1"',
    'r.task_version >= 2', 'r.task_version == 2 || r.code_type == "1"', '!(r.task_version < 2) && r.code_type in ["1", "111"]', 'r.task_version in [1, 3]', 'citizenId(r.code)',
    '!uscc(r.code) || r.code_type != "001"', 'has(r.use_level)', 'has(r.use_level) && r.code_type == "1"', '"2" > r.code_type', 'size(r.code) > 2', 'r.code.startsWith("1")',
  ];
  const text = fc.oneof(fc.constantFrom('1', '111', '001', '2', '', '150626199001011239', '11150626MB0A12342C', '𠮷', '\uffff'), fc.string({ unit: 'binary', maxLength: 4 }));
  const maybe = (one: fc.Arbitrary<Value>): fc.Arbitrary<Value> => fc.option(one, { nil: null, freq: 8 });
  const record = fc.tuple(...shape.fields.map((field) => maybe(field.type === 'int' ? fc.integer({ min: 0, max: 4 }) : text)));
  for (const source of sources) {
    it(`agree on ${source}`, () => {
      const [fast, slow] = [compiled(rule({ expect: source })), compiled(rule({ expect: source }), true)];
      fc.assert(fc.property(record, (one) => (fast(one) === null) === (slow(one) === null)), { numRuns: 200 });
    });
  }
});
