import type { AccountStore } from '../../src/port/accounts.ts';
import type { AlarmStore } from '../../src/port/alarm.ts';
import type { AuditIndex } from '../../src/port/audit.ts';
import type { HolderStore } from '../../src/port/holders.ts';
import type { PauseStore } from '../../src/port/pause.ts';
import { accountStore } from './accounts.ts';
import { alarmStore } from './alarms.ts';
import { auditIndex } from './audit-index.ts';
import { holderStore } from './holders.ts';
import { pauseStore } from './pauses.ts';
import { openConsoleDatabase } from './schema.ts';

/** The console's own memory in one file: who may use it, what is wrong, and what was done. */
export interface ConsoleStore {
  readonly accounts: AccountStore;
  readonly alarms: AlarmStore;
  readonly audit: AuditIndex;
  readonly pauses: PauseStore;
  readonly holders: HolderStore;
  /** A whole copy, while it is in use. */
  copyTo(file: string): void;
  close(): void;
}

export function openConsoleStore(file: string): ConsoleStore {
  const database = openConsoleDatabase(file);
  return {
    accounts: accountStore(database),
    alarms: alarmStore(database),
    audit: auditIndex(database),
    pauses: pauseStore(database),
    holders: holderStore(database),
    copyTo: (copy) => void database.prepare('vacuum into ?').run(copy),
    close: () => database.close(),
  };
}
