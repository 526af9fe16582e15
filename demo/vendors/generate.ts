import { DatabaseSync } from 'node:sqlite';
import { dayStart, daySeconds } from '../county/calendar.ts';
import { appliedBetween, caseNumbers, composeCase, type CaseTruth } from '../county/case-compose.ts';
import type { Dataset } from '../county/dataset.ts';
import { composeItem, type ItemTruth } from '../county/item-compose.ts';
import { itemPlans } from '../county/item-plan.ts';
import { refOf } from '../county/items.ts';
import { licenceTypes } from '../county/licence-types.ts';
import { freshLicence } from '../county/licences.ts';
import { luckOf, type Luck } from '../county/luck.ts';
import { bodyOf, type Expected } from '../county/region-row.ts';
import { bare, createTable, type CountyRow } from '../county/schema.ts';
import type { Vendor, VendorDirt, Written } from './vendor.ts';

/** A few dozen rows of each dataset, and one row of every kind of dirt the vendor knows. */
export interface VendorOrder {
  readonly file: string;
  readonly truthFile: string;
  readonly seed: number;
}

const clean = { items: 24, cases: 36, licences: 36 } as const;
const until = dayStart('2026-11-20') + 18 * 3600;

/** Writes a made-up county of the vendor's shape and the truth about it; the same seed gives the same rows. */
export function generateVendor(vendor: Vendor, { file, truthFile, seed }: VendorOrder): void {
  const pen = newPen(vendor, file, truthFile);
  for (const [table, row] of vendor.ground) pen.put(table, row);
  const dirt = (dataset: Dataset): readonly VendorDirt[] => vendor.dirt.filter((one) => one.dataset === dataset);
  const itemLuck = luckOf(seed, `${vendor.name}-items`);
  const count = clean.items + dirt('items').length;
  const items = itemPlans(count, luckOf(seed, `${vendor.name}-plan`)).map((plan, n) => composeItem({ n, plan, until }, itemLuck));
  pen.all('items', items.map((truth) => ({ written: vendor.item(truth) })), dirt('items'));
  const licenceLuck = luckOf(seed, `${vendor.name}-licences`);
  const licences = Array.from({ length: clean.licences + dirt('licences').length }, (_, n) =>
    freshLicence({ n, type: licenceTypes[n % licenceTypes.length] as (typeof licenceTypes)[number], until }, licenceLuck));
  pen.all('licences', licences.map((truth) => ({ written: vendor.licence(truth) })), dirt('licences'));
  const cases = freshCases(items.slice(0, clean.items), clean.cases + dirt('cases').length, luckOf(seed, `${vendor.name}-cases`));
  pen.all('cases', cases.map((truth, n) => ({ written: vendor.case(truth, licences[n % clean.licences] as (typeof licences)[number]) })), dirt('cases'));
  pen.close();
}

/** Every dirty one must have a step, a material and a result to be spoilt; the clean ones also stand half-way. */
function freshCases(items: readonly ItemTruth[], count: number, luck: Luck): readonly CaseTruth[] {
  const numbers = caseNumbers();
  const from = until - 200 * daySeconds;
  const refs = items.map((item, n) => refOf(item, n));
  const found: CaseTruth[] = [];
  while (found.length < count) {
    const settled = found.length >= clean.cases;
    const truth = composeCase({ item: luck.pick(refs), applied: appliedBetween(from, settled ? 120 : 198, luck), until, numbers }, luck);
    if (!settled || (truth.result !== null && truth.steps.length > 1)) found.push(truth);
  }
  return found;
}

interface Pen {
  put(table: string, row: CountyRow): void;
  /** Writes the records; the last ones each with one kind of dirt. */
  all(dataset: Dataset, records: readonly { readonly written: Written }[], dirt: readonly VendorDirt[]): void;
  close(): void;
}

function newPen(vendor: Vendor, file: string, truthFile: string): Pen {
  const [county, truth] = [new DatabaseSync(file), new DatabaseSync(truthFile)];
  for (const table of vendor.tables) county.exec(createTable(table));
  truth.exec(`create table expected (dataset text not null, key text not null, tbl text not null, guid text not null, body text not null);
    create table fate (dataset text not null, key text not null, kind text not null, outcome text not null, code text);`);
  county.exec('begin');
  truth.exec('begin');
  const expected = truth.prepare('insert into expected (dataset, key, tbl, guid, body) values (?, ?, ?, ?, ?)');
  const fate = truth.prepare('insert into fate (dataset, key, kind, outcome, code) values (?, ?, ?, ?, ?)');
  const put = (table: string, row: CountyRow): void => {
    const shape = vendor.tables.find((one) => one.name === table);
    const columns = (shape?.columns ?? []).map(bare);
    const strange = Object.keys(row).filter((column) => !columns.includes(column));
    if (shape === undefined || strange.length > 0) throw new Error(`${table} has no ${strange.join(', ')}`);
    county.prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`).run(...columns.map((column) => row[column] ?? null));
  };
  const expect = (dataset: Dataset, key: string, rows: readonly Expected[]): void => {
    for (const each of rows) expected.run(dataset, key, each.table, String(each.row['row_guid']), bodyOf(each));
  };
  return {
    put,
    all: (dataset, records, dirt) => {
      for (const [n, { written }] of records.entries()) {
        const kind = dirt[n - (records.length - dirt.length)];
        const rows = written.county.map(([table, row]) => [table, { ...row }] as [string, CountyRow]);
        const key = String(written.county[0]?.[1][bare(vendor.tables.find((one) => one.name === written.county[0]?.[0])?.columns[0] ?? '')] ?? '');
        kind?.soil(rows);
        for (const [table, row] of rows) put(table, row);
        if (kind !== undefined) fate.run(dataset, key, kind.kind, kind.outcome, kind.code);
        if (kind?.outcome !== 'quarantined') expect(dataset, key, written.expected);
      }
    },
    close: () => {
      for (const database of [county, truth]) {
        database.exec('commit');
        database.close();
      }
    },
  };
}
