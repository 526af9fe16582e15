import { type Seconds, stamp } from './calendar.ts';
import { caseNumbers, composeCase } from './case-compose.ts';
import { resultToCounty, stepToCounty } from './case-encode.ts';
import { writeCleanCase } from './cases.ts';
import { type Day, expectedRows, setColumns } from './day.ts';
import { itemsWithCases } from './day-items.ts';
import { mendSome } from './day-mend.ts';
import type { RegionRow } from './region-row.ts';

const place = (id: string) => ({ table: 'QLCASE', key: 'CASEOID', id });

/** A day at the counters: new cases, steps and results of running ones, one case deleted, some put right. */
export function changeCases(day: Day, published: number): void {
  newCases(day, Math.max(4, Math.round(published / 260)));
  const running = day.book.county.prepare(`select 1 from QLCASE where CASEOID = ? and CASESTATUS = '2'`);
  const isRunning = (key: string): boolean => running.get(key) !== undefined;
  for (const key of day.take('cases', Math.max(1, Math.round(published / 800)), isRunning)) advance(day, key, false);
  for (const key of day.take('cases', Math.max(1, Math.round(published / 800)), isRunning)) advance(day, key, true);
  for (const key of day.take('cases', 1, (one) => !isRunning(one))) {
    setColumns(day.book, place(key), { DELFLAG: '1', MODIFYDATE: day.moment() });
    day.book.forget('cases', key);
    day.touched.cases.gone += 1;
  }
  mendSome(day, 'cases', Math.max(1, Math.round(published / 8000)));
}

/** Cases applied for this morning; most instant ones are finished by the evening. */
function newCases(day: Day, count: number): void {
  const { book, luck, touched } = day;
  const items = itemsWithCases(day, Math.min(count, 200));
  const numbers = caseNumbers(5000 + luck.int(4000));
  if (items.length === 0) return;
  for (let n = 0; n < count; n += 1) {
    const applied = day.opens + luck.int(3 * 3600);
    const truth = composeCase({ item: luck.pick(items), applied, until: day.opens + 8 * 3600, numbers }, luck);
    writeCleanCase(book, truth);
    touched.cases.new += 1;
  }
}

/** One more step of a running case, and its end when the step is the last. */
function advance(day: Day, key: string, last: boolean): void {
  const { book, luck, touched } = day;
  const rows = expectedRows(book, 'cases', key);
  const accept = rows.find(({ table }) => table === 'up_pro_accept')?.row as RegionRow;
  const number = String(accept['project_no']);
  const before = latestEnd(rows);
  const ended = Math.max(before + 60, day.opens) + luck.between(60, 1800);
  const step: RegionRow = {
    row_guid: luck.guid(), project_no: number, process_name: last ? '决定' : '审查', event_name: '1', event_start_time: stamp(before), event_end_time: stamp(ended),
    handle_user_name: accept['handle_user_name'] ?? null, handle_explain: last ? '准予，办结。' : '经审查，符合条件。', remark: null,
  };
  book.put('step', stepToCounty(step, key));
  book.expect('cases', key, [{ table: 'up_pro_process', row: step }]);
  if (last) {
    const result: RegionRow = {
      row_guid: luck.guid(), project_no: number, result_type: '0', result_date: stamp(ended), result_explain: '准予，已办结。', result_cetr_name: null,
      result_cetr_no: null, is_delivery_results: '0', handle_user_name: accept['handle_user_name'] ?? null, satisfaction: null, remark: null,
    };
    book.put('result', resultToCounty(result, key));
    book.expect('cases', key, [{ table: 'up_pro_result', row: result }]);
  }
  const finished = last ? { CASESTATUS: '3', CONCLUDEDATE: stamp(ended), CERTWAY: '1' } : {};
  setColumns(book, place(key), { ...finished, MODIFYDATE: stamp(ended + 1) });
  touched.cases.changed += 1;
}

/** When the last thing in a case ended, or when it was accepted. */
function latestEnd(rows: readonly { readonly table: string; readonly row: RegionRow }[]): Seconds {
  const texts = rows.flatMap(({ row }) => [row['event_end_time'], row['end_time'], row['accept_date']]).filter((text) => typeof text === 'string');
  const latest = texts.toSorted().at(-1) as string;
  return Date.parse(`${latest.replace(' ', 'T')}Z`) / 1000;
}
