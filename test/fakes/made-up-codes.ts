import * as fc from 'fast-check';

const organisationLetters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const usccLetters = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Sum of values times weights, written from the standards' text and not from the code that is tested. */
function weighed(body: string, alphabet: string, weightOf: (at: number) => number): number {
  return [...body].reduce((sum, one, at) => sum + alphabet.indexOf(one) * weightOf(at), 0);
}

const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2098-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));
const region = fc.integer({ min: 110_000, max: 659_999 }).map(String);

/** Made-up valid citizen identity numbers: weights are 2^(17-i) mod 11. */
export const checkedCitizenId: fc.Arbitrary<string> = fc.tuple(region, day, fc.integer({ min: 0, max: 999 })).map(([place, birth, serial]) => {
  const body = `${place}${birth}${String(serial).padStart(3, '0')}`;
  return body + ('10X98765432'[weighed(body, '0123456789', (at) => 2 ** (17 - at) % 11) % 11] ?? '');
});

/** Made-up valid organisation codes. */
export const checkedOrganisation: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.constantFrom(...organisationLetters), minLength: 8, maxLength: 8 }),
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 8, maxLength: 8 }),
).map((body) => {
  const check = 11 - (weighed(body, organisationLetters, (at) => [3, 7, 9, 10, 5, 8, 4, 2][at] ?? 0) % 11);
  return body + (check === 10 ? 'X' : check === 11 ? '0' : String(check));
});

/** Made-up valid unified social credit codes: weights are 3^(i-1) mod 31. */
export const checkedUscc: fc.Arbitrary<string> = fc.tuple(fc.constantFrom('11', '12', '52', '91', '92'), region, fc.string({ unit: fc.constantFrom(...usccLetters), minLength: 9, maxLength: 9 })).map(([kind, place, organisation]) => {
  const body = `${kind}${place}${organisation}`;
  return body + (usccLetters[(31 - (weighed(body, usccLetters, (at) => 3 ** at % 31) % 31)) % 31] ?? '');
});
