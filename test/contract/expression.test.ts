import { expect } from 'chai';
import type { FieldShape, Value } from '../../src/contract/table-shape.ts';
import type { FieldMapping } from '../../src/mapping/dataset.ts';
import { compileExpression } from '../../src/contract/expression.ts';
import { fieldReader } from '../../src/mapping/field.ts';
import type { Place } from '../../src/mapping/place.ts';
import type { Row } from '../../src/record/change.ts';
import type { Problem } from '../../src/record/problem.ts';
import { column } from '../fixtures/mapping.ts';

function read(source: string, row: Row, type: FieldShape['type'] = 'varchar'): { value: Value; problems: readonly Problem[] } {
  const inputs = { days: column('DAYS', { trim: true }), unit: column('UNIT', {}) };
  const mapping: FieldMapping = { origin: { kind: 'expression', source, inputs }, steps: {} };
  const field: FieldShape = { name: 'f', type, length: 64, required: false, comment: '', dictionary: null };
  const place: Place = { row, change: { state: 'present', key: '1', row, children: {}, lookups: {} }, problems: [], failed: false, missed: null };
  return { value: fieldReader(mapping, { table: 't', field, codes: {} })(place), problems: place.problems };
}

describe('a field worked out by an expression', () => {
  it('is worked out from its inputs, after their own steps', () => {
    expect(read('int(days) * 8', { DAYS: ' 5 ', UNIT: 'G' }, 'int').value).to.equal(40);
    expect(read('unit == "G" ? days + "个工作日" : days + "天"', { DAYS: '5', UNIT: 'G' }).value).to.equal('5个工作日');
  });
  it('has no value as soon as an input has none: nothing is worked out from what is not there', () => {
    expect(read('int(days) * 8', { DAYS: null, UNIT: 'G' }, 'int')).to.deep.equal({ value: null, problems: [] });
  });
  it('is the record’s problem where its values do not fit, never a made-up value', () => {
    const { value, problems } = read('int(days) * 8', { DAYS: '五天', UNIT: 'G' }, 'int');
    expect(value).to.equal(null);
    expect(problems.map((problem) => [problem.code, problem.severity])).to.deep.equal([['EXPRESSION_FAILED', 'refuse']]);
    expect(JSON.stringify(problems)).not.to.contain('五天');
  });
  it('is refused before anything runs when it names what is not declared, cannot be parsed, or gives neither text nor whole number', () => {
    expect(compileExpression('int(day) * 8', ['days'])).to.include({ at: 4 });
    expect(compileExpression('1 +', [])).to.have.property('reason').that.contains('EOF');
    expect(compileExpression('days == "1"', ['days'])).to.have.property('reason').that.contains('bool');
  });
});
