import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { LookingStore, Store } from '../../src/port/store.ts';
import { deliveryStore } from './delivery.ts';
import { Desk } from './desk.ts';
import { intakeStore } from './intake.ts';
import { judgingStore } from './judging.ts';
import { takeLock, type Lock } from './lock.ts';
import { lookStore } from './look.ts';
import { qualityStore } from './quality.ts';
import { runStore } from './runs.ts';
import { openDatabase } from './schema.ts';

/** The gateway's memory in one SQLite file, for one writing process at a time. `holder` tells others who that is. */
export function openStore(file: string, holder: string): Store {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lock = takeLock(file, holder);
  const database = openUnder(lock, file);
  const desk = new Desk(database);
  return {
    ...intakeStore(desk), ...deliveryStore(desk), ...runStore(desk), ...lookStore(desk),
    close: async () => {
      database.close();
      lock.release();
    },
  };
}

/** A store that cannot be opened is not held either. */
function openUnder(lock: Lock, file: string): DatabaseSync {
  try {
    return openDatabase(file, 'write');
  } catch (cause) {
    lock.release();
    throw cause;
  }
}

/** The same memory for looking and judging only; works while another process writes. */
export function openStoreToLook(file: string): LookingStore {
  return looking(openDatabase(file, 'read'));
}

/** A memory in which nothing has happened yet; it goes with the process. */
export function openEmptyStore(): LookingStore {
  return looking(openDatabase(':memory:', 'write'));
}

function looking(database: DatabaseSync): LookingStore {
  const desk = new Desk(database);
  return { ...lookStore(desk), ...judgingStore(desk), ...qualityStore(desk), lastRuns: runStore(desk).lastRuns, close: async () => database.close() };
}
