import type { Clock } from '../port/clock.ts';
import type { InterfaceProfile } from '../port/profile.ts';
import type { Region } from '../port/region.ts';
import type { DeliveryStore } from '../port/store.ts';
import type { Batch } from '../record/batch.ts';
import { Failure } from '../record/failure.ts';
import { recall } from './carried.ts';
import { givenBack, settlementOf } from './settle.ts';

/** What a person has heard from the region of a batch in doubt: all of it is in effect, or nothing is. */
export type Heard = 'arrived' | 'never-arrived';

/** A batch that a person concludes, by whose word, and why that is believed. */
export interface Conclusion {
  readonly no: string;
  readonly heard: Heard;
  readonly who: string;
  readonly why: string;
  readonly datasets: readonly string[];
  readonly profile: InterfaceProfile;
  readonly store: Pick<DeliveryStore, 'openBatches' | 'members' | 'settle'>;
  readonly region: Pick<Region, 'wrap'>;
  readonly clock: Pick<Clock, 'wallMs'>;
}

/** What the ways to a region say of a batch that only people can tell of: it cannot be asked after, or lies there in part. */
const peopleMustTell: readonly string[] = ['ASK_NOT_POSSIBLE', 'ROWS_PARTLY_THERE'];

/** Whether a batch waits for a person's word, by what was last heard of it. */
export function waitsForPeople(lastHeard: string | null): boolean {
  return peopleMustTell.includes(lastHeard?.split(' ')[0] ?? '');
}

/**
 * Concludes a batch of which the region cannot be asked: its records have arrived, or go back to the line and travel anew.
 * Throws a Failure: `WHO_AND_WHY`, `BATCH_CAN_BE_ASKED` where the region itself can say, `BATCH_NOT_OPEN` when none of that number is in doubt.
 */
export async function concludeBatch({ no, heard, who, why, datasets, profile, store, region, clock }: Conclusion): Promise<Batch> {
  if (who.trim() === '' || why.trim() === '') throw new Failure('WHO_AND_WHY');
  if (profile.transport === 'http' && !('cannot' in profile.ask)) throw new Failure('BATCH_CAN_BE_ASKED', { batch: no });
  const batch = (await Promise.all(datasets.map((dataset) => store.openBatches(dataset)))).flat().find((one) => one.no === no);
  if (batch === undefined) throw new Failure('BATCH_NOT_OPEN', { batch: no });
  const at = clock.wallMs();
  const attempt = { batch: no, at, kind: 'ask' as const, verdict: heard === 'arrived' ? 'settled' : 'never-seen', detail: `${who.trim()}: ${why.trim()}`.slice(0, 200) };
  if (heard === 'never-arrived') await store.settle([{ ...givenBack(batch, at), attempt }]);
  else {
    const { load } = await recall({ store, region }, batch);
    const receipts = load.entries.map(({ rowGuid }) => ({ rowGuid, verdict: 'accepted' as const, code: '' }));
    await store.settle([settlementOf(load, receipts, { batch: no, at, attempt })]);
  }
  return batch;
}
