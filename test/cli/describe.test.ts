import { expect } from 'chai';
import fc from 'fast-check';
import { form as masked } from '../../src/record/form.ts';
import { terminal } from '../fakes/parts-in-memory.ts';
import { sourceInMemory } from '../fakes/source-in-memory.ts';
import { stillClock } from '../fakes/still-clock.ts';

const people = ['王小明', '李四', '王大'].map((name, at) => ({ ID: `K-00${at}`, NAME: name, BORN: '1990-01-02', PHONE: at === 0 ? null : '13800000000' }));
const looking = (): ReturnType<typeof terminal> => terminal({ openSource: () => sourceInMemory({ CASES: people, EMPTY: [] }, stillClock()) });

describe('describe', () => {
  it('names a source\'s tables with their columns, types and numbers of rows', async () => {
    const screen = looking();
    expect(await screen.type('describe', 'hall', '--json')).to.equal(0);
    const told = JSON.parse(screen.said[0] ?? '') as { readonly tables: readonly { readonly table: string; readonly rows: number; readonly columns: readonly { readonly name: string; readonly type: string; readonly forms: readonly string[] }[] }[] };
    expect(told.tables.map(({ table, rows }) => [table, rows])).to.deep.equal([['CASES', 3], ['EMPTY', 0]]);
    expect(told.tables[0]?.columns.map(({ name, type, forms }) => [name, type, forms])).to.deep.equal([
      ['ID', 'TEXT', ['A-999']], ['NAME', 'TEXT', ['文文', '文文文']], ['BORN', 'TEXT', ['9999-99-99']], ['PHONE', 'TEXT', ['99999999999', 'NULL']],
    ]);
  });
  it('shows the forms of values and never the values', async () => {
    const screen = looking();
    expect(await screen.type('describe', 'hall')).to.equal(0);
    const all = screen.said.join('\n');
    expect(all).to.contain('CASES').and.contain('9999-99-99');
    for (const { NAME, PHONE, BORN } of people) for (const value of [NAME, PHONE ?? '13800000000', BORN]) expect(all).not.to.contain(value);
  });
  it('can be asked of one table, whatever its capitals', async () => {
    const screen = looking();
    expect(await screen.type('describe', 'hall', 'cases')).to.equal(0);
    expect(screen.said.join('\n')).to.contain('CASES').and.not.contain('EMPTY');
  });
  it('names the sources there are when asked for another, and a table that is not there', async () => {
    const screen = looking();
    expect(await screen.type('describe', 'hal', '--lang', 'en')).to.equal(1);
    expect(await screen.type('describe', 'hall', 'NOBODY', '--lang', 'en')).to.equal(1);
    expect(screen.complaints[0]).to.contain('SOURCE_ABSENT').and.contain('hall、licence-library');
    expect(screen.complaints[1]).to.contain('TABLE_ABSENT');
  });
});

describe('the form of a value', () => {
  it('keeps its length, its signs and its kinds of characters', () => {
    expect(masked('11150626MB0A04043X')).to.equal('99999999AA9A99999A');
    expect(masked('乌审旗（图克镇）2023年')).to.equal('文文文（文文文）9999文');
    expect(masked(42)).to.equal('99');
    expect(masked(null)).to.equal('NULL');
    expect(masked('x'.repeat(30))).to.equal(`${'a'.repeat(24)}…(30)`);
  });
  it('has no letter, digit or character of the value left in it but its own four', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(masked(text).replace(/…\(\d+\)$/, '')).to.match(/^[Aa9文\p{P}\p{S}\p{Zs}]*$/u);
    }));
  });
});
