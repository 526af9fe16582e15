import type { Region } from '../../src/port/region.ts';
import type { Parcel } from '../../src/record/batch.ts';
import type { Answer, Fate, Receipt } from '../../src/record/receipt.ts';
import type { Dice } from './dice.ts';
import type { Notes } from './notes.ts';
import type { RegionRows } from './region-rows.ts';
import { placesOf } from './region-rows.ts';
import type { VirtualTime } from './virtual-world.ts';
import { calm, garbled, illnessOf, type Illness, type Weather } from './weather.ts';

interface Received {
  readonly body: string;
  outcome: readonly Receipt[] | 'refused' | 'in-progress';
}

/** What a region is made of. */
export interface RegionSetting {
  readonly rows: RegionRows;
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly notes: Notes;
  /** Digest of this batch as the gateway has it on disk; absent when it has not. */
  readonly writtenDown: (no: string) => string | undefined;
}

/** The region behind its interface: remembers batches by their number, falls ill by the weather, and minds its manners and ours. */
export class ModelRegion {
  weather: Weather = calm;
  readonly #received = new Map<string, Received>();
  /** Sent, and no answer has reached the gateway: it must ask before it sends again. */
  readonly #doubtful = new Set<string>();
  readonly #travelling = new Set<string>();
  readonly #setting: RegionSetting;

  constructor(setting: RegionSetting) {
    this.#setting = setting;
  }

  /** What the gateway calls; `rest` is the network's delay in the gateway's own time. */
  door(wrap: Region['wrap'], rest: (ms: number) => Promise<void>): Region {
    return {
      wrap, close: async () => undefined,
      push: async (parcel) => {
        const answer = this.#arrive(parcel, illnessOf(this.weather, this.#setting.dice));
        await rest(this.#delay());
        return answer;
      },
      ask: async ({ no }) => {
        const fate = this.#ask(no, illnessOf(this.weather, this.#setting.dice));
        await rest(this.#delay());
        return fate;
      },
    };
  }

  /** The gateway has heard this of a batch. */
  heard(no: string, kind: 'push' | 'ask', { verdict }: Fate): void {
    const { notes } = this.#setting;
    notes.tell(`${kind} ${no}: ${verdict}`);
    if (kind === 'ask') notes.sometimes(`an ask is answered ${verdict}`);
    for (const place of this.#travelling) if (place.startsWith(`${no}\t`)) this.#travelling.delete(place);
    if (verdict === 'never-seen' || (kind === 'push' && verdict === 'later')) this.#doubtful.delete(no);
  }

  /** The gateway's process has ended: nothing of it is on the road any more. */
  forsaken(): void {
    this.#travelling.clear();
  }

  #delay(): number {
    return this.weather.latencyMs === 0 ? 0 : this.#setting.dice.below(this.weather.latencyMs);
  }

  #arrive(parcel: Parcel, illness: Illness): Answer {
    const { notes, writtenDown } = this.#setting;
    const { no } = parcel;
    const digest = writtenDown(no);
    if (digest === undefined) notes.breach(`batch ${no} travels and is not written down`);
    else if (!textOf(parcel).includes(`"${digest}"`)) notes.breach(`batch ${no} travels with other bytes than were written down`);
    if (this.#doubtful.has(no)) notes.breach(`batch ${no} was sent again without asking`);
    this.#doubtful.add(no);
    this.#depart(parcel);
    switch (illness) {
      case 'lost-before': return { verdict: 'unknown', reason: 'ECONNRESET' };
      case 'later': return { verdict: 'later', restMs: 100, reason: '429' };
      case 'throttled-long': return { verdict: 'later', restMs: 45_000, reason: '503' };
      case 'denied': return { verdict: 'denied', code: '403', reason: 'not you' };
      case 'slow-commit': return this.#commitSlowly(parcel);
      case 'lost-after':
        this.#commit(parcel);
        return { verdict: 'unknown', reason: 'ETIMEDOUT' };
      default: return this.#answerOf(this.#commit(parcel), illness);
    }
  }

  #depart(parcel: Parcel): void {
    const places = placesOf(parcel);
    for (const one of this.#travelling) {
      const place = one.slice(one.indexOf('\t') + 1);
      if (places.includes(place)) this.#setting.notes.breach(`${place} travels twice at once`);
    }
    for (const place of places) this.#travelling.add(`${parcel.no}\t${place}`);
  }

  #commitSlowly(parcel: Parcel): Answer {
    const { time, dice } = this.#setting;
    if (!this.#received.has(parcel.no)) {
      this.#received.set(parcel.no, { body: textOf(parcel), outcome: 'in-progress' });
      time.after(dice.below(20_000), () => this.#commit(parcel));
    }
    return { verdict: 'unknown', reason: 'TIMEOUT' };
  }

  #commit(parcel: Parcel): Received {
    const { rows, notes } = this.#setting;
    const before = this.#received.get(parcel.no);
    if (before !== undefined && before.body !== textOf(parcel)) notes.breach(`batch ${parcel.no} came again with other bytes`);
    if (before !== undefined && before.outcome !== 'in-progress') return before;
    const received: Received = { body: textOf(parcel), outcome: rows.take(parcel) };
    this.#received.set(parcel.no, received);
    return received;
  }

  #answerOf({ outcome }: Received, illness: Illness): Answer & Fate {
    if (outcome === 'in-progress') return { verdict: 'in-progress' };
    if (outcome === 'refused') return { verdict: 'refused', code: '422', message: '整批退回' };
    return { verdict: 'settled', receipts: garbled(outcome, illness) };
  }

  #ask(no: string, illness: Illness): Fate {
    const received = this.#received.get(no);
    switch (illness) {
      case 'lost-before': case 'lost-after': return { verdict: 'unknown', reason: 'ECONNRESET' };
      case 'later': case 'throttled-long': return { verdict: 'later', restMs: 100, reason: '429' };
      case 'denied': return { verdict: 'denied', code: '403', reason: 'not you' };
      default:
        if (received === undefined) return { verdict: 'never-seen' };
        return received.outcome === 'in-progress' ? { verdict: 'in-progress' } : this.#answerOf(received, illness);
    }
  }
}

function textOf(parcel: Parcel): string {
  return Buffer.from(parcel.body).toString();
}
