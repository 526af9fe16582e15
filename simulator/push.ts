import { answer } from './answer.ts';
import type { Answer } from './answer.ts';
import { bytesAtMost, readBatch } from './batch-body.ts';
import type { BatchBody } from './batch-body.ts';
import { takeBatch } from './batch-intake.ts';
import { endured } from './endure.ts';
import { numberOf, textOf } from './illness.ts';
import { ailing } from './receipts.ts';
import type { UpReceipt } from './receipts.ts';
import type { CompiledTable } from './record-check.ts';
import type { Call, Region } from './region.ts';
import type { StoredBatch } from './region-store.ts';

/** `POST /v1/up/{table}`: a batch. Null when the caller hung up before anything was done. */
export async function push(region: Region, call: Call): Promise<Answer | null> {
  const table = region.tables.get(call.path.slice('/v1/up/'.length));
  if (table === undefined) return answer(400, '[批次]没有这张数据表');
  if (call.size > bytesAtMost) return answer(413, '[批次]正文超过2MiB');
  const batch = readBatch(call.body);
  if ('code' in batch) return answer(batch.code, batch.message);
  if (call.headers['idempotency-key'] !== batch.batchNo) return answer(400, '[批次]幂等键与批次号不一致');
  if (region.inFlight.has(batch.batchNo)) return answer(409, '[批次]同一批次正在处理');
  const stored = region.store.batch(batch.batchNo);
  if (stored !== null) return again(region, call, { batch, stored, table });
  region.inFlight.add(batch.batchNo);
  try {
    if (!(await endured(region, call))) return null;
    return first(region, call, { batch, table });
  } finally {
    region.inFlight.delete(batch.batchNo);
  }
}

/** `GET /v1/batches/{batchNo}`: what became of a batch. */
export function askAfter(region: Region, call: Call): Answer {
  const no = decodeURIComponent(call.path.slice('/v1/batches/'.length));
  const held = region.heldBack.get(no) ?? 0;
  if (region.inFlight.has(no) || held > 0) {
    if (held > 0) region.heldBack.set(no, held - 1);
    return answer(200, '处理中', { state: 'processing' });
  }
  const stored = region.store.batch(no);
  if (stored === null) return answer(200, '没有这个批次', { state: 'unknown' });
  return answer(200, '已处理', { state: 'done', receipts: ailing(receiptsOf(stored), call.struck) });
}

function first(region: Region, call: Call, { batch, table }: { readonly batch: BatchBody; readonly table: CompiledTable }): Answer {
  const poison = call.struck.find((illness) => illness.kind === 'refuse-batch'
    && batch.records.some((record) => record['row_guid'] === illness.params['rowGuid']));
  if (poison !== undefined) return answer(400, textOf(poison, 'message', '[批次]批次校验未通过，整批退回'));
  const receipts = takeBatch(region, table, { batch, struck: call.struck });
  const late = call.struck.find((illness) => illness.kind === 'receipts-late');
  if (late === undefined) return told(batch.batchNo, ailing(receipts, call.struck));
  region.heldBack.set(batch.batchNo, numberOf(late, 'asks', 1));
  return answer(202, '已接收，处理中', { batchNo: batch.batchNo, receipts: [] });
}

function again(region: Region, call: Call, seen: { readonly batch: BatchBody; readonly stored: StoredBatch; readonly table: CompiledTable }): Answer {
  const { batch, stored, table } = seen;
  if (stored.digest !== batch.digest || stored.table !== table.name) return answer(422, '[批次]同一批次号的内容与上次不同');
  region.counts.replays += 1;
  return told(stored.no, ailing(receiptsOf(stored), call.struck));
}

function receiptsOf(stored: StoredBatch): readonly UpReceipt[] {
  return stored.answer === null ? stored.rowGuids.map((rowGuid) => ({ rowGuid, code: '0' })) : (JSON.parse(stored.answer) as UpReceipt[]);
}

function told(batchNo: string, receipts: readonly UpReceipt[]): Answer {
  const refused = receipts.filter((receipt) => receipt.code === '2').length;
  const message = refused === 0 ? '成功' : `部分成功：${refused}条被退回`;
  return answer(refused === 0 ? 200 : 207, message, { batchNo, receipts });
}
