import type { Request } from 'express';
import { Refusal } from './refusal.ts';

const mostBytes = 20 * 2 ** 20;

/** The workbook somebody sends, read only after it is known that they may; no more of it than a sheet can have. */
export async function sheetIn(request: Request): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostBytes) throw new Refusal(413, 'BODY_TOO_LARGE', { most: mostBytes });
    parts.push(part);
  }
  return Buffer.concat(parts);
}
