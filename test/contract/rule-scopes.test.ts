import { expect } from 'chai';
import * as fc from 'fast-check';
import type { RuleData } from '../../src/contract/data.ts';
import { groupOf, type Around, type Values } from '../../src/contract/rule-frame.ts';
import { ruleCompiler, type Rule } from '../../src/contract/rule.ts';
import type { Value } from '../../src/contract/table-shape.ts';
import { contract, rule } from '../fixtures/contract.ts';

const { tables, shape } = contract();

function compiled(one: Partial<RuleData>, slowly = false): Rule {
  const found = ruleCompiler(tables, slowly)(rule(one), shape(one.table ?? 'up_pro_accept'));
  if ('faults' in found) throw new Error(found.faults.map((fault) => fault.reason).join());
  return found.rule;
}

function reasons(one: Partial<RuleData>): readonly string[] {
  const found = ruleCompiler(tables)(rule(one), shape('up_pro_accept'));
  return 'faults' in found ? found.faults.map((fault) => `${fault.part} ${fault.at} ${fault.reason}`) : [];
}

function values(table: string, record: Readonly<Record<string, Value>>): Values {
  return shape(table).fields.map((field) => record[field.name] ?? null);
}

const accepted = values('up_pro_accept', { row_guid: 'c', project_no: 'P1', code: '7', accept_date: '2026-07-02 00:00:00', task_version: 3 });
const step = (event: string | null, project = 'P1'): { table: string; values: Values } => ({ table: 'up_pro_process', values: values('up_pro_process', { row_guid: 's', project_no: project, event_name: event }) });
const around = (...steps: readonly { table: string; values: Values }[]): Around => ({ all: groupOf([{ table: 'up_pro_accept', values: accepted }, ...steps]) });

describe('a rule across the records of an aggregate', () => {
  const ended = compiled({ scope: 'aggregate', expect: 'all.up_pro_process.exists(s, s.event_name == "1")' });
  it('sees the records that travel with its own', () => {
    expect(ended(accepted, around(step('1')))).to.equal(null);
    expect(ended(accepted, around(step('2')))?.code).to.equal('RULE');
  });
  it('sees an empty list where there are none', () => {
    expect(ended(accepted, around())?.rule).to.equal('rule');
    expect(compiled({ scope: 'aggregate', expect: 'size(all.up_lic_data) == 0' })(accepted, around())).to.equal(null);
  });
  it('finds nothing where an absent value leaves the answer open, and something where it does not matter', () => {
    expect(ended(accepted, around(step(null), step('2')))).to.equal(null);
    const all = compiled({ scope: 'aggregate', expect: 'all.up_pro_process.all(s, s.event_name == "1")' });
    expect(all(accepted, around(step(null), step('2')))?.code).to.equal('RULE');
    expect(all(accepted, around(step(null), step('1')))).to.equal(null);
  });
  it('may be about a child record, and look at its parent', () => {
    const belongs = compiled({ scope: 'aggregate', table: 'up_pro_process', field: 'project_no', expect: 'all.up_pro_accept.exists(a, a.project_no == r.project_no)' });
    expect(belongs(step('1').values, around())).to.equal(null);
    expect(belongs(step('1', 'P2').values, around())?.field).to.equal('project_no');
  });
});

describe('a rule about what may not change', () => {
  const versions = compiled({ scope: 'change', expect: 'r.task_version >= before.task_version' });
  const before = (version: number | null): Around => ({ ...around(), before: values('up_pro_accept', { row_guid: 'c', task_version: version }) });
  it('holds the record against the one the region has', () => {
    expect(versions(accepted, before(3))).to.equal(null);
    expect(versions(accepted, before(4))?.code).to.equal('RULE');
  });
  it('is skipped when the region has no such value', () => expect(versions(accepted, before(null))).to.equal(null));
  it('may count what there was and what there is', () => {
    const steps = compiled({ scope: 'change', expect: 'size(all.up_pro_process) >= size(were.up_pro_process)' });
    const were = groupOf([step('1'), step('1')]);
    expect(steps(accepted, { ...around(step('1'), step('1')), before: accepted, were })).to.equal(null);
    expect(steps(accepted, { ...around(step('1')), before: accepted, were })?.code).to.equal('RULE');
  });
});

describe('a scope that cannot be', () => {
  it('is told: a list in a rule about one record, a version in a rule about an aggregate', () => {
    expect(reasons({ expect: 'size(all.up_pro_process) > 0' })[0]).to.match(/^expect \d+ .*all/);
    expect(reasons({ scope: 'aggregate', expect: 'before.code == r.code' })[0]).to.match(/before/);
    expect(reasons({ scope: 'aggregate', expect: 'size(were.up_pro_process) == 0' })[0]).to.match(/were/);
  });
  it('is told: a table the region does not have, a field of a list that its table does not have', () => {
    expect(reasons({ scope: 'aggregate', expect: 'size(all.up_pro_proces) > 0' })[0]).to.match(/^expect 9 .*up_pro_proces/);
    expect(reasons({ scope: 'aggregate', expect: 'all.up_pro_process.all(s, s.evnt == "1")' })[0]).to.match(/^expect 28 .*evnt/);
    expect(reasons({ scope: 'change', expect: 'before.cod == r.code' })[0]).to.equal('expect 0 no field cod');
  });
  it('is told: texts compared with numbers, a list as a condition', () => {
    expect(reasons({ scope: 'aggregate', expect: 'all.up_pro_process.all(s, s.event_name == r.task_version)' })).to.have.length(1);
    expect(reasons({ scope: 'aggregate', expect: 'all.up_pro_process' })[0]).to.contain('not a condition');
  });
});

describe('closures and the expression language, over lists and versions', () => {
  const sources = [
    'all.up_pro_process.all(s, s.event_name == "1")', 'all.up_pro_process.exists(s, s.event_name == "1")', '!all.up_pro_process.exists(s, s.event_name == r.code)',
    'all.up_pro_process.all(s, has(s.event_name) && s.event_name != r.code)', 'size(all.up_pro_process) > 1', 'all.up_pro_process.size() <= size(were.up_pro_process)',
    'all.up_pro_process.all(s, were.up_pro_process.exists(w, w.event_name == s.event_name))', 'r.task_version - before.task_version <= 1', 'r.task_version + 1 == before.task_version',
    'has(before.code) || r.code == "1"', 'r.code.startsWith(before.code)', 'r.code.endsWith("1")', 'r.code.contains(before.code) && all.up_pro_process.all(s, s.event_name in ["1", "2"])',
    'r.code.matches("^1+$")', 'size(r.code) == 1', 'phoneIn(r.code) == phoneIn(before.code)', 'within(r.code, before.code)', 'all.up_pro_process.filter(s, s.event_name == "1").size() == 1',
    'all.up_pro_accept.all(a, all.up_pro_process.all(s, s.project_no == a.project_no))', 'r.task_version == 1 ? has(r.code) : has(before.code)',
  ];
  const text = fc.constantFrom('1', '11', '2', '150626', '0477-7581234', '𠮷');
  const one = (table: string): fc.Arbitrary<Values> => fc.tuple(...shape(table).fields.map((field) => fc.option<Value>(field.type === 'int' ? fc.integer({ min: 0, max: 3 }) : text, { nil: null, freq: 6 })));
  const group = fc.tuple(fc.array(one('up_pro_accept'), { maxLength: 2 }), fc.array(one('up_pro_process'), { maxLength: 3 })).map(([accept, process]) =>
    groupOf([...accept.map((row) => ({ table: 'up_pro_accept', values: row })), ...process.map((row) => ({ table: 'up_pro_process', values: row }))]));
  const scene = fc.record({ r: one('up_pro_accept'), before: one('up_pro_accept'), all: group, were: group });
  for (const source of sources) {
    it(`agree on ${source}`, () => {
      const [fast, slow] = [compiled({ scope: 'change', expect: source }), compiled({ scope: 'change', expect: source }, true)];
      fc.assert(fc.property(scene, ({ r, ...rest }) => (fast(r, rest) === null) === (slow(r, rest) === null)), { numRuns: 150 });
    });
  }
});
