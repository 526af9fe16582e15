import { realDate, realTime } from '../contract/calendar.ts';

/** A local moment of the region (+08:00), as its parts; never an instant, so that no time zone can shift it. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly milli: number;
}

type Part = keyof Moment;
type Token = { readonly part: Part; readonly least: number; readonly most: number } | { readonly literal: string };

const tokens: Readonly<Record<string, Token>> = {
  yyyy: { part: 'year', least: 4, most: 4 },
  MM: { part: 'month', least: 2, most: 2 },
  M: { part: 'month', least: 1, most: 2 },
  dd: { part: 'day', least: 2, most: 2 },
  d: { part: 'day', least: 1, most: 2 },
  HH: { part: 'hour', least: 2, most: 2 },
  H: { part: 'hour', least: 1, most: 2 },
  mm: { part: 'minute', least: 2, most: 2 },
  ss: { part: 'second', least: 2, most: 2 },
  SSS: { part: 'milli', least: 3, most: 3 },
};

/** A pattern's pieces, or null when it is none: letters that mean nothing, or the same part twice. */
export function patternTokens(pattern: string): readonly Token[] | null {
  const pieces = pattern.match(/([A-Za-z])\1*|[^A-Za-z]+/g) ?? [];
  const found = pieces.map((piece): Token | undefined => (/^[A-Za-z]/.test(piece) ? (Object.hasOwn(tokens, piece) ? tokens[piece] : undefined) : { literal: piece }));
  if (found.includes(undefined) || pieces.length === 0) return null;
  const parts = found.filter((token) => token !== undefined && 'part' in token).map((token) => token.part);
  return new Set(parts).size === parts.length ? found.filter((token) => token !== undefined) : null;
}

/** Whether the pattern names a whole day, so that a date can be read by it. */
export function namesDay(pattern: string): boolean {
  const parts = (patternTokens(pattern) ?? []).map((token) => ('part' in token ? token.part : ''));
  return parts.includes('year') && parts.includes('month') && parts.includes('day');
}

/** Reads a real moment written exactly by the pattern; anything else is null. */
export function patternReader(pattern: string): (text: string) => Moment | null {
  const pieces = patternTokens(pattern) ?? [];
  return (text) => {
    const moment = { ...nothing };
    let at = 0;
    for (const piece of pieces) {
      if ('literal' in piece) {
        if (!text.startsWith(piece.literal, at)) return null;
        at += piece.literal.length;
        continue;
      }
      const end = digitsEnd(text, at, piece.most);
      if (end - at < piece.least) return null;
      moment[piece.part] = Number(text.slice(at, end));
      at = end;
    }
    return at === text.length && real(moment) ? moment : null;
  };
}

/** Writes a moment by the pattern. */
export function patternWriter(pattern: string): (moment: Moment) => string {
  const pieces = patternTokens(pattern) ?? [];
  return (moment) => pieces.map((piece) => ('literal' in piece ? piece.literal : String(moment[piece.part]).padStart(piece.least, '0'))).join('');
}

/** The forms databases give a date in when nothing is declared: `yyyy-MM-dd`, with ` HH:mm:ss` or `THH:mm:ss`, and a fraction. */
export function usualMoment(text: string): Moment | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?)?$/.exec(text);
  if (found === null) return null;
  const number = (at: number): number => Number(found[at] ?? 0);
  const moment = { year: number(1), month: number(2), day: number(3), hour: number(4), minute: number(5), second: number(6), milli: Number((found[7] ?? '').padEnd(3, '0').slice(0, 3)) };
  return real(moment) ? moment : null;
}

const nothing = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, milli: 0 };

function real(moment: Moment): boolean {
  return realDate(moment.year, moment.month, moment.day) && realTime(moment.hour, moment.minute, moment.second);
}

function digitsEnd(text: string, from: number, most: number): number {
  let at = from;
  while (at < from + most && at < text.length && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at += 1;
  return at;
}
