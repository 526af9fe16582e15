import type { Book } from './book.ts';
import { type Seconds, dayStart, daySeconds } from './calendar.ts';
import { type CaseNumbers, type CaseTruth, appliedBetween, caseNumbers, composeCase } from './case-compose.ts';
import { type CountyCase, encodeCase, expectedCase } from './case-encode.ts';
import { soilCase } from './case-soil.ts';
import { type Dirt, dirtPlan } from './dirt.ts';
import type { ItemRef } from './items.ts';
import { type Luck, luckOf } from './luck.ts';
import type { CountyRow, TableName } from './schema.ts';

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
  for (const [table, row] of rowsOfCase(encodeCase(truth))) book.put(table, row);
  book.expect('cases', String(truth.accept['row_guid']), expectedCase(truth));
}

/** A case's county rows, each with its table. */
export function rowsOfCase(county: CountyCase): readonly (readonly [TableName, CountyRow])[] {
  return [
    ['case', county.case],
    ...county.steps.map((row) => ['step', row] as const),
    ...county.suspensions.map((row) => ['suspension', row] as const),
    ...county.materials.map((row) => ['caseMaterial', row] as const),
    ...county.results.map((row) => ['result', row] as const),
  ];
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
  const right = rowsOfCase(encodeCase(truth));
  const key = String(truth.accept['row_guid']);
  const soil = soilCase[how.kind.id];
  if (soil === undefined) throw new Error(`no way to make ${how.kind.id}`);
  soil({ county, truth, twin: String(how.twin.accept['project_no']), late: how.late, luck: how.luck });
  if (how.kind.code === 'DUPLICATE_IDENTITY') book.leaveAlone('cases', String(how.twin.accept['row_guid']));
  for (const [table, row] of rowsOfCase(county)) book.put(table, row);
  book.fate(key, how.kind);
  if (how.kind.outcome === 'quarantined') book.mendable('cases', key, { county: right, rows: expectedCase(truth) });
  else book.expect('cases', key, expectedCase(truth));
}

/** Drafts, cases waiting for a first look, and deleted ones. */
function writeUnpublished(book: Book, order: Omit<FreshOrder, 'settled'>, luck: Luck): void {
  const count = Math.max(3, Math.round(order.cases * 0.02));
  for (let at = 0; at < count; at += 1) {
    const county = encodeCase(freshCase({ ...order, settled: true }, luck));
    const marks = [{ CASESTATUS: '0' }, { CASESTATUS: '1' }, { DELFLAG: '1' }][at % 3] as Record<string, string>;
    for (const [table, row] of rowsOfCase({ ...county, case: { ...county.case, ...marks } })) book.put(table, row);
  }
}

/** The first second of the year in which a day lies. */
export function yearStartOf(asOf: string): Seconds {
  return dayStart(`${asOf.slice(0, 4)}-01-01`);
}
