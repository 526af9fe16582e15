import { expect } from 'chai';
import type { FieldShape, Value } from '../../src/contract/table-shape.ts';
import type { CodeTable, FieldMapping, Steps } from '../../src/mapping/dataset.ts';
import { fieldReader } from '../../src/mapping/field.ts';
import type { Place } from '../../src/mapping/place.ts';
import { longestCell, type Cell, type Row } from '../../src/record/change.ts';
import type { Problem } from '../../src/record/problem.ts';
import { codeTable, column, constant, looked } from '../fixtures/mapping.ts';

const codes: Readonly<Record<string, CodeTable>> = {
  form: codeTable('form', { A: '1', B: '2', C: '2' }),
  rare: codeTable('rare', { 𠮷: '吉', '•': '·' }),
};

interface Read {
  readonly value: Value;
  readonly problems: readonly Problem[];
}

function read(mapping: FieldMapping, row: Row, type: FieldShape['type'] = 'varchar'): Read {
  const field: FieldShape = { name: 'f', type, length: 64, required: false, comment: '', dictionary: null };
  const place: Place = { row, change: { state: 'present', key: '1', row, children: {}, lookups: {} }, problems: [], failed: false, missed: null };
  const value = fieldReader(mapping, { table: 't', field, codes })(place);
  return { value, problems: place.problems };
}

function text(cell: Cell, steps: Steps = {}, type: FieldShape['type'] = 'varchar'): Value {
  return read(column('X', steps), { X: cell }, type).value;
}

function codesOf(cell: Cell, steps: Steps = {}, type: FieldShape['type'] = 'varchar'): readonly string[] {
  return read(column('X', steps), { X: cell }, type).problems.map((problem) => `${problem.severity} ${problem.code}`);
}

describe('no value', () => {
  for (const cell of [null, '', ' ', '\t\r\n', '\u3000\u3000', '\u00a0', 'NULL', 'null', ' NULL ']) {
    it(`is what ${JSON.stringify(cell)} says`, () => expect(text(cell)).to.equal(null));
  }
  it('is not what Null, nullable, 0 and Nobel say', () => expect(['Null', 'nullable', 0, 'Nobel'].map((cell) => text(cell))).to.deep.equal(['Null', 'nullable', '0', 'Nobel']));
  it('is what is left when the steps leave nothing', () => expect(text('，，', { split: { separator: '，', join: ',' } })).to.equal(null));
});

describe('a cell longer than is read', () => {
  const vast = '字'.repeat(longestCell + 1);
  it('is refused by its column, whatever is declared for the field: only its beginning is here', () => {
    for (const steps of [{}, { cut: { to: 10, because: '' } }, { default: { value: 'x', because: '' } }]) {
      expect(read(column('X', steps), { X: vast })).to.deep.equal({
        value: null, problems: [{ code: 'CELL_TOO_LONG', severity: 'refuse', table: 't', field: 'f', facts: { column: 'X', limit: longestCell } }],
      });
    }
  });
  it('is any other when it has a character less', () => expect(text(vast.slice(1), { cut: { to: 2, because: '' } })).to.equal('字字'));
});

describe('the steps of a field', () => {
  it('leave a text alone when there are none', () => expect(text(' 乌审旗（Ａ） ')).to.equal(' 乌审旗（Ａ） '));
  it('trim white space at both ends, the full-width space too', () => expect(text('\u3000 其其格\t', { trim: true })).to.equal('其其格'));
  it('make full-width letters, digits and signs half-width, and nothing else', () => expect(text('（ＡＢ１２～）　。', { halfWidth: true })).to.equal('(AB12~)　。'));
  it('make letters capitals', () => expect(text('11010519491231002x', { upper: true })).to.equal('11010519491231002X'));
  it('exchange declared characters', () => expect(text('吴𠮷•其其格', { characters: 'rare' })).to.equal('吴吉·其其格'));
  it('take a part of a composed code by its places, and nothing where it is too short', () => {
    expect(text('ABCDEFGH01', { take: { from: 1, to: 8 } })).to.equal('ABCDEFGH');
    expect(text('𠮷ＢC', { halfWidth: true, take: { from: 2, to: 3 } })).to.equal('BC');
    expect(text('AB', { take: { from: 3, to: 4 } })).to.equal(null);
  });
  it('take spaces and hyphens between digits away, and leave others', () => {
    expect(text('138-0000 0000', { digits: true })).to.equal('13800000000');
    expect(text('138－0000—0000', { digits: true })).to.equal('13800000000');
    expect(text('A-1 B', { digits: true })).to.equal('A-1 B');
  });
  it('write a list as the region does, each part through the code table, the same value once', () => {
    expect(text('A^B', { split: { separator: '^', join: ',' }, code: 'form' })).to.equal('1,2');
    expect(text('^ B ^C^', { split: { separator: '^', join: ',' }, code: 'form' })).to.equal('2');
    expect(text('1^2', { split: { separator: '^', join: ',' } })).to.equal('1,2');
  });
  it('fill up on the right, and leave what is long enough', () => {
    expect(text('150626', { pad: { to: 12, with: '0' } })).to.equal('150626000000');
    expect(text('150626100000', { pad: { to: 12, with: '0' } })).to.equal('150626100000');
  });
  it('come in the fixed order, whatever the order in the file', () => {
    expect(text(' ａ ', { pad: { to: 3, with: '0' }, code: 'form', upper: true, halfWidth: true, trim: true })).to.equal('100');
  });
});

describe('a code without a partner', () => {
  it('is a problem that names the table and the value, and nothing is sent in its place', () => {
    expect(read(column('X', { code: 'form' }), { X: 'Z' })).to.deep.equal({
      value: null, problems: [{ code: 'CODE_UNMAPPED', severity: 'refuse', table: 't', field: 'f', facts: { table: 'form', value: 'Z' } }],
    });
  });
  it('is not covered up by a default', () => expect(text('Z', { code: 'form', default: { value: '9', because: '…' } })).to.equal(null));
  it('shows at most 20 characters of the value', () => expect(read(column('X', { code: 'form' }), { X: 'Z'.repeat(50) }).problems[0]?.facts?.['value']).to.equal('Z'.repeat(20)));
  it('in a list is a problem for each part', () => expect(codesOf('A^Y^Z', { split: { separator: '^', join: ',' }, code: 'form' })).to.deep.equal(['refuse CODE_UNMAPPED', 'refuse CODE_UNMAPPED']));
});

describe('dates', () => {
  const date = (cell: Cell, steps: Steps = {}): Value => text(cell, steps, 'datetime');
  for (const [written, meant] of [
    ['2026-07-01', '2026-07-01 00:00:00'], ['2026-07-01 09:05:06', '2026-07-01 09:05:06'], ['2026-07-01T09:05:06', '2026-07-01 09:05:06'],
    ['2026-07-01 09:05:06.123', '2026-07-01 09:05:06'], ['2026-07-01 09:05:06.000000', '2026-07-01 09:05:06'],
  ] as const) it(`${written} is read without being told how`, () => expect(date(written)).to.equal(meant));
  for (const written of ['2026-02-29', '2026-07-01 24:00:00', '2026/07/01', '20260701', '0000-00-00 00:00:00', '去年', '2026-07-01 09:05:06Z']) {
    it(`${written} is a problem, never another date`, () => {
      expect(date(written)).to.equal(null);
      expect(codesOf(written, {}, 'datetime')).to.deep.equal(['refuse DATE_INVALID']);
    });
  }
  it('are read by the first declared pattern that fits, and by no other', () => {
    const steps = { date: ['yyyyMMdd', 'yyyy年M月d日'] };
    expect(date('20260701', steps)).to.equal('2026-07-01 00:00:00');
    expect(date('2026年7月1日', steps)).to.equal('2026-07-01 00:00:00');
    expect(date('2026-07-01 00:00:00', steps)).to.equal(null);
  });
  it('are written into a text field as declared', () => {
    expect(text('2026-07-01', { date: ['yyyy-MM-dd'], write: 'yyyyMMdd' })).to.equal('20260701');
    expect(text('2026-07-01 09:05:06', { write: 'yyyy年M月d日' })).to.equal('2026年7月1日');
  });
  it('are not shifted by the time zone of the machine', () => expect(date('2026-07-01 00:00:00')).to.equal('2026-07-01 00:00:00'));
});

describe('numbers', () => {
  const number = (cell: Cell): Value => text(cell, {}, 'int');
  it('are integers, also when the database gives them as text or decimals', () => expect([5, '5', '5.00', '-3', '+7', '007'].map(number)).to.deep.equal([5, 5, 5, -3, 7, 7]));
  for (const cell of ['五', '5.5', '1e3', '9007199254740993000', '5天']) it(`${cell} is none`, () => expect(codesOf(cell, {}, 'int')).to.deep.equal(['refuse NUMBER_INVALID']));
});

describe('what is declared is counted', () => {
  it('a default is used for an empty value, and noted', () => {
    const found = read(column('X', { default: { value: '无', because: '…' } }), { X: ' ' });
    expect(found).to.deep.equal({ value: '无', problems: [{ code: 'DEFAULT_USED', severity: 'note', table: 't', field: 'f', facts: { value: '无' } }] });
    expect(codesOf('有', { default: { value: '无', because: '…' } })).to.deep.equal([]);
  });
  it('a default for a number is a number', () => expect(text(null, { default: { value: 0, because: '…' } }, 'int')).to.equal(0));
  it('a longer text is cut, and warned of; no character is halved', () => {
    const found = read(column('X', { cut: { to: 2, because: '…' } }), { X: '𠮷𠮷𠮷' });
    expect(found.value).to.equal('𠮷𠮷');
    expect(found.problems[0]).to.deep.include({ code: 'TEXT_CUT', severity: 'warn', facts: { length: 3, to: 2 } });
    expect(codesOf('𠮷𠮷', { cut: { to: 2, because: '…' } })).to.deep.equal([]);
  });
});

describe('several columns', () => {
  const joined = (parts: readonly FieldMapping[], row: Row): Value => read({ origin: { kind: 'join', separator: '-', parts }, steps: { trim: true } }, row).value;
  it('are joined by the separator, without those that are empty', () => {
    expect(joined([column('A', { trim: true }), column('B')], { A: ' a ', B: 'b' })).to.equal('a-b');
    expect(joined([column('A'), column('B')], { A: null, B: 'b' })).to.equal('b');
    expect(joined([column('A'), column('B')], { A: null, B: '' })).to.equal(null);
  });
  it('and a constant: the constant alone is no value', () => {
    expect(joined([column('A'), constant('ext')], { A: 'a' })).to.equal('a-ext');
    expect(joined([column('A'), constant('ext')], { A: null })).to.equal(null);
  });
  const first = (parts: readonly FieldMapping[], row: Row): Read => read({ origin: { kind: 'first', parts }, steps: {} }, row);
  it('stand in for each other, in their order', () => {
    expect(first([column('A'), column('B')], { A: ' ', B: 'b' }).value).to.equal('b');
    expect(first([column('A'), column('B', { default: { value: 'c', because: '…' } })], { A: null, B: null })).to.deep.include({ value: 'c' });
    expect(first([column('A'), column('B', { default: { value: 'c', because: '…' } })], { A: null, B: null }).problems).to.have.length(1);
  });
  it('stand in for a looked-up row that is missing', () => expect(first([looked('organ', 'NAME'), column('B')], { B: 'b' })).to.deep.equal({ value: 'b', problems: [] }));
});

describe('a column the source did not give', () => {
  it('stops the run: it must not look like an empty value', () => {
    expect(() => text(undefined as unknown as Cell)).to.throw().with.property('code', 'COLUMN_ABSENT');
  });
});
