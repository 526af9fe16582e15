import { expect } from 'chai';
import * as fc from 'fast-check';
import { checkedCitizenId, checkedOrganisation, checkedUscc } from '../fakes/made-up-codes.ts';
import { isCitizenId } from '../../src/contract/citizen-id.ts';
import { isOrganisationCode } from '../../src/contract/organisation-code.ts';
import { isUscc } from '../../src/contract/uscc.ts';

const capitals = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Every text that differs from this one in exactly one place. */
function neighbours(text: string, alphabet: string): readonly string[] {
  return [...text].flatMap((right, at) => [...alphabet].filter((one) => one !== right).map((one) => text.slice(0, at) + one + text.slice(at + 1)));
}

describe('one wrong character', () => {
  it('in a citizen identity number is found: all 18 places, all characters', () => {
    fc.assert(fc.property(checkedCitizenId, (number) => {
      expect(isCitizenId(number), number).to.equal(true);
      expect(neighbours(number, `${capitals}x`).filter(isCitizenId)).to.deep.equal([]);
    }), { numRuns: 150 });
  });
  it('in a unified social credit code is found: all 18 places, all characters', () => {
    fc.assert(fc.property(checkedUscc, (code) => {
      expect(isUscc(code), code).to.equal(true);
      expect(neighbours(code, `${capitals}abc-`).filter(isUscc)).to.deep.equal([]);
    }), { numRuns: 150 });
  });
  it('in an organisation code is found, but for the letters that the standard itself cannot tell apart (11 or 22 places apart)', () => {
    const alike = (a: string, b: string): boolean => (capitals.indexOf(a) - capitals.indexOf(b)) % 11 === 0;
    fc.assert(fc.property(checkedOrganisation, (code) => {
      expect(isOrganisationCode(code), code).to.equal(true);
      const passed = neighbours(code, capitals).filter(isOrganisationCode);
      expect(passed.filter((other) => ![...other].some((one, at) => at < 8 && one !== code[at] && alike(one, code[at] ?? '')))).to.deep.equal([]);
    }), { numRuns: 150 });
  });
  it('in an organisation code of digits alone is found: all 9 places, all digits', () => {
    fc.assert(fc.property(checkedOrganisation.filter((code) => /^\d+$/.test(code)), (code) => {
      expect(neighbours(code, '0123456789').filter(isOrganisationCode)).to.deep.equal([]);
    }), { numRuns: 20 });
  });
  it('two neighbours exchanged in a citizen identity number are found', () => {
    fc.assert(fc.property(checkedCitizenId, fc.integer({ min: 0, max: 16 }), (number, at) => {
      const exchanged = number.slice(0, at) + (number[at + 1] ?? '') + (number[at] ?? '') + number.slice(at + 2);
      return exchanged === number || !isCitizenId(exchanged);
    }));
  });
});
