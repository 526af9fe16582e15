import { expect } from 'chai';
import { characterReplacement } from '../../src/contract/character-replacement.ts';
import { inGbk } from '../../src/contract/gbk.ts';
import type { Problem } from '../../src/record/problem.ts';
import { contract, contractData } from '../fixtures/contract.ts';

const gbk = { text: { unit: 'gbk', repertoire: 'unicode' } } as const;
const point = (character: string): number => character.codePointAt(0) ?? 0;

function problems(applyer_name: string, change: Parameters<typeof contract>[0]): readonly Problem[] {
  const compiled = contract(change);
  const record: Readonly<Record<string, string>> = { row_guid: 'a', project_no: 'P', applyer_name, code_type: '1', code: '1', apply_date: '2026-07-01 09:00:00' };
  return compiled.check('up_pro_accept', compiled.shape('up_pro_accept').fields.map((field) => record[field.name] ?? null));
}

describe('GBK', () => {
  it('has 21,791 two-byte characters, as code page 936 has', () => {
    expect(Array.from({ length: 0xff80 }, (_, at) => at + 0x80).filter(inGbk)).to.have.length(21_791);
  });
  it('has ASCII, the ideographs of everyday life and of names, full-width signs and Greek', () => {
    for (const character of 'A~旗堃喆龢〇。（～α①Ⅻ') expect(inGbk(point(character)), character).to.equal(true);
  });
  it('has neither Mongolian script, nor the euro sign, nor characters that GB 18030 brought', () => {
    for (const character of 'ᠮᠣ€㐂䶮𠮷😀ḿ\ue000') expect(inGbk(point(character)), character).to.equal(false);
  });
});

describe('a column of GBK', () => {
  it('takes what GBK has', () => expect(problems('旗〇，', gbk).map((one) => one.code)).to.deep.equal(['TEXT_TOO_LONG']));
  it('refuses what GBK does not have, and says where it stands', () => {
    expect(problems('旗䶮', gbk)).to.deep.equal([{ code: 'CHAR_UNSUPPORTED', severity: 'refuse', table: 'up_pro_accept', field: 'applyer_name', facts: { position: 2 } }]);
    expect(problems('ᠮ', gbk).map((one) => one.code)).to.deep.equal(['CHAR_UNSUPPORTED']);
  });
  it('tells garbled text as garbled, not as a rare character', () => expect(problems('旗\ufffd', gbk).map((one) => one.code)).to.deep.equal(['TEXT_GARBLED']));
});

describe('a column of UTF-8 bytes', () => {
  const utf8 = { text: { unit: 'utf8', repertoire: 'unicode' } } as const;
  it('counts a rare character as four', () => {
    expect(problems('𠮷', utf8)).to.deep.equal([]);
    expect(problems('𠮷a', utf8)[0]?.facts).to.deep.equal({ length: 5, limit: 4, unit: 'utf8' });
  });
});

describe('declared substitutes', () => {
  const replace = characterReplacement(contractData({ replacements: { 𠮷: '吉', 䶮: '龑', 旗: 'Q' } }), contract().shape);
  const about = (name: string | null): ReturnType<typeof replace> => replace('up_pro_accept', ['a', 'P', name]);
  it('stand for the characters the region cannot hold, with a warning that counts them', () => {
    expect(about('𠮷𠮷田')).to.deep.equal({
      values: ['a', 'P', '吉吉田'],
      problems: [{ code: 'CHAR_REPLACED', severity: 'warn', table: 'up_pro_accept', field: 'applyer_name', facts: { count: 2 } }],
    });
  });
  it('do not stand for a character the region can hold, though the table names it', () => expect(about('旗䶮')).to.equal(null));
  it('leave what is not named to be refused', () => {
    expect(about('𠀀')).to.equal(null);
    expect(about('𠮷𠀀')?.values[2]).to.equal('吉𠀀');
    expect(about(null)).to.equal(null);
  });
  it('are none where the profile declares none', () => expect(contract().replace('up_pro_accept', ['a', 'P', '𠮷'])).to.equal(null));
});
