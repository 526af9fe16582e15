import { digitsAt } from './calendar.ts';

/**
 * GB/T 2260 and GB/T 10114: 6 digits to the county, 9 to the town, 12 to the village. A level that is named lies within
 * one that is named too: no county without its city, no village without its town. The 6-digit form names a place at least
 * down to its province.
 */
export function isRegionCode(text: string): boolean {
  const { length } = text;
  if ((length !== 6 && length !== 9 && length !== 12) || digitsAt(text, 0, length) < 0) return false;
  const province = digitsAt(text, 0, 2);
  return province >= 11 && province <= 82 && unbroken(text);
}

/** Whether a place lies within another, or is it: `150626102000` within `150626`. */
export function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(named(outer));
}

const ends: readonly number[] = [2, 4, 6, 9, 12];

/** The digits of a code down to the last level it names. */
function named(code: string): string {
  const last = ends.findLast((end, at) => end <= code.length && /[^0]/.test(code.slice(ends[at - 1] ?? 0, end)));
  return code.slice(0, last ?? 0);
}

function unbroken(code: string): boolean {
  let ended = false;
  for (let at = 0; at < ends.length && (ends[at] ?? 0) <= code.length; at += 1) {
    const from = ends[at - 1] ?? 0;
    const empty = digitsAt(code, from, (ends[at] ?? 0) - from) === 0;
    if (ended && !empty) return false;
    ended ||= empty;
  }
  return true;
}
