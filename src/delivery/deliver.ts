import type { Batch } from '../record/batch.ts';
import { Failure } from '../record/failure.ts';
import type { Limits } from '../port/profile.ts';
import { carriedOf, type Carried, type CourierSetting } from './carried.ts';
import { compose, plannedOf, type Load, type Planned } from './compose.ts';
import { carry } from './courier.ts';
import { endedOf } from './settle.ts';
import { ledgerOfWhole } from './plan.ts';
import { Settling } from './settling.ts';

/** One dataset's way to the region. */
export interface Delivery extends Omit<CourierSetting, 'settling'> {
  readonly dataset: string;
  readonly limits: Limits;
  /** True while the intake may still bring more: then batches wait until they are full. */
  readonly moreToCome: () => boolean;
  /** Resolves when the intake has kept something or ended. */
  readonly news: () => Promise<void>;
  readonly progress: (records: number) => void;
}

type Way = Delivery & CourierSetting;

/** Batches written down in one transaction, ahead of their sending. */
const writtenAhead = 4;

/**
 * Delivers until nothing of the dataset may travel any more, or the signal says stop. Batches that an earlier process
 * left open come first, and are asked after before they are sent again.
 */
export async function deliver(delivery: Delivery): Promise<void> {
  const settling = new Settling(delivery.store, delivery.clock, (settled) => {
    delivery.progress(settled.reduce((sum, one) => sum + one.delivered.length + one.quarantined.length, 0));
  });
  const way: Way = { ...delivery, settling };
  try {
    await carryLeftovers(way);
    await settling.flush();
    await new Pump(way).run();
  } finally {
    await settling.flush();
  }
  if (settling.failure !== null) throw settling.failure;
}

/** Keeps as many batches under way as the region takes at once. */
class Pump {
  readonly #way: Way;
  readonly #inFlight = new Set<Promise<void>>();
  #written: Carried[] = [];
  #failure: unknown = null;

  constructor(way: Way) {
    this.#way = way;
  }

  async run(): Promise<void> {
    const { settling, signal, limits, moreToCome } = this.#way;
    while (!signal.aborted && this.#failure === null && settling.failure === null) {
      if (this.#inFlight.size >= limits.connections) await Promise.race(this.#inFlight);
      else {
        const couldCome = moreToCome();
        if (this.#written.length === 0) this.#written = await writeNext(this.#way, this.#inFlight.size > 0 || settling.busy);
        const carried = this.#written.shift();
        if (carried !== undefined) this.#launch(carried);
        else if (!(await this.#waited(couldCome))) break;
      }
    }
    await Promise.all(this.#inFlight);
    if (this.#failure !== null) throw this.#failure;
  }

  #launch(carried: Carried): void {
    const flight: Promise<void> = carry(this.#way, carried)
      .then(() => undefined, (cause: unknown) => {
        this.#failure = cause;
      })
      .finally(() => this.#inFlight.delete(flight));
    this.#inFlight.add(flight);
  }

  /** Waits for something that may bring more to do; false when nothing can, and nothing could before the store was last read. */
  async #waited(couldCome: boolean): Promise<boolean> {
    const { settling, moreToCome, news } = this.#way;
    if (this.#inFlight.size > 0) {
      await Promise.race([...this.#inFlight, news()]);
      return true;
    }
    if (settling.busy) {
      await settling.flush();
      return true;
    }
    if (!moreToCome()) return couldCome;
    await news();
    return true;
  }
}

/** The next batches, written down; full ones only while more may come to fill the last. */
async function writeNext(way: Way, busy: boolean): Promise<Carried[]> {
  const { limits, store, dataset } = way;
  const ready = await store.ready(dataset, limits.recordsPerBatch * writtenAhead);
  const planned = ready.map(plannedOf);
  if (await finishUnmoved(way, planned.filter((one) => one.plan.length === 0))) return writeNext(way, busy);
  const loads = compose(planned, { records: limits.recordsPerBatch, bytes: limits.bytesPerBatch });
  const full = loads.filter((load) => load.full);
  const going = way.moreToCome() || (busy && full.length > 0) ? full : loads;
  if (going.length === 0) return [];
  const carried = going.slice(0, writtenAhead).map((load) => carriedOf(way, dataset, load));
  const written = new Set(await store.write(carried.map((one) => one.batch), way.clock.wallMs()));
  return carried.filter((one) => written.has(one.batch));
}

/** Nothing to ask of the region: it has just this already. False when there was none of that kind. */
async function finishUnmoved(delivery: Way, unmoved: readonly Planned[]): Promise<boolean> {
  if (unmoved.length === 0) return false;
  await delivery.store.finish(
    delivery.dataset,
    unmoved.map((one) => endedOf(one, 0, ledgerOfWhole(one.envelope))),
    delivery.clock.wallMs(),
  );
  delivery.progress(0);
  return true;
}

async function carryLeftovers(delivery: Way): Promise<void> {
  for (const batch of await delivery.store.openBatches(delivery.dataset)) {
    if (delivery.signal.aborted) return;
    await carry(delivery, await recall(delivery, batch), 'ask');
  }
}

/** The batch as it was written: made again from its envelopes; its digest proves whether the bytes are the same. */
async function recall(delivery: Way, batch: Batch): Promise<Carried> {
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
