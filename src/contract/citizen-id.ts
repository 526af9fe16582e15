import { digitsAt, realDate } from './calendar.ts';

const weights: readonly number[] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10X98765432';

/** GB 11643-1999: 17 digits with a real date of birth, and a check character (ISO 7064 MOD 11-2; `X` is a capital). */
export function isCitizenId(text: string): boolean {
  if (text.length !== 18) return false;
  let sum = 0;
  for (let at = 0; at < 17; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return false;
    sum += digit * (weights[at] ?? 0);
  }
  return text[17] === checks[sum % 11] && realDate(digitsAt(text, 6, 4), digitsAt(text, 10, 2), digitsAt(text, 12, 2));
}
