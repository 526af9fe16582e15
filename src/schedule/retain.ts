import type { Site } from '../config/site.ts';
import type { Clock } from '../port/clock.ts';
import type { KeptSince, RetentionStore } from '../port/retention.ts';

/** What one round of retention has done. */
export interface Retained {
  readonly bodies: number;
  readonly versions: number;
  /** Size of the store's file afterwards. */
  readonly bytes: number;
  readonly stopped: boolean;
}

/** What retention needs. */
export interface RetainSetting {
  readonly site: Pick<Site, 'retention' | 'datasets'>;
  readonly store: RetentionStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const dayMs = 86_400_000;

/** A leap year's day is given away: evidence is kept longer rather than shorter. */
const yearMs = 366 * dayMs;

/** How long things are kept, as moments. */
export function keptSince({ retention }: Pick<Site, 'retention'>, now: number): KeptSince {
  return { bodies: now - retention.bodyDays * dayMs, evidence: now - retention.evidenceYears * yearMs };
}

/** Purges what has been kept long enough, step by step, so that other work goes on between; then gives the space back. */
export async function retain({ site, store, clock, signal }: RetainSetting): Promise<Retained> {
  const since = keptSince(site, clock.wallMs());
  const keeping = (dataset: string): NonNullable<Site['datasets'][number]['department']> => site.datasets.find((one) => one.dataset === dataset)?.department ?? [];
  const goOn = async (): Promise<boolean> => {
    await clock.rest(0);
    return !signal.aborted;
  };
  let bodies = 0;
  for (let after: number | null = 0; after !== null && await goOn();) {
    const done = await store.purgeBodies(since, after, keeping);
    bodies += done.purged;
    after = done.next;
  }
  let versions = 0;
  for (let after: number | null = 0; after !== null && await goOn();) {
    const done = await store.purgeEvidence(since, after);
    versions += done.purged;
    after = done.next;
  }
  return { bodies, versions, bytes: await store.shrink(), stopped: signal.aborted };
}
