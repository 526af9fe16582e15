import { valuesByCode } from './character-values.ts';

const weights: readonly number[] = [3, 7, 9, 10, 5, 8, 4, 2];
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const values = valuesByCode(alphabet);

/** GB 11714-1997, organisation code: 8 characters and a check character (MOD 11; 10 is `X`), with or without the hyphen between. */
export function isOrganisationCode(text: string): boolean {
  const code = text.length === 10 && text[8] === '-' ? text.slice(0, 8) + text.slice(9) : text;
  if (code.length !== 9) return false;
  let sum = 0;
  for (let at = 0; at < 8; at += 1) {
    const value = values[code.charCodeAt(at)] ?? -1;
    if (value < 0) return false;
    sum += value * (weights[at] ?? 0);
  }
  return code[8] === '0123456789X'[(11 - (sum % 11)) % 11];
}
