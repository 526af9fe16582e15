import type { FieldShape, TableShape } from '../contract/table-shape.ts';
import type { ColumnDescription } from '../port/source.ts';

/** A column that may be what a field of the region wants, and what speaks for it. */
export interface Guess {
  readonly field: FieldShape;
  readonly column: string;
  readonly by: 'title' | 'name' | 'initials' | 'part';
}

const weights = { title: 4, name: 3, initials: 2, part: 1 } as const;

/** For each field at most one column, and each column at most once: the strongest first. What nothing speaks for is left out. */
export function guessFields({ fields }: TableShape, columns: readonly ColumnDescription[]): readonly Guess[] {
  const possible = fields.flatMap((field) => columns.flatMap((column): Guess[] => {
    const by = reasonFor(field, column);
    return by === null ? [] : [{ field, column: column.name, by }];
  })).toSorted((one, other) => weights[other.by] - weights[one.by]);
  const taken = new Set<string>();
  const chosen = possible.filter(({ field, column }) => {
    const free = !taken.has(`field ${field.name}`) && !taken.has(`column ${column}`);
    if (free) taken.add(`field ${field.name}`).add(`column ${column}`);
    return free;
  });
  return fields.flatMap((field) => chosen.find((guess) => guess.field === field) ?? []);
}

function reasonFor({ name, comment }: FieldShape, column: ColumnDescription): Guess['by'] | null {
  const [title, wanted] = [bare(column.title ?? ''), bare(comment)];
  if (title !== '' && title === wanted) return 'title';
  if (bare(column.name) === bare(name)) return 'name';
  if (wanted.length > 1 && bare(column.name) === initialsOf(wanted)) return 'initials';
  const within = title.length >= 3 && wanted.length >= 3 && (wanted.includes(title) || title.includes(wanted));
  return within ? 'part' : null;
}

/** Without signs, spaces and what stands in brackets; small letters. */
function bare(text: string): string {
  return text.replace(/[（(].*?[）)]/g, '').replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

// The first character of each initial in the order of pinyin, which the runtime's collation knows (CLDR, zh).
const order = new Intl.Collator('zh-Hans-CN-u-co-pinyin');
const firsts = [...'阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀'];
const letters = 'abcdefghjklmnopqrstwxyz';

/** The initials by which vendors name columns: 证照名称 is zzmc. */
export function initialsOf(text: string): string {
  return [...text].map((sign) => (/\p{Script=Han}/u.test(sign) ? letters[firsts.findLastIndex((first) => order.compare(sign, first) >= 0)] ?? '' : sign.toLowerCase())).join('');
}

/** Columns that look like the time of the last change, the likeliest first. */
export function guessTime(columns: readonly ColumnDescription[]): string | null {
  const likely = [/^(?:gxsj|xgsj|update_?(?:time|date)|modif(?:y|ied)_?(?:time|date)?|last_?update)/i, /更新时间|修改时间|变更时间/, /^(?:cjsj|create_?(?:time|date))/i];
  for (const pattern of likely) {
    const found = columns.find((column) => pattern.test(column.name) || pattern.test(column.title ?? ''));
    if (found !== undefined) return found.name;
  }
  return null;
}
