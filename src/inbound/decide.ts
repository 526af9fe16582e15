import type { DownMapping } from '../mapping/down.ts';
import type { Conflict, InboundStore } from '../port/inbound.ts';
import type { Sink } from '../port/sink.ts';
import { Failure } from '../record/failure.ts';
import { textOf } from './row-plan.ts';

/** A person's decision on a contested column. */
export interface Deciding {
  readonly id: number;
  readonly side: 'region' | 'county';
  /** The state of the conflict that the person was shown (`shownAs`). */
  readonly seen: string;
  readonly by: string;
  readonly why: string;
  readonly at: number;
}

export interface DecidingParts {
  readonly store: Pick<InboundStore, 'conflict' | 'decide' | 'agreed' | 'conclude' | 'received'>;
  readonly sinkOf: (name: string) => Sink;
  readonly downs: readonly DownMapping[];
  readonly stamp: (wallMs: number, write: string) => string;
}

/** Names the state of a conflict as it is shown, without saying its values: how often the county's and the region's have moved on. */
export function shownAs({ countyMoved, regionMoved }: Pick<Conflict, 'countyMoved' | 'regionMoved'>): string {
  return `${countyMoved}.${regionMoved}`;
}

/**
 * Decides a conflict, provided that both values are still those that were shown. For the region its value is written at the
 * county; for the county its own stays, and goes up with the next run. Either way both sides agree from then on, and the
 * row is read again.
 */
export async function decideConflict(parts: DecidingParts, { id, side, seen, by, why, at }: Deciding): Promise<Conflict> {
  const { store } = parts;
  const conflict = await store.conflict(id);
  if (conflict === null || conflict.state !== 'open') throw new Failure('CONFLICT_NOT_OPEN', { id });
  await checkUnmoved(parts, conflict, seen);
  await write(parts, conflict, { side, at });
  const { resource, key, table, row, column, region } = conflict;
  const place = `${table} ${Object.keys(row).map((name) => `${name}=${row[name]}`).join(' ')}`;
  const agreed = (await store.agreed(resource, [key])).get(key) ?? {};
  await store.conclude({ resource, at, ended: [], conflicts: [], adopted: [], agreed: [{ key, rows: { ...agreed, [place]: { ...agreed[place], [column]: region } } }] });
  if (!(await store.decide(id, { state: side, by, why, at }))) throw new Failure('CONFLICT_NOT_OPEN', { id });
  return { ...conflict, state: side, by, why, decidedAt: at };
}

/** Records that came since and are not applied yet may say something else of the column: they are as unseen as a value that moved. */
const mostWaiting = 10_000;

async function checkUnmoved({ store }: DecidingParts, conflict: Conflict, seen: string): Promise<void> {
  const { id, resource, key, countyMoved, regionMoved } = conflict;
  const [county, region] = /^(\d+)\.(\d+)$/.exec(seen)?.slice(1).map(Number) ?? [];
  if (county === undefined || region === undefined || county > countyMoved || region > regionMoved) throw new Failure('CONFLICT_NOT_SHOWN', { id, seen: seen.slice(0, 20) });
  if (region < regionMoved) throw new Failure('CONFLICT_REGION_MOVED', { id });
  if (county < countyMoved) throw new Failure('CONFLICT_MOVED', { id });
  const waiting = await store.received(resource, mostWaiting);
  if (waiting.length === mostWaiting || waiting.some((one) => one.key === key)) throw new Failure('CONFLICT_REGION_MOVED', { id });
}

async function write(parts: DecidingParts, conflict: Conflict, { side, at }: Pick<Deciding, 'side' | 'at'>): Promise<void> {
  const { id, resource, table, row, column, county, region } = conflict;
  const down = parts.downs.find((one) => one.resource === resource);
  const record = down?.records.find((one) => one.table === table);
  if (down === undefined || record === undefined) throw new Failure('RESOURCE_UNKNOWN', { resource, known: parts.downs.map((one) => one.resource).join('、') });
  const sink = parts.sinkOf(down.sink);
  const current = (await sink.rows(table, [column], [row]))?.[0];
  const now = current === undefined ? undefined : textOf(current[column]);
  if (side === 'region' && now === region) return;
  if (current === undefined || now !== county) throw new Failure('CONFLICT_MOVED', { id });
  const set = { ...(side === 'region' ? { [column]: region } : {}), ...(record.stamp === undefined ? {} : { [record.stamp.column]: parts.stamp(at, record.stamp.write) }) };
  if (Object.keys(set).length === 0) return;
  const applied = await sink.apply({ mark: { stream: `conflict/${id}`, value: side }, writes: [{ kind: 'update', table, key: row, set, expect: { [column]: current[column] ?? null } }] });
  if (applied.state !== 'applied') throw new Failure('CONFLICT_MOVED', { id });
}
