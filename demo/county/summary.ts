import type { Book } from './book.ts';
import type { Dataset } from './dataset.ts';
import type { Size } from './size.ts';

/** What was written, counted from the files themselves. */
export interface Summary {
  readonly seed: number;
  readonly size: Size;
  readonly asOf: string;
  /** Rows the county publishes, dirty ones included. */
  readonly published: Readonly<Record<Dataset, number>>;
  /** Records with a fate of their own, by dataset and outcome. */
  readonly dirty: Readonly<Record<Dataset, Readonly<Record<string, number>>>>;
  /** Rows the region should hold, by table. */
  readonly expected: Readonly<Record<string, number>>;
  /** The banner's published figures, as this county shows them. */
  readonly figures: Readonly<Record<string, number>>;
}

const publishedCases = `DELFLAG = '0' and CASESTATUS in ('2', '3', '4', '5', '7', '44')`;
const publishedItems = `DELFLAG = '0' and SERVICESTATUS = '3'`;

/** Counts both files. */
export function summaryOf(book: Book, order: { readonly seed: number; readonly size: Size; readonly asOf: string }): Summary {
  const one = (sql: string): number => Number(book.county.prepare(sql).get()?.['n'] ?? 0);
  const dirty: Record<Dataset, Record<string, number>> = { items: {}, cases: {}, licences: {} };
  for (const row of book.truth.prepare('select dataset, outcome, count(*) as n from fate group by 1, 2 order by 1, 2').all()) {
    dirty[row['dataset'] as Dataset][String(row['outcome'])] = Number(row['n']);
  }
  const expected: Record<string, number> = {};
  for (const row of book.truth.prepare('select tbl, count(*) as n from expected group by tbl order by tbl').all()) expected[String(row['tbl'])] = Number(row['n']);
  return {
    seed: order.seed,
    size: order.size,
    asOf: order.asOf,
    published: {
      items: one(`select count(*) as n from SXSERVICE where ${publishedItems}`),
      cases: one(`select count(*) as n from QLCASE where ${publishedCases}`),
      licences: one(`select count(*) as n from DZZZ_ZZXX where ZZZT in ('2', '3')`),
    },
    dirty,
    expected,
    figures: figuresOf(one),
  };
}

function figuresOf(one: (sql: string) => number): Readonly<Record<string, number>> {
  const items = (condition: string): number => one(`select count(*) as n from SXSERVICE where ${publishedItems} and ${condition}`);
  const all = items('1');
  const days = `select sum(PROMISEDAY) * 1.0 / sum(LAWDAY) as n from SXSERVICE where ${publishedItems} and typeof(PROMISEDAY) = 'integer' and PROMISEDAY >= 0`;
  return {
    fullyOnlinePercent: Math.round((100 * items('ONSITETIMES = 0')) / all),
    instantPercent: Math.round((100 * items(`CASETYPE = '0'`)) / all),
    promisedCutPercent: Math.round(100 - 100 * one(days)),
    terminalItems: items(`TERMINALFLAG = '1'`),
    townItems: items(`SITETYPE = '2'`),
    villageItems: items(`SITETYPE = '3'`),
    zoneItems: items(`SITETYPE = '4'`),
    scannedLicenceItems: items(`SCANLICENCEFLAG = '1'`),
    licenceTypes: one(`select count(distinct LXDM) as n from DZZZ_ZZXX where ZZZT in ('2', '3') and LXDM <> 'ZZ9999'`),
    townsWithItems: one(`select count(distinct TOWNCODE) as n from SXSERVICE where ${publishedItems} and SITETYPE = '2'`),
    terminalDepartments: one(`select count(distinct ORGANOID) as n from SYSTERMINAL where USEFLAG = '1'`),
    terminals: one(`select count(distinct TERMINALCODE) as n from QLCASE where ${publishedCases} and TERMINALCODE like 'ZZJ%'`),
  };
}
