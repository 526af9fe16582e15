import { digitsAt } from './calendar.ts';
import { valuesByCode } from './character-values.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const values = valuesByCode(alphabet);
const weights: readonly number[] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** GB 32100-2015, unified social credit code: 18 characters (no I O S V Z), a 6-digit region in places 3–8, check MOD 31. */
export function isUscc(text: string): boolean {
  if (text.length !== 18 || digitsAt(text, 2, 6) < 0) return false;
  let sum = 0;
  for (let at = 0; at < 17; at += 1) {
    const value = values[text.charCodeAt(at)] ?? -1;
    if (value < 0) return false;
    sum += value * (weights[at] ?? 0);
  }
  return text[17] === alphabet[(31 - (sum % 31)) % 31];
}
