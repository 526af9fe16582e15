import { closeSync, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, readFileSync, readSync } from 'node:fs';
import { appendFile, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AuditEntry, AuditHead, AuditIndex, AuditTrail, Deed } from '../../src/port/audit.ts';
import { anchorLine, beginning, chained } from './chain.ts';
import { verifyAuditFiles } from './verify.ts';

/** Where the trail is kept, and with which key. */
export interface TrailSetting {
  readonly file: string;
  /** The second place: another disk if there is one. */
  readonly anchors: string;
  readonly key: Buffer;
  readonly index: AuditIndex;
  readonly zoneMinutes: number;
}

const chunkBytes = 2 ** 20;

interface Waiting {
  readonly deed: Deed;
  readonly done: (entry: AuditEntry) => void;
  readonly failed: (cause: unknown) => void;
}

/**
 * Opens the trail at its end. What a power cut left of an unfinished last line was never acknowledged, and is taken away. Where the
 * file ends before what has been found before, its end was cut off: numbers go on after the gap, which stays to be seen.
 */
export async function openAuditTrail(setting: TrailSetting): Promise<AuditTrail> {
  for (const file of [setting.file, setting.anchors]) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const found = setting.index.last();
  const entries = readBack(setting.file, found);
  const behind = entries.filter((entry) => entry.seq > found);
  if (behind.length > 0) setting.index.keep(behind);
  const last = entries.at(-1);
  const handle = await open(setting.file, 'a', 0o600);
  return trailOf(setting, new Writer(setting, handle, { seq: Math.max(last?.seq ?? 0, found), mac: last?.mac ?? beginning, at: last?.at ?? null }));
}

function trailOf(setting: TrailSetting, writer: Writer): AuditTrail {
  let anchoredAt: number | null = null;
  return {
    append: (deed) => writer.append(deed),
    find: async (query) => setting.index.find(query),
    head: () => writer.head,
    well: () => writer.well,
    anchor: async (at) => {
      const { seq, mac } = writer.head;
      await appendFile(setting.anchors, anchorLine({ at, seq, mac }, setting.key), { mode: 0o600, flush: true });
      anchoredAt = at;
    },
    anchoredAt: () => anchoredAt,
    verify: async () => verifyAuditFiles({ audit: setting.file, anchors: setting.anchors }, setting.key),
    file: () => readFileSync(setting.file),
    close: () => writer.close(),
  };
}

/** Writes what waits in one go and waits for the disk once: a flood of refusals does not cost a disk's patience each. */
class Writer {
  head: AuditHead;
  well = true;
  readonly #setting: TrailSetting;
  readonly #handle: FileHandle;
  #waiting: Waiting[] = [];
  #unfound: AuditEntry[] = [];
  #writing: Promise<void> | null = null;

  constructor(setting: TrailSetting, handle: FileHandle, head: AuditHead) {
    this.#setting = setting;
    this.#handle = handle;
    this.head = head;
  }

  append(deed: Deed): Promise<AuditEntry> {
    return new Promise((done, failed) => {
      this.#waiting.push({ deed, done, failed });
      this.#writing ??= this.#write();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const taken = this.#waiting;
      this.#waiting = [];
      const made = this.#chain(taken.map((one) => one.deed));
      try {
        await this.#keep(made.map((one) => one.line).join(''));
      } catch (cause) {
        this.well = false;
        for (const one of taken) one.failed(cause);
        continue;
      }
      const last = made.at(-1)?.entry;
      if (last !== undefined) this.head = { seq: last.seq, mac: last.mac, at: last.at };
      this.well = true;
      this.#find(made.map((one) => one.entry));
      for (const [at, one] of taken.entries()) one.done(made[at]?.entry ?? never());
    }
    this.#writing = null; // in the same breath as the look at the line: what comes next begins anew
  }

  #chain(deeds: readonly Deed[]): readonly ReturnType<typeof chained>[] {
    let { seq, mac } = this.head;
    return deeds.map((deed) => {
      const one = chained(deed, { seq: seq + 1, before: mac, zoneMinutes: this.#setting.zoneMinutes }, this.#setting.key);
      ({ seq, mac } = one.entry);
      return one;
    });
  }

  /** Half a line that a full disk has taken is taken away again, now or before the next line. */
  async #keep(text: string): Promise<void> {
    const { size } = await this.#handle.stat();
    try {
      await this.#handle.appendFile(text);
      await this.#handle.datasync();
    } catch (cause) {
      await this.#handle.truncate(size).catch(() => undefined);
      throw cause;
    }
  }

  /** The file is the evidence; what cannot be found yet is tried again with the next entry, and at the latest at the next start. */
  #find(entries: readonly AuditEntry[]): void {
    this.#unfound.push(...entries);
    try {
      this.#setting.index.keep(this.#unfound);
      this.#unfound = [];
    } catch {
      this.#unfound = this.#unfound.slice(-10_000);
    }
  }
}

/** The last entry, and before it all that cannot be found yet; read from the end, for the beginning may be years ago. */
function readBack(file: string, found: number): readonly AuditEntry[] {
  if (!existsSync(file)) return [];
  takeTornLine(file);
  const handle = openSync(file, 'r');
  try {
    let at = fstatSync(handle).size;
    let tail = Buffer.alloc(0);
    while (at > 0) {
      const size = Math.min(chunkBytes, at);
      const part = Buffer.alloc(size);
      readSync(handle, part, 0, size, at - size);
      at -= size;
      tail = Buffer.concat([part, tail]);
      const begin = at === 0 ? 0 : tail.indexOf(10) + 1;
      const entries = entriesIn(tail.subarray(begin).toString('utf8'));
      const [first] = entries;
      if (first !== undefined && first.seq <= found + 1) return entries;
      if (at === 0) return entries;
    }
    return [];
  } finally {
    closeSync(handle);
  }
}

/** What a power cut left of an unfinished last line was never acknowledged. */
function takeTornLine(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    const { size } = fstatSync(handle);
    for (let end = size; end > 0;) {
      const from = Math.max(0, end - chunkBytes);
      const part = Buffer.alloc(end - from);
      readSync(handle, part, 0, part.length, from);
      const last = part.lastIndexOf(10);
      if (last >= 0 || from === 0) {
        if (from + last + 1 < size) ftruncateSync(handle, from + last + 1);
        return;
      }
      end = from;
    }
  } finally {
    closeSync(handle);
  }
}

function entriesIn(text: string): readonly AuditEntry[] {
  return text.split('\n').filter((line) => line !== '').flatMap((line) => {
    try {
      return [JSON.parse(line) as AuditEntry];
    } catch {
      return [];
    }
  });
}

function never(): never {
  throw new Error('an entry without a line');
}
