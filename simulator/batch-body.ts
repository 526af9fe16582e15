import { isUtf8 } from 'node:buffer';
import { sm3 } from './answer.ts';
import type { UpRecord } from './record-check.ts';

/** A batch as it arrived, counted and proven by its digest. */
export interface BatchBody {
  readonly batchNo: string;
  readonly dataSource: string;
  readonly digest: string;
  readonly records: readonly UpRecord[];
}

/** Why a body is no batch: the region's code and words. */
export interface BodyFault {
  readonly code: 400 | 413;
  readonly message: string;
}

/** A batch holds at most so many records. */
export const recordsAtMost = 500;
/** A body has at most so many bytes (2 MiB). */
export const bytesAtMost = 2_097_152;

/** Reads a body into a batch; count and digest must agree with the records that are there. */
export function readBatch(bytes: Buffer): BatchBody | BodyFault {
  if (!isUtf8(bytes)) return fault('[批次]正文不是 UTF-8 编码');
  const body = parsed(bytes.toString('utf8'));
  if (!isObject(body)) return fault('[批次]正文不是 JSON 对象');
  const { batchNo, dataSource, count, digest, records } = body;
  if (typeof batchNo !== 'string' || batchNo === '' || batchNo.length > 32) return fault('[批次]批次号应为1至32个字符');
  if (typeof dataSource !== 'string') return fault('[批次]缺少数据来源');
  if (!Array.isArray(records) || records.length === 0 || !records.every(isObject)) return fault('[批次]没有记录');
  if (records.length > recordsAtMost) return { code: 413, message: `[批次]超过${recordsAtMost}条` };
  if (count !== records.length) return fault('[批次]记录数与正文不符');
  if (typeof digest !== 'string' || !proves(digest, bytes, records)) return fault('[批次]摘要与正文不符');
  return { batchNo, dataSource, digest, records };
}

const opening = Buffer.from('"records":');

/** The engine writes the records last, so their text is a slice of the body; any other layout is written out again. */
function proves(digest: string, bytes: Buffer, records: readonly UpRecord[]): boolean {
  const start = bytes.indexOf(opening) + opening.length;
  return sm3(bytes.subarray(start, bytes.length - 1)) === digest || sm3(JSON.stringify(records)) === digest;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is UpRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fault(message: string): BodyFault {
  return { code: 400, message };
}
