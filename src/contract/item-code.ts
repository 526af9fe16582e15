import { digitsAt, realDate } from './calendar.ts';
import { isUscc } from './uscc.ts';

/** Item code (实施编码), 31 characters as GB/T 39554.1-2020 is used here: credit code 18, level 1–7, directory code 12 digits. */
export function isItemCode(text: string): boolean {
  return text.length === 31 && isUscc(text.slice(0, 18)) && levelAt18(text) && digitsAt(text, 19, 12) >= 0;
}

/** Handling item code (业务办理项编码), 33 characters: item code 31 and a serial of 2 digits. */
export function isHandlingItemCode(text: string): boolean {
  return text.length === 33 && digitsAt(text, 31, 2) >= 0 && isItemCode(text.slice(0, 31));
}

/** Case number (办件编号) in Inner Mongolia, 43 characters: item code 31, a real day `yyyyMMdd`, serial 4 digits. */
export function isCaseNumber(text: string): boolean {
  if (text.length !== 43 || !isItemCode(text.slice(0, 31)) || digitsAt(text, 39, 4) < 0) return false;
  return realDate(digitsAt(text, 31, 4), digitsAt(text, 35, 2), digitsAt(text, 37, 2));
}

/** 行使层级 of GB/T 39046-2020: 1 state … 6 village, 7 several levels. */
function levelAt18(text: string): boolean {
  const level = digitsAt(text, 18, 1);
  return level >= 1 && level <= 7;
}
