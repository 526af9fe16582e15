import { type Day, amend, expectedRows, setColumns } from './day.ts';
import { mendSome } from './day-mend.ts';
import type { ItemRef } from './items.ts';
import { departments } from './departments.ts';

const place = (id: string) => ({ table: 'SXSERVICE', key: 'SERVICEOID', id });

/** A day in the catalogue: corrections, one without a trace, one item withdrawn, one put right. */
export function changeItems(day: Day, published: number): void {
  const { book, luck, touched } = day;
  const corrected = day.take('items', Math.max(2, Math.round(published / 250)));
  for (const key of corrected) {
    const way = `电话：0477-000${luck.digits(4)}（演示）`;
    setColumns(book, place(key), { CONSULTWAY: way, MODIFYDATE: day.moment() });
    amendBasic(day, key, { link_way: way });
  }
  const silent = day.take('items', 1);
  for (const key of silent) {
    const way = `电话：0477-12345（演示）；意见箱：${luck.between(1, 60)} 号窗口旁`;
    setColumns(book, place(key), { SUPERVISEWAY: way });
    amendBasic(day, key, { supervise_way: way });
  }
  const named = book.county.prepare('select 1 from QLCASE where SERVICEOID = ? limit 1');
  const promised = book.truth.prepare(`select 1 from mend where dataset = 'cases' and instr(county, ?) > 0 limit 1`);
  const withdrawn = day.take('items', 1, (key) => named.get(key) === undefined && promised.get(key) === undefined);
  for (const key of withdrawn) {
    setColumns(book, place(key), { SERVICESTATUS: '5', MODIFYDATE: day.moment() });
    book.forget('items', key);
  }
  touched.items.changed += corrected.length + silent.length;
  touched.items.silent += silent.length;
  touched.items.gone += withdrawn.length;
  mendSome(day, 'items', 1);
}

function amendBasic({ book }: Day, key: string, fields: Readonly<Record<string, string>>): void {
  for (const table of ['up_task_general_basic', 'up_task_public_basic']) amend(book, { dataset: 'items', key, table }, fields);
}

/** Items that cases are about already and that the region holds, as new cases need to know them. */
export function itemsWithCases({ book, luck }: Day, most: number): readonly ItemRef[] {
  const oids = book.county.prepare(`select distinct SERVICEOID as oid from QLCASE where DELFLAG = '0' order by 1`).all().map((row) => String(row['oid']));
  const refs: ItemRef[] = [];
  for (let tries = 0; refs.length < most && tries < most * 4; tries += 1) {
    const oid = luck.pick(oids);
    const rows = expectedRows(book, 'items', oid);
    const basic = rows.find(({ table }) => table.endsWith('_basic'))?.row;
    const extend = rows.find(({ table }) => table.endsWith('_extend'))?.row;
    const published = book.county.prepare('select SITETYPE as site from SXSERVICE where SERVICEOID = ?').get(oid);
    if (basic === undefined || extend === undefined || published === undefined) continue;
    refs.push({
      oid,
      organ: departments.findIndex(({ uscc }) => uscc === basic['dept_code']),
      taskCode: String(basic['task_code']),
      handleItem: String(basic['task_handle_item']),
      catalogue: String(basic['catalog_code']),
      localCatalogue: String(basic['local_catalog_code']),
      localTask: String(basic['local_task_code']),
      name: String(basic['task_name']),
      version: Number(basic['task_version']),
      instant: basic['project_type'] === '1',
      promiseDays: Number(basic['promise_day']),
      resultName: extend['result_name'] === null ? null : String(extend['result_name']),
      site: ({ '1': 'hall', '2': 'town', '3': 'village', '4': 'zone' } as const)[String(published['site']) as '1'],
      atTerminal: extend['is_service_terminals'] === '1',
      online: extend['is_online'] === '1',
    });
  }
  return refs;
}
