import type { Dictionary, Field } from './region-tables.ts';

/** What is wrong with a value, in words that never repeat the value; null when nothing is. */
export type FieldCheck = (value: unknown) => string | null;

/** Turns a column's description into its check, once per column; `undefined`, `null` and empty text are all "no value". */
export function compileFieldCheck(field: Field): FieldCheck {
  const filled = compileFilledCheck(field);
  const missing = field.nullable ? null : `[字段]${field.comment}不能为空`;
  return (value) => (value === undefined || value === null || value === '' ? missing : filled(value));
}

function compileFilledCheck(field: Field): FieldCheck {
  const said = `[字段]${field.comment}`;
  if (field.type === 'int') return integerCheck(said);
  const text = field.type === 'datetime' ? momentCheck(said) : textCheck(said, field.length ?? Number.MAX_SAFE_INTEGER);
  if (field.dictionary === null) return text;
  const { dictionary } = field;
  const outside = `${said}不在代码表“${dictionary.title}”中`;
  return (value) => text(value) ?? (holds(dictionary, value as string) ? null : outside);
}

/** Whether every code in the value is in the list. */
function holds({ codes, separator }: Dictionary, value: string): boolean {
  if (codes.has(value)) return true;
  return separator !== null && value.includes(separator) && value.split(separator).every((code) => codes.has(code));
}

function textCheck(said: string, length: number): FieldCheck {
  const notText = `${said}应为文本`;
  const tooLong = `${said}长度超过${length}`;
  const beyond = `${said}含有四字节字符，无法存储`;
  return (value) => {
    if (typeof value !== 'string') return notText;
    for (let at = 0; at < value.length; at += 1) {
      if ((value.charCodeAt(at) & 0xf800) === 0xd800) return beyond;
    }
    return value.length > length ? tooLong : null;
  };
}

function integerCheck(said: string): FieldCheck {
  const notWhole = `${said}应为整数`;
  const outside = `${said}超出整数范围`;
  return (value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return notWhole;
    return value < -2147483648 || value > 2147483647 ? outside : null;
  };
}

function momentCheck(said: string): FieldCheck {
  const wrong = `${said}不是有效日期时间（yyyy-MM-dd HH:mm:ss）`;
  return (value) => (typeof value === 'string' && isMoment(value) ? null : wrong);
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a text is `yyyy-MM-dd HH:mm:ss` of a day that exists, between the years 1000 and 9999 (MySQL's range). */
export function isMoment(text: string): boolean {
  if (text.length !== 19 || text[4] !== '-' || text[7] !== '-' || text[10] !== ' ' || text[13] !== ':' || text[16] !== ':') return false;
  const year = pair(text, 0) * 100 + pair(text, 2);
  const month = pair(text, 5);
  const day = pair(text, 8);
  // A pair that is not two digits is NaN, and every comparison with NaN is false.
  if (!(year >= 1000 && month >= 1 && month <= 12 && day >= 1)) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (!(day <= (monthDays[month - 1] ?? 0) + (leap ? 1 : 0))) return false;
  return pair(text, 11) <= 23 && pair(text, 14) <= 59 && pair(text, 17) <= 59;
}

function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
