import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../src/port/clock.ts';
import type { Drop, Dropped } from '../../src/port/drop.ts';
import type { FilesSetting } from '../../src/port/source-setting.ts';

/** A county's folder as a door: what is handed in becomes a file of JSON Lines in it, and is read like every other. */
export function openDrop(setting: FilesSetting, clock: Clock): Drop {
  const busy = new Set<string>();
  const tables = Object.entries(setting.tables).filter(([, table]) => table.format === 'jsonl' && table.file.includes('*')).map(([name]) => name);
  return {
    tables,
    put: async (table, key, body) => {
      const pattern = setting.tables[table]?.file ?? '';
      const mark = hashOf(`${table} ${key}`);
      if (busy.has(mark)) return { state: 'busy' };
      busy.add(mark);
      try {
        return await put(setting, { pattern, mark, body, ms: clock.wallMs() });
      } finally {
        busy.delete(mark);
      }
    },
  };
}

/** The name tells key and content by their hashes, so that what has been handed in is known again after a restart, also when it has been read and put away. */
async function put(setting: FilesSetting, { pattern, mark, body, ms }: { readonly pattern: string; readonly mark: string; readonly body: Uint8Array; readonly ms: number }): Promise<Dropped> {
  const lines = linesOf(body);
  if (lines === null) return { state: 'unreadable' };
  const content = hashOf(body);
  const { folder, done, complete } = setting;
  await mkdir(folder, { recursive: true });
  const earlier = [...await readdir(folder), ...await readdir(done).catch(() => [])].find((name) => name.includes(`-${mark}-`) && !name.startsWith('.'));
  if (earlier !== undefined) return earlier.includes(`-${mark}-${content}`) ? { state: 'kept', again: true, records: lines.length } : { state: 'different' };
  const name = pattern.replace('*', () => `${String(ms).padStart(15, '0')}-${mark}-${content}`);
  await writeDurably(folder, `.${name}.part`, `${lines.join('\n')}\n`);
  await rename(join(folder, `.${name}.part`), join(folder, name));
  if (complete.by === 'flag') await writeDurably(folder, name + complete.ending, '');
  await syncFolder(folder);
  return { state: 'kept', again: false, records: lines.length };
}

async function writeDurably(folder: string, name: string, text: string): Promise<void> {
  const file = await open(join(folder, name), 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Each record on a line of its own, its numbers as they were written; null when the body is no list of objects. */
function linesOf(body: Uint8Array): readonly string[] | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body).trim();
    const records = text.startsWith('[') ? asWritten(text) : text.split('\n').filter((line) => line.trim() !== '').map(asWritten);
    const usable = Array.isArray(records) && records.length > 0 && records.every((record) => typeof record === 'object' && record !== null && !Array.isArray(record) && !exactJson.isRawJSON(record));
    return usable ? records.map((record) => JSON.stringify(record)) : null;
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) return null;
    throw cause;
  }
}

/** Of the newest ECMAScript, and not yet in the compiler's own types. */
const exactJson = JSON as unknown as { readonly rawJSON: (text: string) => unknown; readonly isRawJSON: (value: unknown) => boolean };

/** Numbers keep the text they came in: 9007199254740993 and 1.10. */
function asWritten(text: string): unknown {
  const keep = (_key: string, value: unknown, context?: { readonly source?: string }): unknown => (typeof value === 'number' ? exactJson.rawJSON(context?.source ?? String(value)) : value);
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown);
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
