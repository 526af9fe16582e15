import type { Ready } from '../port/store.ts';
import type { Entry, Member } from '../record/batch.ts';
import { planOf } from './plan.ts';

/** An envelope with its plan. */
export interface Planned extends Ready {
  readonly plan: readonly Entry[];
}

/** A batch to be: entries of one table, and whose they are. */
export interface Load {
  readonly table: string;
  readonly members: readonly Member[];
  readonly entries: readonly Entry[];
  readonly planned: readonly Planned[];
  /** Another entry would not have fitted. */
  readonly full: boolean;
}

export interface Capacity {
  readonly records: number;
  readonly bytes: number;
}

/** Bytes that control fields and the head of a batch add. */
const overheadPerEntry = 160;
const overheadPerBatch = 512;

export function plannedOf(ready: Ready): Planned {
  return { ...ready, plan: planOf(ready.envelope, ready.ledger) };
}

/** Fills batches with the next entries of each envelope, oldest first; an envelope stands in one batch at a time. */
export function compose(planned: readonly Planned[], capacity: Capacity): Load[] {
  const open = new Map<string, Filling>();
  const loads: Load[] = [];
  for (const one of planned) {
    const next = one.plan[one.envelope.position];
    if (next === undefined) continue;
    let filling = open.get(next.table);
    if (filling === undefined || !filling.takes(one)) {
      if (filling !== undefined) loads.push(filling.load(true));
      filling = new Filling(next.table, capacity);
      filling.takes(one);
      open.set(next.table, filling);
    }
  }
  for (const filling of open.values()) loads.push(filling.load(filling.entries >= capacity.records));
  return loads.filter((load) => load.entries.length > 0);
}

class Filling {
  readonly #table: string;
  readonly #capacity: Capacity;
  readonly #members: Member[] = [];
  readonly #entries: Entry[] = [];
  readonly #planned: Planned[] = [];
  readonly #rowGuids = new Set<string>();
  #bytes = overheadPerBatch;

  constructor(table: string, capacity: Capacity) {
    this.#table = table;
    this.#capacity = capacity;
  }

  /** Takes as many of the envelope's next entries as belong to this table and fit; false when not one does. */
  takes(one: Planned): boolean {
    const from = one.envelope.position;
    let count = 0;
    for (let index = from; index < one.plan.length; index += 1) {
      const entry = one.plan[index];
      if (entry === undefined || entry.table !== this.#table) break;
      const bytes = Buffer.byteLength(entry.body) + overheadPerEntry;
      if (!this.#fits(entry, bytes)) break;
      this.#entries.push(entry);
      this.#rowGuids.add(entry.rowGuid);
      this.#bytes += bytes;
      count += 1;
    }
    if (count === 0) return false;
    this.#members.push({ seq: one.envelope.seq, from, count });
    this.#planned.push(one);
    return true;
  }

  get entries(): number {
    return this.#entries.length;
  }

  load(full: boolean): Load {
    return { table: this.#table, members: this.#members, entries: this.#entries, planned: this.#planned, full };
  }

  /** The first entry of an empty batch always fits: a record larger than a batch is for the region to refuse. */
  #fits(entry: Entry, bytes: number): boolean {
    if (this.#entries.length === 0) return true;
    return this.#entries.length < this.#capacity.records
      && !this.#rowGuids.has(entry.rowGuid)
      && this.#bytes + bytes <= this.#capacity.bytes;
  }
}
