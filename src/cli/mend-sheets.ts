import type { Site } from '../config/site.ts';
import type { MendLine } from '../mending/mend-lines.ts';
import type { ReturnedLine } from '../mending/read-corrections.ts';
import type { CellPlace } from '../record/correction.ts';
import { Failure } from '../record/failure.ts';
import type { ReadSheet, Sheet } from '../port/workbook.ts';
import type { Texts } from './texts.ts';

/** Columns of a sheet for mending, with their widths; the last three are read when it comes back, wherever they stand then. */
const columns = [
  ['number', 9], ['key', 34], ['department', 24], ['code', 20], ['field', 34], ['problem', 48], ['mend', 48], ['column', 22], ['value', 28],
  ['corrected', 28], ['reason', 28], ['token', 30],
] as const;

/** A sheet for each dataset with what must be mended, cell by cell. What rows say is in it: it is personal data. */
export function mendSheets(lines: readonly MendLine[], { site, texts }: { readonly site: Site; readonly texts: Texts }): readonly Sheet[] {
  const heads = columns.map(([key, width]) => ({ title: texts.say(`cli.head.${key}`), width }));
  return [...Map.groupBy(lines, ({ one }) => one.dataset)].map(([dataset, all]) => ({
    name: site.datasets.find((one) => one.dataset === dataset)?.title ?? dataset,
    columns: heads,
    rows: all.map((line) => rowOf(line, texts)),
  }));
}

function rowOf({ one, department, problem, cell, token }: MendLine, texts: Texts): Sheet['rows'][number] {
  const { what, mend } = texts.advice(problem);
  const cannot = token === '' ? texts.say(`cli.quarantine.cannot.${cell?.correctable ?? 'none'}`) : mend;
  return [
    `#${one.seq}`, one.key, department ?? texts.say('cli.quality.nobody'), problem.code, [problem.table, problem.field].filter(Boolean).join('.'), what, cannot,
    cell === null ? '' : placeName(cell.place), cell === null ? '' : String(cell.value ?? ''), '', '', token,
  ];
}

/** `COLUMN`, or `child[2].COLUMN` for the second of the child rows. */
export function placeName({ child, at, column }: CellPlace): string {
  return child === '' ? column : `${child}[${at + 1}].${column}`;
}

/** Lines of sheets that came back, by the titles of their columns in either language; throws SHEET_UNFIT where one is missing. */
export function returnedLines(sheets: readonly ReadSheet[], languages: readonly Texts[]): readonly (ReturnedLine & { readonly sheet: string })[] {
  return sheets.flatMap(({ name, rows }) => {
    const [head, ...body] = rows;
    if (head === undefined) return [];
    const at = (key: string): number => {
      const titles = languages.map((texts) => texts.say(`cli.head.${key}`));
      const found = head.findIndex((cell) => cell !== null && titles.includes(cell.text.trim()));
      if (found < 0) throw new Failure('SHEET_UNFIT', { sheet: name, column: titles[0] ?? key });
      return found;
    };
    const [value, why, token] = [at('corrected'), at('reason'), at('token')];
    return body.map((row, index) => ({
      sheet: name, line: index + 2, token: row[token]?.text ?? '', why: row[why]?.text ?? '', value: typed(row[value]?.text ?? ''), unfit: row[value]?.fit === false,
    }));
  });
}

/** An apostrophe before a sign that could start a formula is the sheet's, not the value's. */
function typed(text: string): string {
  return /^'\s*[=+\-@＝＋－＠\t\r\n]/.test(text) ? text.slice(1) : text;
}
