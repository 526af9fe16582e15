import { expect } from 'chai';
import { judge, type Known } from '../../src/intake/judge.ts';
import type { BadMapped, GoodMapped, Mapped } from '../../src/record/envelope.ts';
import { goneFingerprint, type Standing } from '../../src/record/standing.ts';
import { seal } from '../fakes/made-up-county.ts';

const good = (fingerprint: string, change: Partial<GoodMapped> = {}): GoodMapped => ({
  state: 'good', key: '1', identity: 'L-1', need: null, records: [seal('up_lic_data', { row_guid: '1' })], fingerprint, problems: [], ...change,
});
const bad = (fingerprint: string): BadMapped => ({
  state: 'bad', key: '1', identity: null, fingerprint, change: { state: 'gone', key: '1' }, problems: [{ code: 'VALUE_MISSING', severity: 'refuse' }],
});
const gone: Mapped = { state: 'gone', key: '1' };
const standing = (change: Partial<Standing> = {}): Standing => ({
  id: 1, key: '1', identity: 'L-1', version: 1, fingerprint: 'A', seq: 10, state: 'delivered', begun: null, atRegion: true, regionHas: 'A', ...change,
});
const known = (before: Standing | undefined, change: Partial<Known> = {}): Known => ({ standing: before, rival: undefined, needMet: true, ...change });

/** The judgement in a word: what is kept and in which state, or why nothing is. */
function word(mapped: Mapped, about: Known): string {
  const judgement = judge(mapped, about);
  if (judgement.verdict !== 'keep') return judgement.verdict;
  const { keep } = judgement;
  return 'state' in keep ? `${keep.kind} ${keep.state}` : keep.kind;
}

describe('judging what was read', () => {
  const table: readonly (readonly [string, Mapped, Known, string])[] = [
    ['a record never met is kept to be sent', good('A'), known(undefined), 'put open'],
    ['a record that says what it said is the same', good('A'), known(standing()), 'same'],
    ['a record that is on its way and says what it said is the same', good('A'), known(standing({ state: 'lent', begun: 10, atRegion: false })), 'same'],
    ['a record that says something else is kept to be sent', good('B'), known(standing()), 'put open'],
    ['A after B is a change, though A was there before', good('A'), known(standing({ fingerprint: 'B', version: 2 })), 'put open'],
    ['a change waits its turn while an earlier version travels', good('B'), known(standing({ state: 'lent', begun: 10 })), 'put held'],
    ['a change waits its turn behind a version that travels, though a bad one came between', good('C'), known(standing({ fingerprint: 'B', state: 'quarantined', begun: 9 })), 'put held'],
    ['a record whose need the region does not hold waits', good('A', { need: { dataset: 'items', identity: 'I' } }), known(undefined, { needMet: false }), 'put waiting'],
    ['a record whose need the region holds goes', good('A', { need: { dataset: 'items', identity: 'I' } }), known(undefined), 'put open'],
    ['a record that comes back after it was gone is kept to be sent', good('A'), known(standing({ fingerprint: goneFingerprint, atRegion: false })), 'put open'],
    ['a bad record never met is set aside', bad('x'), known(undefined), 'quarantine'],
    ['a bad version of a record at the region is set aside', bad('x'), known(standing()), 'quarantine'],
    ['a record still bad in the same way is still set aside, once', bad('x'), known(standing({ fingerprint: 'x', state: 'quarantined' })), 'still-quarantined'],
    ['a record bad in another way is set aside anew', bad('y'), known(standing({ fingerprint: 'x', state: 'quarantined' })), 'quarantine'],
    ['a record that the region refused and that has not moved is still set aside', good('A'), known(standing({ state: 'quarantined', atRegion: false })), 'still-quarantined'],
    ['a mended record is kept to be sent', good('B'), known(standing({ fingerprint: 'x', state: 'quarantined', atRegion: false })), 'put open'],
    ['a second record under one identity is set aside', good('A'), known(undefined, { rival: '2' }), 'quarantine'],
    ['a second record under one identity is set aside once', good('A'), known(standing({ fingerprint: 'A:2', state: 'quarantined' }), { rival: '2' }), 'still-quarantined'],
    ['a record whose rival has left is kept to be sent', good('A'), known(standing({ fingerprint: 'A:2', state: 'quarantined' })), 'put open'],
    ['a record at the region that is gone is taken back', gone, known(standing()), 'remove open'],
    ['a record that is gone while it travels is taken back after', gone, known(standing({ state: 'lent', begun: 10, atRegion: false })), 'remove held'],
    ['a record that is gone and was never delivered is withdrawn: nothing travels', gone, known(standing({ state: 'open', atRegion: false })), 'withdraw'],
    ['a bad record that is gone and was never delivered is withdrawn', gone, known(standing({ state: 'quarantined', atRegion: false })), 'withdraw'],
    ['a record set aside, of which the region has an earlier version, is taken back', gone, known(standing({ state: 'quarantined' })), 'remove open'],
    ['a record never met that is gone is nothing', gone, known(undefined), 'none'],
    ['a record that is gone already is nothing', gone, known(standing({ fingerprint: goneFingerprint, atRegion: false })), 'none'],
  ];
  for (const [title, mapped, about, expected] of table) {
    it(title, () => {
      expect(word(mapped, about)).to.equal(expected);
    });
  }
  it('names the other record when an identity is taken', () => {
    const judgement = judge(good('A'), known(undefined, { rival: '2' }));
    expect(judgement.verdict === 'keep' && judgement.keep.kind === 'quarantine' ? judgement.keep.problems : null)
      .to.deep.equal([{ code: 'DUPLICATE_IDENTITY', severity: 'refuse', facts: { other: '2' } }]);
  });
});
