import type { Book } from './book.ts';
import { type Seconds, dayStart, daySeconds } from './calendar.ts';
import { type CaseNumbers, type CaseTruth, appliedBetween, caseNumbers, composeCase } from './case-compose.ts';
import { type CountyCase, encodeCase, expectedCase } from './case-encode.ts';
import { soilCase } from './case-soil.ts';
import { type Dirt, dirtPlan } from './dirt.ts';
import type { ItemRef } from './items.ts';
import { type Luck, luckOf } from './luck.ts';

/** What the cases of a year are made from. */
export interface CasesOrder {
  readonly seed: number;
  readonly cases: number;
  readonly items: readonly ItemRef[];
  readonly yearStart: Seconds;
  /** The newest second of any clean case. */
  readonly until: Seconds;
}

/** Writes this year's cases, dirty ones among them, and some that are not to be published. Tells after every thousand. */
export function writeCases(book: Book, order: CasesOrder, tell: (done: number) => void): void {
  const luck = luckOf(order.seed, 'cases');
  const dirt = dirtPlan('cases', order.cases);
  const numbers = caseNumbers();
  let twin: CaseTruth | null = null;
  for (let n = 0; n < order.cases; n += 1) {
    const kind = dirt.get(n);
    const truth = freshCase({ ...order, numbers, settled: kind !== undefined }, luck);
    if (kind !== undefined && twin !== null) {
      writeDirtyCase(book, truth, { kind, twin, late: order.until + 60 + (n % 1500), luck });
    } else {
      writeCleanCase(book, truth);
      twin = truth;
    }
    if (n % 1000 === 999) tell(n + 1);
  }
  writeUnpublished(book, { ...order, numbers }, luck);
  tell(order.cases);
}

/** Writes one right case to both files. */
export function writeCleanCase(book: Book, truth: CaseTruth): void {
  putCase(book, encodeCase(truth));
  book.expect('cases', String(truth.accept['row_guid']), expectedCase(truth));
}

/** Writes a case's rows to the county. */
export function putCase(book: Book, county: CountyCase): void {
  book.put('case', county.case);
  for (const row of county.steps) book.put('step', row);
  for (const row of county.suspensions) book.put('suspension', row);
  for (const row of county.materials) book.put('caseMaterial', row);
  for (const row of county.results) book.put('result', row);
}

type FreshOrder = CasesOrder & { readonly numbers: CaseNumbers; readonly settled: boolean };

/** A case about a random item on a random day; `settled` ones lie long enough back to have at least one step. */
function freshCase(order: FreshOrder, luck: Luck): CaseTruth {
  const days = Math.max(1, Math.floor((order.until - order.yearStart) / daySeconds));
  for (;;) {
    const item = luck.pick(order.items);
    const applied = appliedBetween(order.yearStart, order.settled ? Math.max(1, days - 20) : days, luck);
    if (applied > order.until - 5 * 3600) continue;
    const truth = composeCase({ item, applied, until: order.until, numbers: order.numbers }, luck);
    if (!order.settled || truth.steps.length > 0) return truth;
  }
}

function writeDirtyCase(book: Book, truth: CaseTruth, how: { readonly kind: Dirt; readonly twin: CaseTruth; readonly late: Seconds; readonly luck: Luck }): void {
  const county = encodeCase(truth);
  const key = String(truth.accept['row_guid']);
  const soil = soilCase[how.kind.id];
  if (soil === undefined) throw new Error(`no way to make ${how.kind.id}`);
  soil({ county, truth, twin: String(how.twin.accept['project_no']), late: how.late, luck: how.luck });
  if (how.kind.code === 'DUPLICATE_IDENTITY') book.leaveAlone('cases', String(how.twin.accept['row_guid']));
  putCase(book, county);
  book.fate(key, how.kind);
  if (how.kind.outcome !== 'quarantined') book.expect('cases', key, expectedCase(truth));
}

/** Drafts, cases waiting for a first look, and deleted ones. */
function writeUnpublished(book: Book, order: Omit<FreshOrder, 'settled'>, luck: Luck): void {
  const count = Math.max(3, Math.round(order.cases * 0.02));
  for (let at = 0; at < count; at += 1) {
    const county = encodeCase(freshCase({ ...order, settled: true }, luck));
    const marks = [{ CASESTATUS: '0' }, { CASESTATUS: '1' }, { DELFLAG: '1' }][at % 3] as Record<string, string>;
    putCase(book, { ...county, case: { ...county.case, ...marks } });
  }
}

/** The first second of the year in which a day lies. */
export function yearStartOf(asOf: string): Seconds {
  return dayStart(`${asOf.slice(0, 4)}-01-01`);
}
