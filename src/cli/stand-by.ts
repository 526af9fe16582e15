import type { Lease } from '../port/lease.ts';
import type { Store } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import type { Invocation } from './parts.ts';

/** How often a holder says that it is alive, and how often one that stands by looks. */
const beatMs = 5_000;
const lookMs = 2_000;
/** A holder from which nothing has been heard for so long is taken for paused or hung. */
const silenceMs = 60_000;

/**
 * Opens the store as soon as it is free, or its holder has gone silent; null when asked to end before. Two services on one
 * store are thus one that works and one that stands by.
 */
export async function storeWhenFree({ parts, texts }: Invocation, file: string): Promise<Store | null> {
  const { clock, signal } = parts;
  const watched = { told: false, taking: false, lease: '', sinceMs: 0 };
  while (!signal.aborted) {
    try {
      return parts.openStore(file, `${parts.processId}`);
    } catch (cause) {
      if (!(cause instanceof Failure && cause.code === 'STORE_HELD')) throw cause;
      if (!watched.told) parts.out(texts.say('cli.start.standingBy', cause.facts));
      watched.told = true;
      const lease = JSON.stringify(await leaseOf(parts, file));
      if (watched.lease !== lease) Object.assign(watched, { lease, sinceMs: clock.steadyMs() });
      else if (clock.steadyMs() - watched.sinceMs >= silenceMs) {
        if (!watched.taking) parts.out(texts.say('cli.start.takingOver', cause.facts));
        watched.taking = true;
        const store = takenOver(parts, file);
        if (store !== null) return store;
      }
    }
    await clock.rest(lookMs, signal);
  }
  return null;
}

/** Null while the silent holder is paused inside a transaction: its lock goes when it wakes up or ends, and not before. */
function takenOver(parts: Invocation['parts'], file: string): Store | null {
  try {
    return parts.openStore(file, `${parts.processId}`, 'taking-over');
  } catch (cause) {
    if (cause instanceof Failure && cause.code === 'STORE_BUSY') return null;
    throw cause;
  }
}

async function leaseOf({ exists, openStoreToLook }: Invocation['parts'], file: string): Promise<Lease | null> {
  if (!exists(file)) return null;
  const store = openStoreToLook(file);
  try {
    return await store.lease();
  } finally {
    await store.close();
  }
}

/** After these a process can no longer write the store, nor ever will. */
const final: ReadonlySet<string> = new Set(['STORE_LOST', 'STORE_UNSYNCED']);

/** Says every 5 s that the holder is alive, or tells once that this process can no longer write the store; gives what ends it. */
export function keepLease(store: Pick<Store, 'renewLease'>, { clock, every }: Pick<Invocation['parts'], 'clock' | 'every'>, lost: (failure: Failure) => void): () => Promise<void> {
  let beating = Promise.resolve();
  const stop = every(beatMs, () => {
    beating = beating.then(() => store.renewLease(clock.wallMs())).catch((cause: unknown) => {
      // Anything else passes: somebody writes just now, and for long.
      if (!(cause instanceof Failure && final.has(cause.code))) return;
      stop();
      lost(cause);
    });
  });
  return () => {
    stop();
    return beating;
  };
}
