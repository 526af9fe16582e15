import { type Book, index, newBook } from './book.ts';
import { dayStart } from './calendar.ts';
import { writeCases, yearStartOf } from './cases.ts';
import type { Dataset } from './dataset.ts';
import { writeItems, writeOrgans } from './items.ts';
import { writeLicenceTypes, writeLicences } from './licences.ts';
import { type Size, scaleOf } from './size.ts';
import { type Summary, summaryOf } from './summary.ts';
import { writeTerminals } from './terminals.ts';

/** What a county is generated from. */
export interface CountyOrder {
  readonly file: string;
  readonly truthFile: string;
  readonly seed: number;
  readonly size: Size;
  /** The county's last day, `yyyy-MM-dd`; nothing in it is later. */
  readonly asOf: string;
  readonly tell?: (progress: Progress) => void;
}

/** How far the generator is. */
export interface Progress {
  readonly stage: Dataset | 'indexes';
  readonly done: number;
  readonly total: number;
}

/** The day the demonstration stands still at, unless told otherwise. */
export const defaultAsOf = '2026-11-20';

/**
 * Writes a county and the truth about it. The same seed, size and day give the same rows. Both files must not exist yet;
 * they are written without a journal, so a caller gives them a name of their own and renames them when this has returned.
 */
export async function generateCounty(order: CountyOrder): Promise<Summary> {
  const scale = scaleOf(order.size);
  const tell = order.tell ?? (() => undefined);
  const until = dayStart(order.asOf) + 18 * 3600;
  const book = newBook(order.file, order.truthFile);
  try {
    begin(book);
    writeOrgans(book);
    writeTerminals(book, { seed: order.seed, until });
    const items = writeItems(book, { seed: order.seed, items: scale.items, until });
    tell({ stage: 'items', done: scale.items, total: scale.items });
    writeCases(book, { seed: order.seed, cases: scale.cases, items, yearStart: yearStartOf(order.asOf), until }, (done) => tell({ stage: 'cases', done, total: scale.cases }));
    writeLicenceTypes(book);
    writeLicences(book, { seed: order.seed, licences: scale.licences, until }, (done) => tell({ stage: 'licences', done, total: scale.licences }));
    book.truth.prepare('insert into fact (name, value) values (?, ?), (?, ?), (?, ?)').run('seed', String(order.seed), 'size', String(order.size), 'asOf', order.asOf);
    index(book);
    commit(book);
    tell({ stage: 'indexes', done: 1, total: 1 });
    return summaryOf(book, order);
  } finally {
    book.close();
  }
}

function begin(book: Book): void {
  book.county.exec('begin');
  book.truth.exec('begin');
}

function commit(book: Book): void {
  book.county.exec('commit');
  book.truth.exec('commit');
}
