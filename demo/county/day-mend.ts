import type { Mend } from './book.ts';
import type { Dataset } from './dataset.ts';
import type { Day } from './day.ts';
import { tables } from './schema.ts';

const timeColumns = { items: 'MODIFYDATE', cases: 'MODIFYDATE', licences: 'GXSJ' } as const;
const mainTables = { items: 'item', cases: 'case', licences: 'licence' } as const;
const children: Readonly<Record<Dataset, readonly (keyof typeof tables)[]>> = {
  items: ['itemMaterial', 'itemFee', 'itemQuestion'],
  cases: ['step', 'suspension', 'caseMaterial', 'result'],
  licences: [],
};

/** Somebody puts so many dirty records right: the county's rows become what they should have been, and the region should hold them. */
export function mendSome(day: Day, dataset: Dataset, count: number): void {
  const { book, luck, touched } = day;
  const found = book.truth.prepare('select key from mend where dataset = ? order by key').all(dataset).map((row) => String(row['key']));
  for (let n = 0; n < count && found.length > 0; n += 1) {
    const [key] = found.splice(luck.int(found.length), 1) as [string];
    mendOne(day, dataset, key);
    touched[dataset].new += 1;
    touched[dataset].mended += 1;
  }
}

function mendOne({ book, moment }: Day, dataset: Dataset, key: string): void {
  const row = book.truth.prepare('select county, rows from mend where dataset = ? and key = ?').get(dataset, key);
  const county = JSON.parse(String(row?.['county'])) as Mend['county'];
  const rows = JSON.parse(String(row?.['rows'])) as Mend['rows'];
  for (const child of children[dataset]) {
    const [, parent] = tables[child].columns;
    book.county.prepare(`delete from ${tables[child].name} where ${parent} = ?`).run(key);
  }
  for (const [table, right] of county) book.put(table, table === mainTables[dataset] ? { ...right, [timeColumns[dataset]]: moment() } : right);
  book.forget(dataset, key);
  book.expect(dataset, key, rows);
}
