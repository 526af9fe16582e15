import type { Judging } from '../intake/judge-page.ts';
import type { SetAside } from '../port/quality.ts';
import type { Change } from '../record/change.ts';
import type { Mapped } from '../record/envelope.ts';
import { Failure } from '../record/failure.ts';
import type { Standing } from '../record/standing.ts';

/** By what a dataset's records are examined today. */
export interface Today extends Pick<Judging, 'compare'> {
  readonly examine: (change: Change) => Mapped;
  /** Reads a row again at the county; rejects where the county cannot be reached. */
  readonly readAgain: (key: string) => Promise<Change>;
}

/** A record set aside, as today's files see it. */
export interface LookedAgain {
  readonly one: SetAside;
  readonly change: Change;
  readonly mapped: Mapped;
}

/**
 * Examines a record anew. One that our own checks set aside is examined by the row kept with it. One that the region refused
 * is read again at the county, because its row is not kept; where the county cannot be reached, what was sent is sent again
 * as it was. A row that lacks a column which today's mapping reads is read again too. Null: its row is not at hand.
 */
export async function lookAgain(one: SetAside, standing: Standing, today: Today): Promise<LookedAgain | null> {
  if (one.change !== null) {
    const mapped = examined(today, one.change);
    if (mapped !== null) return { one, change: one.change, mapped };
  }
  const again = await readAgain(today, one.key);
  const mapped = again === null ? null : examined(today, again);
  if (again !== null && mapped !== null) return { one, change: again, mapped };
  const sent = one.change === null ? asSent(one, standing) : null;
  return sent === null ? null : { one, ...sent };
}

function examined({ examine }: Today, change: Change): Mapped | null {
  try {
    return examine(change);
  } catch (cause) {
    if (cause instanceof Failure && cause.code === 'COLUMN_ABSENT') return null;
    throw cause;
  }
}

async function readAgain(today: Today, key: string): Promise<Change | null> {
  try {
    return await today.readAgain(key);
  } catch {
    return null;
  }
}

function asSent({ records, operation }: SetAside, { key, identity, fingerprint }: Standing): Omit<LookedAgain, 'one'> | null {
  const change: Change = { state: 'gone', key };
  if (operation === 'remove') return { change, mapped: change };
  // Without its body nothing can go: an empty version would take back all that the region has.
  if (records.length === 0) return null;
  return { change, mapped: { state: 'good', key, identity, need: null, records, problems: [], fingerprint } };
}
