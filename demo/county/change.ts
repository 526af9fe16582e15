import { openBook } from './book.ts';
import type { Dataset } from './dataset.ts';
import { openDay, type Touched } from './day.ts';
import { changeCases } from './day-cases.ts';
import { changeItems } from './day-items.ts';
import { changeLicences } from './day-licences.ts';
import { luckOf } from './luck.ts';

/** Which county a day is to pass in, and which day. */
export interface DayOrder {
  readonly file: string;
  readonly truthFile: string;
  /** Each day needs a seed of its own. */
  readonly seed: number;
  /** `yyyy-MM-dd`; when the county has seen later times already, the day begins after them. */
  readonly asOf: string;
}

/** What a day changed, counted in records. */
export interface DaySummary {
  readonly seed: number;
  readonly asOf: string;
  readonly touched: Readonly<Record<Dataset, Touched>>;
}

/** Lets a day pass in the county and in the truth about it: both, or neither when something is amiss. */
export async function changeCounty(order: DayOrder): Promise<DaySummary> {
  const book = openBook(order.file, order.truthFile);
  try {
    book.truth.exec('begin immediate');
    book.county.exec('begin immediate');
    const count = (dataset: Dataset): number => Number(book.truth.prepare('select count(distinct key) as n from expected where dataset = ?').get(dataset)?.['n']);
    const sizes = { items: count('items'), cases: count('cases'), licences: count('licences') };
    const day = openDay(book, order.asOf, luckOf(order.seed, `day ${order.asOf}`));
    changeItems(day, sizes.items);
    changeCases(day, sizes.cases);
    changeLicences(day, sizes.licences);
    book.county.exec('commit');
    book.truth.exec('commit');
    return { seed: order.seed, asOf: order.asOf, touched: day.touched };
  } finally {
    book.close();
  }
}
