import type { TableShape } from '../contract/table-shape.ts';
import { guessFields, type Guess } from '../mapping/guess.ts';
import type { ColumnDescription, TableDescription } from '../port/source.ts';
import type { Row } from '../record/change.ts';
import { form } from '../record/form.ts';

/** What a first mapping is drafted from. */
export interface Drafting {
  readonly dataset: string;
  readonly title: string;
  readonly source: string;
  readonly key: string;
  readonly time: string | null;
  readonly table: TableDescription;
  readonly shape: TableShape;
  /** A few rows, for the forms of dates; none of their values is written. */
  readonly rows: readonly Row[];
}

const reasons: Readonly<Record<Guess['by'], string>> = { title: '列注释相同', name: '列名相同', initials: '拼音首字母', part: '列注释相近' };

/** A mapping file in words a person goes on with: what was guessed and why, and what of the region's fields nothing could be found for. */
export function draftOf(drafting: Drafting): { readonly text: string; readonly guessed: number; readonly missing: number } {
  const { dataset, title, source, key, time, table, shape } = drafting;
  const guesses = guessFields(shape, table.columns).filter((guess) => guess.field.name !== 'row_guid');
  const lines = shape.fields.map((field) => {
    if (field.name === 'row_guid') return `      row_guid: { column: ${key} }`;
    const guess = guesses.find((one) => one.field === field);
    const need = field.required ? '必填' : '可空';
    if (guess === undefined) return `      # ${field.name}:  # ${need}：${oneLine(field.comment)}`;
    const column = table.columns.find((one) => one.name === guess.column);
    const codes = field.dictionary === null ? '' : `；代码要与地区的 ${field.dictionary.name} 相同，否则加 code:`;
    return `      ${field.name}: { column: ${guess.column}${stepsOf(guess, column, drafting.rows)} }  # ${oneLine(field.comment)}（${reasons[guess.by]}${codes}）`;
  });
  const text = `# 由 qilian init 猜出的初稿：逐行核对后再用，核对完删去这一行。# 开头的字段还没有来源。
dataset: ${dataset}
title: ${JSON.stringify(title)}
source: ${source}
from:
  table: ${table.table}
  key: ${key}
${time === null ? '  # time:  # 行有变化就会变的时间列；没有就只能全量核对\n' : `  time: ${time}\n`}records:
  - table: ${shape.table}
    fields:
${lines.join('\n')}
`;
  const missing = shape.fields.filter((field) => field.required && field.name !== 'row_guid' && !guesses.some((guess) => guess.field === field)).length;
  return { text, guessed: guesses.length, missing };
}

function stepsOf({ field }: Guess, column: ColumnDescription | undefined, rows: readonly Row[]): string {
  if (field.type === 'int' || column === undefined) return '';
  const date = field.type === 'datetime' || /date|time|日期|时间/i.test(`${field.name}${field.comment}`) ? patternOf(column.name, rows) : null;
  return date === null ? field.type === 'varchar' ? ', trim: true' : '' : `, trim: true, date: [${date}]`;
}

const forms: Readonly<Record<string, string>> = {
  '9999-99-99 99:99:99': '"yyyy-MM-dd HH:mm:ss"', '9999-99-99': 'yyyy-MM-dd', '99999999': 'yyyyMMdd', '9999/99/99': 'yyyy/MM/dd', '9999文99文99文': 'yyyy年MM月dd日', '99999999999999': 'yyyyMMddHHmmss',
};

/** The date patterns that the column's values have the form of; null when another form is among them. */
function patternOf(column: string, rows: readonly Row[]): string | null {
  const seen = [...new Set(rows.map((row) => row[column] ?? null).filter((cell) => cell !== null && cell !== '').map((cell) => form(cell ?? null)))];
  const patterns = seen.map((one) => forms[one]);
  return seen.length > 0 && patterns.every((pattern) => pattern !== undefined) ? patterns.join(', ') : null;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 60);
}
