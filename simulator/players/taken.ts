import { sm3 } from '../answer.ts';
import { takeBatch } from '../batch-intake.ts';
import { endured } from '../endure.ts';
import { ailing, type UpReceipt } from '../receipts.ts';
import type { UpRecord } from '../record-check.ts';
import type { Call, Region } from '../region.ts';

/** What came in one call, in the names of the region's tables. */
export interface Came {
  readonly table: string;
  readonly records: readonly UpRecord[];
}

/** Why nothing of it could be taken: there is no such table, or the records are none. */
export interface NotTaken {
  readonly fault: string;
}

/** Takes what came as one batch under the number its records carry; null when the caller left before anything was done. */
export async function taken(region: Region, call: Call, { table: name, records }: Came): Promise<readonly UpReceipt[] | NotTaken | null> {
  const table = region.tables.get(name);
  if (table === undefined) return { fault: '没有这张数据表' };
  const [first] = records;
  const batchNo = first?.['cd_batch'];
  if (first === undefined || typeof batchNo !== 'string' || batchNo === '') return { fault: '没有记录或批次号' };
  if (!(await endured(region, call))) return null;
  const batch = { batchNo, dataSource: String(first['data_source']), digest: sm3(JSON.stringify(records)), records };
  return ailing(takeBatch(region, table, { batch, struck: call.struck }), call.struck);
}

/** The records of a list, each with its fields in the names of the table. */
export function inTableNames(region: Region, table: string, list: unknown, spell: (field: string) => string): readonly UpRecord[] {
  const names = new Map([...(region.tables.get(table)?.names ?? [])].map((field) => [spell(field), field]));
  if (!Array.isArray(list)) return [];
  return list.map((record) => Object.fromEntries(Object.entries(record as object).map(([name, value]) => [names.get(name) ?? name, value as unknown])));
}

/** `project_no` as `projectNo`. */
export function camelCase(field: string): string {
  return field.replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `project_no` as `ProjectNo`. */
export function pascalCase(field: string): string {
  return camelCase(field).replace(/^./, (letter) => letter.toUpperCase());
}

/** The body as JSON; undefined when it is none. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value under a name, when the other is a block. */
export function under(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
