import type { Clock, Luck } from '../port/clock.ts';
import type { Region } from '../port/region.ts';
import type { DeliveryStore } from '../port/store.ts';
import type { Batch, Parcel } from '../record/batch.ts';
import { Failure } from '../record/failure.ts';
import type { Breaker } from './breaker.ts';
import { plannedOf, type Load } from './compose.ts';
import type { Refusals } from './refusals.ts';
import type { Serving } from './serving.ts';
import type { Settling } from './settling.ts';

/** What carrying needs. */
export interface CourierSetting {
  readonly store: DeliveryStore;
  readonly region: Region;
  readonly breaker: Breaker;
  /** Where answered batches are handed, to be settled several at a time. */
  readonly settling: Settling;
  /** How many records travel together. */
  readonly serving: Serving;
  /** Whether the region has begun to refuse in a wave. */
  readonly refusals: Refusals;
  readonly clock: Clock;
  readonly luck: Luck;
  /** The region's code, with which batch numbers begin. */
  readonly regionCode: string;
  /** Minutes east of Greenwich of the region's local time. */
  readonly zoneMinutes: number;
  /** Aborted when carrying must end soon: by a person, or because patience has run out. */
  readonly signal: AbortSignal;
}

/** A batch with its bytes at hand. */
export interface Carried {
  readonly batch: Batch;
  readonly load: Load;
  readonly parcel: Parcel;
  /** The interface has changed since it was written: it may be asked after, but not sent again. */
  readonly stale: boolean;
}

/** How often numbers are drawn: that one has been used twice running is luck no more. */
const mostDraws = 3;

/**
 * Gives loads their numbers and has them kept, all or none. Where a number has been used, nothing is kept and all are
 * numbered anew; a Failure `BATCH_NO_TAKEN` when that happens again and again.
 */
export async function numbered<T>(setting: CourierSetting, { dataset, loads }: { readonly dataset: string; readonly loads: readonly Load[] }, keep: (carried: readonly Carried[]) => Promise<T>): Promise<T> {
  for (let draw = 1; ; draw += 1) {
    try {
      return await keep(loads.map((load) => carriedOf(setting, dataset, load)));
    } catch (cause) {
      if (!(cause instanceof Failure && cause.code === 'BATCH_NO_TAKEN') || draw === mostDraws) throw cause;
    }
  }
}

/** Gives a load its number, its time and its bytes. */
function carriedOf(setting: CourierSetting, dataset: string, load: Load): Carried {
  const no = newBatchNo(setting);
  const time = localTime(setting);
  const parcel = setting.region.wrap({ no, table: load.table, time }, load.entries);
  const batch: Batch = {
    no, dataset, table: load.table, state: 'open', members: load.members, time, digest: parcel.digest, count: load.entries.length,
  };
  return { batch, load, parcel, stale: false };
}

/** The batch as it was written: made again from its envelopes; its digest proves whether the bytes are the same. */
export async function recall({ store, region }: { readonly store: Pick<DeliveryStore, 'members'>; readonly region: Pick<Region, 'wrap'> }, batch: Batch): Promise<Carried> {
  const found = await store.members(batch.members.map((member) => member.seq));
  const bySeq = new Map(found.map((ready) => [ready.envelope.seq, plannedOf(ready)]));
  const planned = batch.members.map((member) => {
    const one = bySeq.get(member.seq);
    if (one === undefined) throw new Failure('BATCH_WITHOUT_ENVELOPE', { batch: batch.no });
    return one;
  });
  const entries = batch.members.flatMap((member, index) => planned[index]?.plan.slice(member.from, member.from + member.count) ?? []);
  const load: Load = { table: batch.table, members: batch.members, planned, entries, full: true };
  const parcel = region.wrap({ no: batch.no, table: batch.table, time: batch.time }, entries);
  return { batch, load, parcel, stale: parcel.digest !== batch.digest };
}

/** 6 digits of the county, 14 of the time, 12 of luck: 32 characters. */
function newBatchNo(setting: CourierSetting): string {
  let luck = '';
  for (let index = 0; index < 12; index += 1) luck += '0123456789abcdefghijklmnopqrstuvwxyz'[Math.floor(setting.luck() * 36)] ?? '0';
  return setting.regionCode.slice(0, 6) + localTime(setting).replaceAll(/\D/g, '') + luck;
}

function localTime({ clock, zoneMinutes }: CourierSetting): string {
  return new Date(clock.wallMs() + zoneMinutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}
