import type { Book } from './book.ts';
import { type Seconds, dayStart, stamp } from './calendar.ts';
import type { Dataset } from './dataset.ts';
import { type Luck, shuffled } from './luck.ts';
import { type RegionRow, bodyOf, fieldsOf } from './region-row.ts';

/** How many records of a dataset a day touched, in words a comparison can be made with. */
export interface Touched {
  /** The region should hold them from now on. `late` and `mended` ones are among them. */
  new: number;
  /** The region should hold them differently. `silent` ones are among them. */
  changed: number;
  /** The region should hold them no longer. `deleted` ones are among them. */
  gone: number;
  /** Repaired dirty rows that can travel now. */
  mended: number;
  /** Rows that appear with a time older than rows long there. */
  late: number;
  /** Updates that do not move the row's time. */
  silent: number;
  /** Rows removed from the table, so that nothing is left to be read. */
  deleted: number;
}

/** A day under way: the files, the luck, the hours, and which records have been touched already. */
export interface Day {
  readonly book: Book;
  readonly luck: Luck;
  /** The last time in the county before this day. */
  readonly newestBefore: Seconds;
  /** The day's first moment. */
  readonly opens: Seconds;
  /** A moment of this day. */
  moment(): string;
  /** So many records that the region holds and nobody has touched today, fewer when there are not enough. */
  take(dataset: Dataset, count: number, fits?: (key: string) => boolean): readonly string[];
  readonly touched: Readonly<Record<Dataset, Touched>>;
}

const untouched = (): Touched => ({ new: 0, changed: 0, gone: 0, mended: 0, late: 0, silent: 0, deleted: 0 });

/** Opens a day that begins after everything the county has seen. */
export function openDay(book: Book, asOf: string, luck: Luck): Day {
  const newestBefore = newestTime(book);
  const opens = Math.max(dayStart(asOf) + 8.5 * 3600, newestBefore + 60);
  const hours = Math.max(600, dayStart(asOf) + 17.5 * 3600 - opens);
  const queues = new Map<Dataset, string[]>();
  return {
    book,
    luck,
    newestBefore,
    opens,
    moment: () => stamp(opens + luck.int(hours)),
    take(dataset, count, fits = () => true) {
      const queue = queues.get(dataset) ?? untroubled(book, dataset, luck);
      queues.set(dataset, queue);
      const taken: string[] = [], passed: string[] = [];
      while (taken.length < count) {
        const key = queue.pop();
        if (key === undefined) break;
        (fits(key) ? taken : passed).push(key);
      }
      queue.push(...passed.toReversed());
      return taken;
    },
    touched: { items: untouched(), cases: untouched(), licences: untouched() },
  };
}

/** Keys the region holds that carry no dirt and are no other row's original, in an order the luck decides. */
function untroubled(book: Book, dataset: Dataset, luck: Luck): string[] {
  const keys = book.truth.prepare(`select distinct key from expected where dataset = ?1
    and key not in (select key from fate where dataset = ?1) and key not in (select key from left_alone where dataset = ?1) order by key`)
    .all(dataset).map((row) => String(row['key']));
  return shuffled(keys.length, luck).map((n) => keys[n] as string);
}

function newestTime(book: Book): Seconds {
  const row = book.county.prepare(`select max(t) as t from (select max(MODIFYDATE) as t from SXSERVICE union all
    select max(MODIFYDATE) from QLCASE union all select max(GXSJ) from DZZZ_ZZXX)`).get();
  const text = String(row?.['t']);
  return Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`) / 1000;
}

/** The rows the region should hold of a record, by table. */
export function expectedRows(book: Book, dataset: Dataset, key: string): readonly { readonly table: string; readonly row: RegionRow }[] {
  return book.truth.prepare('select tbl, body from expected where dataset = ? and key = ? order by rowid').all(dataset, key).map((found) => {
    const table = String(found['tbl']);
    const values = JSON.parse(String(found['body'])) as readonly (string | number | null)[];
    return { table, row: Object.fromEntries(fieldsOf(table).map((name, at) => [name, values[at] ?? null])) };
  });
}

/** Changes fields of a record's row in the truth. */
export function amend(book: Book, about: { readonly dataset: Dataset; readonly key: string; readonly table: string }, fields: RegionRow): void {
  const write = book.truth.prepare('update expected set body = ? where dataset = ? and key = ? and tbl = ? and guid = ?');
  for (const { table, row } of expectedRows(book, about.dataset, about.key)) {
    if (table === about.table) write.run(bodyOf({ table, row: { ...row, ...fields } }), about.dataset, about.key, table, String(row['row_guid']));
  }
}

/** Sets columns of one county row. */
export function setColumns(book: Book, row: { readonly table: string; readonly key: string; readonly id: string }, columns: Readonly<Record<string, string | number | null>>): void {
  const names = Object.keys(columns);
  book.county.prepare(`update ${row.table} set ${names.map((name) => `${name} = ?`).join(', ')} where ${row.key} = ?`).run(...Object.values(columns), row.id);
}
