import type { Cell } from './change.ts';

const longest = 24;

/**
 * A cell's form without what it says: letters become `A` and `a`, digits `9`, Chinese and other characters `文`; signs and
 * spaces stay, so that dates, numbers and codes can be told apart. Nothing personal is left in it.
 */
export function form(cell: Cell): string {
  if (cell === null) return 'NULL';
  const signs = [...String(cell)];
  const signed = signs.slice(0, longest).map(formOf).join('');
  return signs.length > longest ? `${signed}…(${signs.length})` : signed;
}

function formOf(sign: string): string {
  if (/\p{Nd}/u.test(sign)) return '9';
  if (/[A-Z]/.test(sign)) return 'A';
  if (/[a-z]/.test(sign)) return 'a';
  return /[\p{P}\p{S}\p{Zs}]/u.test(sign) ? sign : '文';
}
