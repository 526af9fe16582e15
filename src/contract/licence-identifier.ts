import { valuesByCode } from './character-values.ts';

const root = '1.2.156.3005.2.';
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const values = valuesByCode(alphabet);
const dot = 46;

/**
 * GB/T 36904-2018, electronic licence identifier: root, type, issuer, serial, 3-digit version, and a check character by
 * ISO 7064 MOD 37,36 over the four parts without dots. Wrong ones are in circulation: a reason to warn, not to refuse.
 */
export function isLicenceIdentifier(text: string): boolean {
  if (!text.startsWith(root)) return false;
  const end = text.length - 2;
  if (text.charCodeAt(end) !== dot || !threeDigits(text, end - 3) || text.charCodeAt(end - 4) !== dot) return false;
  let remainder = 36;
  let parts = 1;
  for (let at = root.length; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === dot) {
      if (text.charCodeAt(at - 1) === dot) return false;
      parts += 1;
      continue;
    }
    const value = values[code] ?? -1;
    if (value < 0) return false;
    const sum = remainder + value;
    const kept = sum > 36 ? sum - 36 : sum === 0 ? 36 : sum;
    remainder = kept > 18 ? kept * 2 - 37 : kept * 2;
  }
  return parts === 4 && text[end + 1] === alphabet[(37 - remainder) % 36];
}

function threeDigits(text: string, from: number): boolean {
  for (let at = from; at < from + 3; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return false;
  }
  return true;
}
