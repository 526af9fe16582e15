import { expect } from 'chai';
import * as fc from 'fast-check';
import { isCitizenId } from '../../src/contract/citizen-id.ts';
import { isCaseNumber, isItemCode } from '../../src/contract/item-code.ts';
import { isLicenceIdentifier } from '../../src/contract/licence-identifier.ts';
import { isOrganisationCode } from '../../src/contract/organisation-code.ts';
import { isUscc } from '../../src/contract/uscc.ts';

const capitals = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A text with one character exchanged for another. */
function mutations(valid: readonly string[], alphabet: string): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...valid), fc.nat(), fc.constantFrom(...alphabet)).map(([text, seed, character]) => {
    const at = seed % text.length;
    return text.slice(0, at) + character + text.slice(at + 1);
  }).filter((text) => !valid.includes(text));
}

function withCheck(body: string, alphabet: string, accepts: (text: string) => boolean): string {
  return body + ([...alphabet].find((character) => accepts(body + character)) ?? '?');
}

describe('the citizen identity number (GB 11643)', () => {
  const valid = ['11010519491231002X', '150626199001011239'];
  for (const number of valid) it(`accepts ${number}`, () => expect(isCitizenId(number)).to.equal(true));
  it('refuses every number with one wrong character', () => {
    fc.assert(fc.property(mutations(valid, `${capitals}x`), (text) => !isCitizenId(text)));
  });
  it('refuses a day of birth that was not, though the check digit agrees', () => {
    const body = '15062619900230123';
    expect(withCheck(body, '0123456789X', isCitizenId)).to.equal(`${body}?`);
  });
  it('refuses the old number of 15 places, a small x, and an empty text', () => {
    for (const text of ['110105491231002', '11010519491231002x', '']) expect(isCitizenId(text)).to.equal(false);
  });
  it('finds exactly one check character for every body with a real day of birth', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2098-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));
    fc.assert(fc.property(day, fc.integer({ min: 100, max: 999 }), (birth, serial) =>
      [...'0123456789X'].filter((check) => isCitizenId(`150626${birth}${serial}${check}`)).length === 1));
  });
});

describe('the unified social credit code (GB 32100)', () => {
  const valid = ['11152624MB15692311', '11150626MB0A12342C'];
  for (const code of valid) it(`accepts ${code}`, () => expect(isUscc(code)).to.equal(true));
  it('refuses every code with one wrong character', () => {
    fc.assert(fc.property(mutations(valid, capitals), (text) => !isUscc(text)));
  });
  it('refuses the letters I O S V Z, small letters and other lengths', () => {
    for (const text of ['I1150626MB0A12342C', '11150626mb0a12342c', '11150626MB0A12342', '11150626MB0A12342CC']) expect(isUscc(text)).to.equal(false);
  });
  it('finds exactly one check character for every body', () => {
    const body = fc.string({ unit: fc.constantFrom(...usccAlphabet), minLength: 9, maxLength: 9 });
    fc.assert(fc.property(body, (organisation) => [...usccAlphabet].filter((check) => isUscc(`92150626${organisation}${check}`)).length === 1));
  });
});

describe('the organisation code (GB 11714)', () => {
  it('accepts MB1569231, with or without the hyphen', () => {
    expect(isOrganisationCode('MB1569231')).to.equal(true);
    expect(isOrganisationCode('MB156923-1')).to.equal(true);
  });
  it('refuses every code with one wrong character among its first eight', () => {
    const body = mutations(['MB156923'], capitals);
    const same = (a: string, b: string): boolean => (capitals.indexOf(a) - capitals.indexOf(b)) % 11 === 0;
    fc.assert(fc.property(body.filter((text) => ![...text].every((one, at) => same(one, 'MB156923'[at] ?? ''))), (text) => !isOrganisationCode(`${text}1`)));
  });
  it('knows X and 0 as check characters', () => {
    const checks = new Set(Array.from({ length: 400 }, (_, n) => withCheck(`MB15${String(1000 + n)}`, '0123456789X', isOrganisationCode).at(-1)));
    expect([...checks].toSorted().join('')).to.equal('0123456789X');
  });
});

describe('the electronic licence identifier (GB/T 36904)', () => {
  const valid = [
    '1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F',
    '1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U',
    '1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0',
    '1.2.156.3005.2.11100000000013338W032.11150626MB0A12342C.15062600000000000001.001.M',
  ];
  for (const identifier of valid) it(`accepts ${identifier}`, () => expect(isLicenceIdentifier(identifier)).to.equal(true));
  it('refuses every identifier with one wrong character', () => {
    fc.assert(fc.property(mutations(valid, capitals), (text) => !isLicenceIdentifier(text)));
  });
  it('refuses another root, a part too few or too many, an empty part, and a version that is not three digits', () => {
    const [one = ''] = valid;
    for (const text of [one.replace('1.2.156.3005.2', '1.2.156.3005.1'), one.replace('.2430599', ''), one.replace('.2430599', '.2430.599'), one.replace('.2430599', '.'), one.replace('.001.', '.01.'), '1.2.156.3005.2.', '']) {
      expect(isLicenceIdentifier(text), text).to.equal(false);
    }
  });
});

describe('item codes and case numbers', () => {
  const item = '11150626MB0A12342C4150123001000';
  it('accepts an item code of credit code, level and directory code', () => expect(isItemCode(item)).to.equal(true));
  it('refuses a wrong credit code, a level that is none, letters in the directory code, and the 33 places of a handling item', () => {
    for (const text of [item.replace('2C4', '2D4'), item.replace('2C4', '2C8'), `${item.slice(0, -1)}A`, `${item}01`]) expect(isItemCode(text), text).to.equal(false);
  });
  it('accepts a case number of item code, day and serial', () => expect(isCaseNumber(`${item}202607080001`)).to.equal(true));
  it('refuses a day that is none, a serial that is no number, and the item code alone', () => {
    for (const text of [`${item}202602300001`, `${item}20260708000A`, item]) expect(isCaseNumber(text), text).to.equal(false);
  });
});
