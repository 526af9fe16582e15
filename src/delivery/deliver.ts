import type { RefusalRule } from '../record/job.ts';
import type { GateStore } from '../port/gates.ts';
import type { Limits } from '../port/profile.ts';
import type { DeliveryStore } from '../port/store.ts';
import { numbered, recall, type Carried, type CourierSetting } from './carried.ts';
import { compose, plannedOf, type Planned } from './compose.ts';
import { carry } from './courier.ts';
import { endedOf, givenBack } from './settle.ts';
import { ledgerOfWhole } from './plan.ts';
import { Refusals, type Outcome } from './refusals.ts';
import { Serving } from './serving.ts';
import { Settling } from './settling.ts';

/** One dataset's way to the region. */
export interface Delivery extends Omit<CourierSetting, 'settling' | 'serving' | 'refusals' | 'store'> {
  readonly store: DeliveryStore & Pick<GateStore, 'gate' | 'keepGate'>;
  readonly dataset: string;
  readonly limits: Limits;
  /** Absent: as usual. */
  readonly refusalRule?: RefusalRule;
  /** What the region made of the records last answered; goes on from run to run. */
  readonly latest?: Outcome[];
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
  const { dataset, store, clock, refusalRule, latest } = delivery;
  const refusals = new Refusals({ dataset, store, clock, ...(refusalRule === undefined ? {} : { rule: refusalRule }), ...(latest === undefined ? {} : { latest }) });
  await refusals.begin();
  await delivery.breaker.look();
  const settling = new Settling(store, clock, (settled) => {
    delivery.progress(settled.reduce((sum, one) => sum + one.delivered.length + one.quarantined.length, 0));
  });
  const way: Way = { ...delivery, settling, refusals, serving: new Serving(delivery.limits.recordsPerBatch) };
  try {
    await carryLeftovers(way);
    await settling.flush();
    await new Pump(way).run();
  } finally {
    await settling.flush();
  }
  await refusals.keep();
  const failure = settling.failure ?? refusals.failure;
  if (failure !== null) throw failure;
}

/** A single record goes first while the region is not known to be well, or to have changed its mind again. */
function wary({ breaker, refusals }: Way): boolean {
  return breaker.wary() || refusals.wary;
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
    const { settling, signal, limits, moreToCome, refusals, breaker } = this.#way;
    while (!signal.aborted && !breaker.idle() && this.#failure === null && settling.failure === null && refusals.failure === null) {
      if (this.#inFlight.size >= (wary(this.#way) ? 1 : limits.connections)) await Promise.race(this.#inFlight);
      else {
        const couldCome = moreToCome();
        if (this.#written.length === 0) this.#written = await writeNext(this.#way, this.#inFlight.size > 0 || settling.busy);
        const carried = this.#written.shift();
        if (carried !== undefined) this.#launch(carried);
        else if (!(await this.#waited(couldCome))) break;
      }
    }
    await Promise.all(this.#inFlight);
    if (settling.failure === null) await this.#giveBack();
    if (this.#failure !== null) throw this.#failure;
  }

  /** Batches written down and never sent go back to the line: nobody need ask after them. */
  async #giveBack(): Promise<void> {
    const { store, clock } = this.#way;
    if (this.#written.length > 0) await store.settle(this.#written.map(({ batch }) => givenBack(batch, clock.wallMs())));
    this.#written = [];
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
  const { limits, store, dataset, serving } = way;
  const [records, most] = wary(way) ? [1, 1] : [serving.records, writtenAhead];
  const ready = await store.ready(dataset, records * most);
  const planned = ready.map(plannedOf);
  if (await finishUnmoved(way, planned.filter((one) => one.plan.length === 0))) return writeNext(way, busy);
  const loads = compose(planned, { records, bytes: limits.bytesPerBatch });
  const full = loads.filter((load) => load.full);
  const going = way.moreToCome() || (busy && full.length > 0) ? full : loads;
  if (going.length === 0) return [];
  return numbered(way, { dataset, loads: going.slice(0, most) }, async (carried) => {
    const written = new Set(await store.write(carried.map((one) => one.batch), way.clock.wallMs()));
    return carried.filter((one) => written.has(one.batch));
  });
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
