import type { Clock } from '../port/clock.ts';
import type { GateStanding, GateStore } from '../port/gates.ts';
import type { Settlement } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import { usualRefusals, type RefusalRule } from '../record/job.ts';

/** What became of some records answered together. */
export interface Outcome {
  readonly of: number;
  readonly refused: number;
}

/** What watching a dataset's refusals needs. */
export interface RefusalsSetting {
  readonly dataset: string;
  readonly rule?: RefusalRule;
  readonly store: Pick<GateStore, 'gate' | 'keepGate'>;
  readonly clock: Clock;
  /** What earlier runs of this process heard last; absent: nothing. */
  readonly latest?: Outcome[];
}

const restMs = 10 * 60_000;
const restCapMs = 6 * 3_600_000;

/**
 * A dataset's own gate: records that the region refuses for what they say are set aside one by one, but a wave of them
 * means that the region has changed its mind, not that so many records went bad.
 *
 *     open ──more than the rule's share of the last records refused──▶ shut: the run ends
 *     shut ──a person's word──▶ open
 *          └──10 min, then twice as long each time up to 6 h──▶ one record is let through ──accepted──▶ open
 *                                                                                    └──refused──▶ shut
 */
export class Refusals {
  readonly #setting: RefusalsSetting;
  readonly #rule: RefusalRule;
  readonly #latest: Outcome[];
  #tries = 0;
  #wary = false;
  #wasShut = false;
  #failure: Failure | null = null;

  constructor(setting: RefusalsSetting) {
    this.#setting = setting;
    this.#rule = setting.rule ?? usualRefusals;
    this.#latest = setting.latest ?? [];
  }

  /** Throws while the gate is shut, or held by a person. */
  async begin(): Promise<void> {
    const { store, dataset, clock } = this.#setting;
    const { standing: kept, held, released } = await store.gate(dataset);
    if (held !== null) throw new Failure('GATE_HELD', { dataset, reason: held.reason });
    if (kept?.state !== 'shut' || kept.reason !== 'REFUSALS_MANY') return;
    const leftMs = Math.min(kept.tryAt - clock.wallMs(), restCapMs);
    if (!released && leftMs > 0) throw new Failure('REFUSALS_SHUT', { dataset, minutes: Math.ceil(leftMs / 60_000) });
    this.#wasShut = true;
    if (released) return;
    this.#tries = kept.tries;
    this.#wary = true;
  }

  /** True while a single record must go first, to see. */
  get wary(): boolean {
    return this.#wary;
  }

  /** Why nothing more may be sent; null while it may. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** Hears what became of records. */
  note({ delivered, advanced, quarantined }: Settlement): void {
    this.#hear(delivered.length + advanced.length, quarantined.length);
  }

  /** Keeps how the gate stands, if that has changed. */
  async keep(): Promise<void> {
    const { store, dataset, clock } = this.#setting;
    const at = clock.wallMs();
    const gate: Omit<GateStanding, 'state' | 'tryAt'> = { gate: dataset, since: at, reason: 'REFUSALS_MANY', tries: this.#tries };
    if (this.#failure !== null) {
      await store.keepGate({ ...gate, state: 'shut', tryAt: at + Math.min(restCapMs, restMs * 2 ** Math.min(this.#tries, 20)), tries: this.#tries + 1 });
    } else if (this.#wasShut && !this.#wary) await store.keepGate({ ...gate, state: 'open', tryAt: at, tries: 0 });
  }

  #hear(accepted: number, refused: number): void {
    const of = accepted + refused;
    if (of === 0 || this.#failure !== null) return;
    if (this.#wary && refused > 0) {
      this.#failure = this.#failing(refused, of);
      return;
    }
    this.#wary = false;
    this.#latest.push({ of, refused });
    const { least, share } = this.#rule;
    while (sum(this.#latest.slice(1), 'of') >= least * 4) this.#latest.shift();
    const all = sum(this.#latest, 'of');
    const bad = sum(this.#latest, 'refused');
    if (all >= least && bad > share * all) this.#failure = this.#failing(bad, all);
  }

  #failing(refused: number, of: number): Failure {
    this.#latest.length = 0;
    return new Failure('REFUSALS_MANY', { dataset: this.#setting.dataset, refused, of });
  }
}

function sum(list: readonly Outcome[], what: 'of' | 'refused'): number {
  return list.reduce((total, one) => total + one[what], 0);
}
