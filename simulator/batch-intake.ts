import type { BatchBody } from './batch-body.ts';
import { numberOf, textOf } from './illness.ts';
import type { Illness } from './illness.ts';
import { orderFault } from './order-check.ts';
import type { Holds } from './order-check.ts';
import type { CompiledTable, Fault, UpRecord } from './record-check.ts';
import type { UpReceipt } from './receipts.ts';
import type { Region } from './region.ts';
import type { RegionStore } from './region-store.ts';

/** Checks every record of a batch, lets the good ones take effect and keeps the answer: all of it in one transaction. */
export function takeBatch(region: Region, table: CompiledTable, work: { readonly batch: BatchBody; readonly struck: readonly Illness[] }): readonly UpReceipt[] {
  const { store, counts } = region;
  const { batch, struck } = work;
  const receipts = store.transaction(() => {
    const id = store.nextBatchId();
    const judge = judgeOf(store, table, work);
    const applied: string[] = [];
    let operations = '';
    const given = batch.records.map((record, at): UpReceipt => {
      const rowGuid = guidOf(record);
      const fault = judge(record, at) ?? effect(region, table, { record, rowGuid, batch: id });
      if (fault === 'there-already') return { rowGuid, code: '3', message: '[记录]记录已存在' };
      if (fault !== null) return { rowGuid, code: '2', ...fault };
      applied.push(rowGuid);
      operations += String(record['cd_operation']);
      return warning(struck, rowGuid, at);
    });
    const clean = given.every((receipt) => receipt.code === '0');
    store.keep(id, {
      no: batch.batchNo, digest: batch.digest, table: table.name, at: region.wallMs(),
      rowGuids: given.map((receipt) => receipt.rowGuid), applied, operations, answer: clean ? null : JSON.stringify(given),
    });
    return given;
  });
  const refused = receipts.filter((receipt) => receipt.code === '2').length;
  counts.batches += 1;
  counts.refused += refused;
  counts.accepted += receipts.length - refused;
  return receipts;
}

function guidOf(record: UpRecord): string {
  const guid = record['row_guid'];
  return typeof guid === 'string' ? guid : '';
}

type Judge = (record: UpRecord, at: number) => Fault | null;

function judgeOf(store: RegionStore, table: CompiledTable, { batch, struck }: { readonly batch: BatchBody; readonly struck: readonly Illness[] }): Judge {
  const holds = remembering(store.holds);
  const whims = struck.map(whimOf).filter((whim) => whim !== null);
  return (record, at) => {
    const fault = table.check(record, batch) ?? orderFault(table.name, record, holds);
    if (fault !== null || whims.length === 0) return fault;
    for (const whim of whims) {
      const refusal = whim(record, at);
      if (refusal !== null) return refusal;
    }
    return null;
  };
}

/** A batch is of one table and points to others, so what was found once holds for the whole batch. */
function remembering(holds: Holds): Holds {
  const known = new Map<string, boolean>();
  return (table, field, value) => {
    const name = `${table}.${field}=${value}`;
    const found = known.get(name) ?? holds(table, field, value);
    known.set(name, found);
    return found;
  };
}

function effect({ store, player }: Region, table: CompiledTable, row: { readonly record: UpRecord; readonly rowGuid: string; readonly batch: number }): Fault | 'there-already' | null {
  const operation = row.record['cd_operation'];
  if (operation === 'I') {
    if (player.repeats === 'told' && store.has(table.name, row.rowGuid)) return 'there-already';
    if (player.repeats === 'replaced' && store.update(table.name, row.rowGuid, table.write(row.record))) return null;
    store.insert(table.name, row.rowGuid, table.write(row.record), row.batch);
    return null;
  }
  const found = operation === 'U' ? store.update(table.name, row.rowGuid, table.write(row.record)) : store.remove(table.name, row.rowGuid);
  return found ? null : { field: 'row_guid', message: '[记录]要修改或撤回的记录不存在' };
}

/** A refusal that only an ill region utters. */
function whimOf(illness: Illness): Judge | null {
  const { kind, params } = illness;
  if (kind === 'dictionary') {
    const field = textOf(illness, 'field', '');
    const lost = textOf(illness, 'code', '');
    const fault = { field, message: `[字段]${field}不在代码表中（代码表已更新）` };
    return (record) => (String(record[field] ?? '').split(/[,^]/u).includes(lost) ? fault : null);
  }
  if (kind !== 'partial' || textOf(illness, 'code', '2') !== '2') return null;
  const fault = { field: textOf(illness, 'field', 'row_guid'), message: textOf(illness, 'message', '[记录]数据校验未通过') };
  const chosen = Array.isArray(params['rowGuids']) ? new Set<unknown>(params['rowGuids']) : null;
  const first = numberOf(illness, 'count', 1);
  return (record, at) => ((chosen === null ? at < first : chosen.has(record['row_guid'])) ? fault : null);
}

function warning(struck: readonly Illness[], rowGuid: string, at: number): UpReceipt {
  const doubt = struck.find((illness) => illness.kind === 'partial' && textOf(illness, 'code', '2') === '1');
  if (doubt === undefined || at >= numberOf(doubt, 'count', 1)) return { rowGuid, code: '0' };
  return { rowGuid, code: '1', message: textOf(doubt, 'message', '[记录]已接收，数据存疑') };
}
