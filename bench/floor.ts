/**
 * The floor: what the licence job costs when written by hand for nothing but this job. It reads, maps, checks, keeps in a
 * durable outbox, sends signed batches and keeps a receipt for every record. It survives a crash; it can do nothing else.
 *
 *     node bench/floor.ts COUNTY.db OUTBOX.db http://127.0.0.1:18080
 */
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { FloorLine } from './floor-line.ts';
import { FloorOutbox, type FloorBatch, type FloorReceipt, type Kept } from './floor-outbox.ts';
import { columns, licence, type Types } from './floor-record.ts';

const pageRows = 2000;
const batchRecords = 500;
const [countyFile = '', outboxFile = '', url = ''] = process.argv.slice(2);
const now = new Date(Date.now() + 8 * 3_600_000).toISOString();
const today = now.slice(0, 10).replaceAll('-', '');
const time = now.slice(0, 19).replace('T', ' ');

const county = new DatabaseSync(countyFile, { readOnly: true });
const outbox = new FloorOutbox(outboxFile);
const line = new FloorLine({
  url,
  appKey: process.env['QILIAN_REGION_APP_KEY'] ?? '',
  secret: process.env['QILIAN_REGION_APP_SECRET'] ?? '',
});
const types: Types = new Map(county.prepare('select LXDM, LXMC, GBLXDM from DZZZ_ZZLX').all().map((type) => [String(type['LXDM']), [String(type['LXMC']), String(type['GBLXDM'])]]));
const page = county.prepare(`select rowid, ${columns} from DZZZ_ZZXX where rowid > ? and ZZZT in ('2', '3') order by rowid limit ${pageRows}`);
page.setReturnArrays(true);

const before = outbox.restart();
let { cursor, seq, no } = before;
const seen = new Set<string>(before.identifiers);
let read = 0;

await line.open();
let flying = send(before.open);
for (;;) {
  await setImmediate(); // lets the batches just handed over leave before this thread is busy with the next page
  const rows = page.all(cursor) as unknown as readonly (readonly unknown[])[];
  const { good, bad } = make(rows);
  const batches = cut(good);
  const answered = await flying;
  // One transaction, one wait for the disk: the last page's receipts, this page's records, the cursor.
  outbox.transaction(() => {
    for (const { batch, receipts } of answered) outbox.settle(batch.no, receipts);
    for (const batch of batches) outbox.keep(batch);
    for (const [guid, fault] of bad) outbox.refuse(guid, fault);
    outbox.moveCursor(cursor);
  });
  flying = send(batches);
  read += rows.length;
  if (rows.length === 0 && answered.length === 0 && batches.length === 0) break;
}

process.stdout.write(`${JSON.stringify({ read, ...outbox.counts() })}\n`);
outbox.close();
county.close();
line.close();

function make(rows: readonly (readonly unknown[])[]): { readonly good: readonly Kept[]; readonly bad: readonly (readonly [string, string])[] } {
  const good: Kept[] = [];
  const bad: (readonly [string, string])[] = [];
  for (const [rowid, ...row] of rows) {
    const made = licence(row, types, { today, seen });
    if ('fault' in made) bad.push([made.guid, made.fault]);
    else good.push({ seq: (seq += 1), guid: made.guid, body: made.body });
    cursor = rowid as number;
  }
  return { good, bad };
}

function cut(records: readonly Kept[]): readonly FloorBatch[] {
  const batches: FloorBatch[] = [];
  for (let from = 0; from < records.length; from += batchRecords) {
    batches.push({ no: (no += 1), time, records: records.slice(from, from + batchRecords) });
  }
  return batches;
}

function send(batches: readonly FloorBatch[]): Promise<readonly { readonly batch: FloorBatch; readonly receipts: readonly FloorReceipt[] }[]> {
  return Promise.all(batches.map(async (batch) => ({ batch, receipts: await line.push(batch) })));
}
