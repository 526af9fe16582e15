import { wrapper } from '../../adapters/region-http/wrap.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Region } from '../../src/port/region.ts';
import type { Parcel } from '../../src/record/batch.ts';
import type { Answer, Fate, Receipt } from '../../src/record/receipt.ts';
import { RegionBooks, textOf, type Wish } from './region-books.ts';
import { shippedProfile } from './shipped-profile.ts';

/** What goes wrong with one call. `lost-before`: it never arrives. `lost-after`: it takes effect, the answer does not come back. */
export type Illness =
  | { readonly kind: 'lost-before' | 'lost-after' | 'denied' | 'in-progress' | 'throws' }
  | { readonly kind: 'later'; readonly restMs: number }
  | { readonly kind: 'receipts'; readonly change: (receipts: readonly Receipt[]) => readonly Receipt[] };

/** One call as the region's door saw it. */
export interface Call {
  readonly kind: 'push' | 'ask';
  /** 1 for the first call of all. */
  readonly nth: number;
  readonly no: string;
  readonly table: string;
  readonly body: string;
  readonly at: number;
}

/** A region that keeps books instead of a database: falls ill on request, and writes down every effect and every breach of order. */
export class RegionInMemory implements Region {
  readonly calls: Call[] = [];
  readonly books = new RegionBooks();
  readonly wrap = wrapper(shippedProfile());
  /** Which call falls ill, and of what. */
  ill: (call: Call) => Illness | null = () => null;
  /** How long an answer takes. */
  latencyMs: () => number = () => 0;
  /** Whether these records are refused as a whole. */
  refusesWhole: (records: readonly Wish[]) => boolean = () => false;
  /** What it says then. */
  refusal = '整批退回';
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async push(parcel: Parcel): Promise<Answer> {
    const { no, table } = parcel;
    const illness = this.#ring('push', { no, table, body: textOf(parcel) });
    const leave = this.books.enter(parcel);
    try {
      await this.#pause();
      return this.#answer(parcel, illness);
    } finally {
      leave();
    }
  }

  async ask({ no }: Parcel): Promise<Fate> {
    const illness = this.#ring('ask', { no, table: '', body: '' });
    await this.#pause();
    const receipts = this.books.settled(no);
    switch (illness?.kind) {
      case 'lost-before': case 'lost-after': return { verdict: 'unknown', reason: 'LOST' };
      case 'later': return { verdict: 'later', restMs: illness.restMs, reason: '429' };
      case 'denied': return { verdict: 'denied', code: '403', reason: 'not you' };
      case 'in-progress': return { verdict: 'in-progress' };
      case 'throws': throw new TypeError('a programming error');
      case 'receipts': return receipts === undefined ? { verdict: 'never-seen' } : { verdict: 'settled', receipts: illness.change(receipts) };
      case undefined: return receipts === undefined ? { verdict: 'never-seen' } : { verdict: 'settled', receipts };
    }
  }

  async close(): Promise<void> {
    this.ill = () => ({ kind: 'throws' });
  }

  pushes(table?: string): readonly Call[] {
    return this.calls.filter((call) => call.kind === 'push' && (table === undefined || call.table === table));
  }

  asks(): readonly Call[] {
    return this.calls.filter((call) => call.kind === 'ask');
  }

  #ring(kind: Call['kind'], about: Pick<Call, 'no' | 'table' | 'body'>): Illness | null {
    const call: Call = { kind, nth: this.calls.length + 1, at: this.#clock.wallMs(), ...about };
    this.calls.push(call);
    return this.ill(call);
  }

  async #pause(): Promise<void> {
    const ms = this.latencyMs();
    if (ms > 0) await this.#clock.rest(ms);
  }

  #answer(parcel: Parcel, illness: Illness | null): Answer {
    switch (illness?.kind) {
      case 'lost-before': return { verdict: 'unknown', reason: 'ECONNRESET' };
      case 'later': return { verdict: 'later', restMs: illness.restMs, reason: '429' };
      case 'denied': return { verdict: 'denied', code: '403', reason: 'not you' };
      case 'in-progress': return { verdict: 'in-progress' };
      case 'throws': throw new TypeError('a programming error');
      case 'lost-after': case 'receipts': case undefined: break;
    }
    const taken = this.books.take(parcel, this.refusesWhole);
    if (illness?.kind === 'lost-after') return { verdict: 'unknown', reason: 'ECONNRESET' };
    if (taken === 'refused') return { verdict: 'refused', code: '422', message: this.refusal };
    return { verdict: 'settled', receipts: illness?.kind === 'receipts' ? illness.change(taken) : taken };
  }
}
