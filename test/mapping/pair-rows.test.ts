import { expect } from 'chai';
import { pairRows } from '../../src/mapping/pair-rows.ts';

const pair = { column: 'KIND', begins: ['10'], ends: ['11'] };
const row = (kind: string | number, at: string): Readonly<Record<string, string | number>> => ({ KIND: kind, AT: at });
const times = (...rows: ReturnType<typeof row>[]): readonly (readonly unknown[])[] => pairRows(pair, rows).map((one) => [one['AT'], one['ending.AT']]);

describe('child rows of which one begins and another ends', () => {
  it('are one row for each pair, in the order read', () => {
    expect(times(row('10', 'a'), row(11, 'b'), row(' 10 ', 'c'), row('11', 'd'))).to.deep.equal([['a', 'b'], ['c', 'd']]);
  });
  it('leave the ending empty while it has not come', () => {
    expect(times(row('10', 'a'))).to.deep.equal([['a', null]]);
    expect(times(row('10', 'a'), row('10', 'b'), row('11', 'c'))).to.deep.equal([['a', null], ['b', 'c']]);
  });
  it('show an ending without a beginning instead of dropping it', () => {
    expect(times(row('11', 'a'))).to.deep.equal([[null, 'a']]);
    expect(times(row('10', 'a'), row('11', 'b'), row('11', 'c'))).to.deep.equal([['a', 'b'], [null, 'c']]);
  });
  it('say nothing of rows that are neither', () => expect(times(row('98', 'a'))).to.deep.equal([]));
});
