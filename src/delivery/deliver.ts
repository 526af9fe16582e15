import type { Batch } from '../record/batch.ts';
import { Failure } from '../record/failure.ts';
import type { Limits } from '../port/profile.ts';
import { carriedOf, type Carried, type CourierSetting } from './carried.ts';
import { compose, plannedOf, type Load, type Planned } from './compose.ts';
import { carry } from './courier.ts';
import { endedOf } from './settle.ts';
import { ledgerOfWhole } from './plan.ts';

/** One dataset's way to the region. */
export interface Delivery extends CourierSetting {
  readonly dataset: string;
  readonly limits: Limits;
  /** True while the intake may still bring more: then batches wait until they are full. */
  readonly moreToCome: () => boolean;
  /** Resolves when the intake has kept something or ended. */
  readonly news: () => Promise<void>;
  readonly progress: (records: number) => void;
}

/**
 * Delivers until nothing of the dataset may travel any more, or the signal says stop. Batches that an earlier process
 * left open come first, and are asked after before they are sent again.
 */
export async function deliver(delivery: Delivery): Promise<void> {
  await carryLeftovers(delivery);
  const inFlight = new Set<Promise<void>>();
  let failure: unknown = null;
  let loads: Load[] = [];
  while (!delivery.signal.aborted && failure === null) {
    if (inFlight.size >= delivery.limits.connections) {
      await Promise.race(inFlight);
      continue;
    }
    if (loads.length === 0) loads = await nextLoads(delivery, inFlight.size > 0);
    const load = loads.shift();
    if (load === undefined) {
      if (inFlight.size > 0) await Promise.race([...inFlight, delivery.news()]);
      else if (delivery.moreToCome()) await delivery.news();
      else break;
      continue;
    }
    const carried = carriedOf(delivery, delivery.dataset, load);
    if (!(await delivery.store.write(carried.batch, delivery.clock.wallMs()))) {
      loads = [];
      continue;
    }
    const flight: Promise<void> = carryOne(delivery, carried)
      .catch((cause: unknown) => {
        failure = cause;
      })
      .finally(() => inFlight.delete(flight));
    inFlight.add(flight);
  }
  await Promise.all(inFlight);
  if (failure !== null) throw failure;
}

async function carryOne(delivery: Delivery, carried: Carried): Promise<void> {
  if ((await carry(delivery, carried)) === 'settled') delivery.progress(carried.load.entries.length);
}

/** The next batches, full ones only while more may come to fill the last. */
async function nextLoads(delivery: Delivery, othersInFlight: boolean): Promise<Load[]> {
  const { limits, store, dataset } = delivery;
  const ready = await store.ready(dataset, limits.recordsPerBatch * 2);
  const planned = ready.map(plannedOf);
  await finishUnmoved(delivery, planned.filter((one) => one.plan.length === 0));
  const loads = compose(planned, { records: limits.recordsPerBatch, bytes: limits.bytesPerBatch });
  if (!delivery.moreToCome() && !othersInFlight) return loads;
  const full = loads.filter((load) => load.full);
  return full.length > 0 || delivery.moreToCome() ? full : loads;
}

/** Nothing to ask of the region: it has just this already. */
async function finishUnmoved(delivery: Delivery, unmoved: readonly Planned[]): Promise<void> {
  if (unmoved.length === 0) return;
  await delivery.store.finish(
    delivery.dataset,
    unmoved.map((one) => endedOf(one, 0, ledgerOfWhole(one.envelope))),
    delivery.clock.wallMs(),
  );
}

async function carryLeftovers(delivery: Delivery): Promise<void> {
  for (const batch of await delivery.store.openBatches(delivery.dataset)) {
    if (delivery.signal.aborted) return;
    await carry(delivery, await recall(delivery, batch), 'ask');
  }
}

/** The batch as it was written: made again from its envelopes; its digest proves whether the bytes are the same. */
async function recall(delivery: Delivery, batch: Batch): Promise<Carried> {
  const found = await delivery.store.members(batch.members.map((member) => member.seq));
  const bySeq = new Map(found.map((ready) => [ready.envelope.seq, plannedOf(ready)]));
  const planned = batch.members.map((member) => {
    const one = bySeq.get(member.seq);
    if (one === undefined) throw new Failure('BATCH_WITHOUT_ENVELOPE', { batch: batch.no });
    return one;
  });
  const entries = batch.members.flatMap((member, index) => planned[index]?.plan.slice(member.from, member.from + member.count) ?? []);
  const load: Load = { table: batch.table, members: batch.members, planned, entries, full: true };
  const parcel = delivery.region.wrap({ no: batch.no, table: batch.table, time: batch.time }, entries);
  return { batch, load, parcel, stale: parcel.digest !== batch.digest };
}
