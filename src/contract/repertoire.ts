import { inGbk } from './gbk.ts';
import type { TextLimits } from './data.ts';

/** Whether a column of the region can hold this character at all. */
export function holds({ unit, repertoire }: TextLimits, character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  if (repertoire === 'bmp' && point > 0xffff) return false;
  return unit !== 'gbk' || inGbk(point);
}
