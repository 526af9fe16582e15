import type { TextLimits } from './data.ts';
import type { Fault } from './fault.ts';
import { inGbk } from './gbk.ts';

/** Control characters, surrogates and the replacement character; one search by this costs a seventh of a loop over the text. */
const unusual = /[^ -\ud7ff\ue000-\ufffc\ufffe\uffff]/;

/** All but ASCII and the ideographs of Unicode 1.1, which GBK has every one of. */
const unusualInGbk = /[^ -~\u4e00-\u9fa5]/;

/** Whether a text surely fits and holds nothing unusual; made for the usual text, a no is not yet a refusal. */
export function plainText(text: string, most: number, unit: TextLimits['unit']): boolean {
  return text.length <= most && !(unit === 'gbk' ? unusualInGbk : unusual).test(text);
}

/** How many UTF-16 units fit in any case, whatever the characters are. */
export function safeLength(limit: number, unit: TextLimits['unit']): number {
  return unit === 'characters' ? limit : Math.floor(limit / (unit === 'utf8' ? 3 : 2));
}

/** Everything that keeps a text out of a column: too long, characters the column cannot hold, garbled text. */
export function textFaults(text: string, limit: number, limits: TextLimits): readonly Fault[] {
  const faults: Fault[] = [];
  const seen = survey(text, limits);
  const length = limits.unit === 'characters' ? seen.characters : limits.unit === 'utf8' ? seen.utf8 : seen.gbk;
  if (length > limit) faults.push({ code: 'TEXT_TOO_LONG', facts: { length, limit, unit: limits.unit } });
  if (seen.firstBeyond > 0) faults.push({ code: 'CHAR_UNSUPPORTED', facts: { position: seen.firstBeyond } });
  if (seen.firstGarbled > 0) faults.push({ code: 'TEXT_GARBLED', facts: { position: seen.firstGarbled } });
  return faults;
}

interface Survey {
  readonly characters: number;
  readonly utf8: number;
  readonly gbk: number;
  /** Place, from 1, of the first character the column's repertoire lacks; 0 when there is none. */
  readonly firstBeyond: number;
  readonly firstGarbled: number;
}

function survey(text: string, { unit, repertoire }: TextLimits): Survey {
  let [characters, utf8, gbk, firstBeyond, firstGarbled] = [0, 0, 0, 0, 0];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    characters += 1;
    utf8 += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    gbk += point < 0x80 ? 1 : point < 0x10000 ? 2 : 4;
    if (garbled(point)) firstGarbled ||= characters;
    else if ((repertoire === 'bmp' && point > 0xffff) || (unit === 'gbk' && !inGbk(point))) firstBeyond ||= characters;
  }
  return { characters, utf8, gbk, firstBeyond, firstGarbled };
}

/** The replacement character, half a surrogate pair, and control characters other than tab and line ends. */
function garbled(point: number): boolean {
  if (point < 0x20) return point !== 0x09 && point !== 0x0a && point !== 0x0d;
  return point === 0xfffd || (point >= 0xd800 && point <= 0xdfff);
}
