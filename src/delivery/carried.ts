import type { Clock, Luck } from '../port/clock.ts';
import type { Region } from '../port/region.ts';
import type { DeliveryStore } from '../port/store.ts';
import type { Batch, Parcel } from '../record/batch.ts';
import type { Breaker } from './breaker.ts';
import type { Load } from './compose.ts';
import type { Settling } from './settling.ts';

/** What carrying needs. */
export interface CourierSetting {
  readonly store: DeliveryStore;
  readonly region: Region;
  readonly breaker: Breaker;
  /** Where answered batches are handed, to be settled several at a time. */
  readonly settling: Settling;
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

/** Gives a load its number, its time and its bytes. */
export function carriedOf(setting: CourierSetting, dataset: string, load: Load): Carried {
  const no = newBatchNo(setting);
  const time = localTime(setting);
  const parcel = setting.region.wrap({ no, table: load.table, time }, load.entries);
  const batch: Batch = {
    no, dataset, table: load.table, state: 'open', members: load.members, time, digest: parcel.digest, count: load.entries.length,
  };
  return { batch, load, parcel, stale: false };
}

/** 6 digits of the county, 14 of the time, 12 of luck: 32 characters that are never used twice. */
function newBatchNo(setting: CourierSetting): string {
  let luck = '';
  for (let index = 0; index < 12; index += 1) luck += '0123456789abcdefghijklmnopqrstuvwxyz'[Math.floor(setting.luck() * 36)] ?? '0';
  return setting.regionCode.slice(0, 6) + localTime(setting).replaceAll(/\D/g, '') + luck;
}

function localTime({ clock, zoneMinutes }: CourierSetting): string {
  return new Date(clock.wallMs() + zoneMinutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}
