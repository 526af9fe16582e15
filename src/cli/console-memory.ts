import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { AccountStore } from '../port/accounts.ts';
import type { AlarmStore } from '../port/alarm.ts';
import type { AuditIndex, AuditTrail } from '../port/audit.ts';
import type { Clock } from '../port/clock.ts';
import type { Log } from '../port/log.ts';
import type { HolderStore } from '../port/holders.ts';
import type { PauseStore } from '../port/pause.ts';
import { Failure } from '../record/failure.ts';

/** The console's own memory, opened: who may use it, what is wrong, what was done. */
export interface ConsoleMemory {
  readonly accounts: AccountStore;
  readonly alarms: AlarmStore;
  readonly pauses: PauseStore;
  readonly holders: HolderStore;
  readonly trail: AuditTrail;
  readonly key: Buffer;
  /** Its own database file. */
  readonly file: string;
  copyTo(file: string): void;
  close(): Promise<void>;
}

/** Where everything of the console is kept. */
export interface ConsoleFiles {
  readonly database: string;
  readonly audit: string;
  /** The second place of the audit's head: `QILIAN_AUDIT_ANCHORS`, best on another disk. */
  readonly anchors: string;
  readonly key: string;
}

export function consoleFiles(dataDir: string, env: Readonly<Record<string, string | undefined>>): ConsoleFiles {
  const told = env['QILIAN_AUDIT_ANCHORS'] ?? '';
  return {
    database: join(dataDir, 'console.db'), audit: join(dataDir, 'audit', 'audit.jsonl'), key: join(dataDir, 'console.key'),
    anchors: told === '' ? join(dataDir, 'anchors', 'audit-anchors.jsonl') : told,
  };
}

/** How the console's memory is opened; `src/main.ts` alone knows with what. */
export interface MemoryMakers {
  readonly openStore: (file: string) => { readonly accounts: AccountStore; readonly alarms: AlarmStore; readonly pauses: PauseStore; readonly holders: HolderStore; readonly audit: AuditIndex; copyTo(file: string): void; close(): void };
  readonly openTrail: (setting: { readonly file: string; readonly anchors: string; readonly key: Buffer; readonly index: AuditIndex; readonly zoneMinutes: number }) => Promise<AuditTrail>;
  readonly auditKey: (key: Buffer) => Buffer;
}

export async function openConsoleMemory(files: ConsoleFiles, zoneMinutes: number, makers: MemoryMakers): Promise<ConsoleMemory> {
  const key = consoleKey(files.key);
  const store = makers.openStore(files.database);
  const trail = await makers.openTrail({ file: files.audit, anchors: files.anchors, key: makers.auditKey(key), index: store.audit, zoneMinutes });
  return {
    accounts: store.accounts, alarms: store.alarms, pauses: store.pauses, holders: store.holders, trail, key, file: files.database,
    copyTo: (file) => store.copyTo(file),
    close: async () => {
      await trail.close();
      store.close();
    },
  };
}

/** The console's one key: made at the first start, readable by its owner alone; a copy of it belongs where the backups are not. */
export function consoleKey(file: string): Buffer {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600);
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) throw new Failure('KEY_OPEN_TO_OTHERS', { file });
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== 32) throw new Failure('KEY_WRONG', { file });
  return key;
}

/** Writes the audit's head down at the second place each minute, and in the log as a third, until the signal is aborted. */
export async function keepAnchored({ trail }: Pick<ConsoleMemory, 'trail'>, { clock, signal, log }: { readonly clock: Clock; readonly signal: AbortSignal; readonly log: Log }): Promise<void> {
  let anchored = -1;
  while (!signal.aborted) {
    const { seq, mac } = trail.head();
    if (seq !== anchored) {
      await trail.anchor(clock.wallMs()).then(() => {
        log.info('AUDIT_HEAD', { seq, mac });
        anchored = seq;
      }, (cause: unknown) => log.error('AUDIT_UNANCHORED', { reason: cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown' }));
    }
    await clock.rest(60_000, signal);
  }
}
