import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { BulletinStore } from '../../src/port/bulletins.ts';
import type { ConsoleReading } from '../../src/port/finding.ts';
import type { LookingStore, Store, TellingStore } from '../../src/port/store.ts';
import { backUp } from './back-up.ts';
import { bulletinStore } from './bulletins.ts';
import { comparisonStore } from './comparisons.ts';
import { Desk } from './desk.ts';
import { explainingStore } from './explaining.ts';
import { Fence, leaseIn } from './fence.ts';
import { findStore } from './finding.ts';
import { gateStore } from './gates.ts';
import { indicatorStore } from './indicators.ts';
import { judgingStore } from './judging.ts';
import { lockIfFree, takeLock, type Lock } from './lock.ts';
import { lookStore } from './look.ts';
import { missedStore } from './missed.ts';
import { markOf, mustBeThere, type Mark } from './mark.ts';
import { qualityStore } from './quality.ts';
import { restStore } from './rest.ts';
import { retentionStore } from './retention.ts';
import { runStore } from './runs.ts';
import { emptyLog, openDatabase } from './schema.ts';
import { sidesOf } from './sides.ts';
import { telling } from './troubles.ts';

/**
 * The gateway's memory in one SQLite file, for one writing process at a time. `holder` tells others who that is.
 * `taking-over` is for a store whose holder gives no sign of life and still has the lock: from then on it can write nothing.
 * Throws a Failure `STORE_BUSY` while that holder is paused inside a transaction: come again.
 */
export function openStore(file: string, holder: string, how: 'free' | 'taking-over' = 'free'): Store {
  telling(() => mkdirSync(dirname(file), { recursive: true, mode: 0o700 }));
  let lock = how === 'free' ? takeLock(file, holder) : null;
  const { database, fence, mark } = openUnder(lock, file, holder);
  const desk = new Desk(database, fence);
  const sides = sidesOf(desk);
  return {
    ...sides,
    endRun: async (run, end) => {
      const counts = await sides.endRun(run, end);
      mark.move();
      return counts;
    },
    renewLease: async (at) => {
      desk.syncing(() => fence.renew(at));
      lock ??= lockIfFree(file, holder);
    },
    close: async () => {
      try {
        telling(() => fence.release());
        mark.move();
      } finally {
        database.close();
        lock?.release();
      }
    },
  };
}

/** Who takes over comes again soon; who waited for a paused transaction would hold up all else that the process does. */
const soonMs = 200;

/** A store that cannot be opened is not held either. */
function openUnder(lock: Lock | null, file: string, holder: string): { readonly database: DatabaseSync; readonly fence: Fence; readonly mark: Mark } {
  let database: DatabaseSync | null = null;
  try {
    mustBeThere(file);
    database = openDatabase(file, 'write', lock === null ? soonMs : undefined);
    if (lock !== null) emptyLog(database);
    return { database, mark: markOf(file, database), fence: Fence.take(database, holder) };
  } catch (cause) {
    database?.close();
    lock?.release();
    throw cause;
  }
}

/** For a person's word to a gateway that runs: it may hold the store while this is written. */
export function openStoreToTell(file: string): TellingStore {
  const database = openDatabase(file, 'write');
  const desk = new Desk(database);
  return { sayGate: gateStore(desk).sayGate, keepComparison: comparisonStore(desk).keepComparison, close: async () => database.close() };
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
  const { gates, gateWords } = gateStore(desk);
  return {
    ...lookStore(desk), ...judgingStore(desk), ...qualityStore(desk), ...explainingStore(desk), ...indicatorStore(desk), lastRuns: runStore(desk).lastRuns,
    expired: retentionStore(desk).expired, resting: restStore(desk).resting, comparisons: comparisonStore(desk).comparisons, gates, gateWords, missed: missedStore(desk).missed,
    lease: async () => leaseIn(database),
    backUp: async (to) => backUp(database, to),
    close: async () => database.close(),
  };
}

/** What the console's pages read; like everything read here it works while another process or thread writes. */
export function openStoreForPages(file: string): ConsoleReading {
  const database = openDatabase(file, 'read');
  const desk = new Desk(database);
  const { gates, gateWords } = gateStore(desk);
  return {
    ...lookStore(desk), ...qualityStore(desk), ...findStore(desk, file), comparisons: comparisonStore(desk).comparisons, lastRuns: runStore(desk).lastRuns,
    gates, gateWords, missed: missedStore(desk).missed, ...closed(desk), resting: restStore(desk).resting, close: async () => database.close(),
  };
}

function closed(desk: Desk): Pick<BulletinStore, 'closedMonths' | 'bulletin'> {
  const { closedMonths, bulletin } = bulletinStore(desk);
  return { closedMonths, bulletin };
}
