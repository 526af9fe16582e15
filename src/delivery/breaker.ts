import CircuitBreaker from 'opossum';
import type { Clock } from '../port/clock.ts';
import { regionGate, type GateStanding, type GateStore, type GateWord } from '../port/gates.ts';
import type { BreakerRule } from '../port/profile.ts';
import type { Region } from '../port/region.ts';
import type { Parcel } from '../record/batch.ts';
import type { Answer, Fate } from '../record/receipt.ts';
import { Pace } from './pace.ts';
import { Ramp } from './ramp.ts';

/** What an operator sees of the breaker. */
export interface Lamp {
  readonly state: 'closed' | 'half-open' | 'open';
  /** Code of what opened it. */
  readonly reason: string | null;
  /** Since when it has not been closed. */
  readonly since: number | null;
  /** A person keeps it from sending anything. */
  readonly held: GateWord | null;
}

/** Nothing went out: come back after so long. */
export interface Shut {
  readonly verdict: 'shut';
  readonly restMs: number;
}

/** Lets requests through while the region answers; rests it when it does not. */
export interface Breaker {
  push(parcel: Parcel, signal: AbortSignal): Promise<Answer | Shut>;
  ask(parcel: Parcel, signal: AbortSignal): Promise<Fate | Shut>;
  /**
   * What asks and sends nothing: pulls and comparisons. It waits for its turn, for the rest the region asked for and for the
   * person who holds it as reports do, hours for sending aside, and is the one request that tries when the rest is over. While the breaker is closed
   * it does not count: who asks has tries of its own, and an interface for asking that is ill must not keep reports back.
   */
  question<A extends { readonly verdict: string }>(call: () => Promise<A>, signal: AbortSignal): Promise<A | Shut>;
  lamp(): Lamp;
  /** True while the region is not known to be well: a single record goes first, to see. */
  wary(): boolean;
  /** True while nothing may go out and waiting does not help: held by a person, or outside the region's hours. */
  idle(): boolean;
  /** Hears what a person has said since; asked when a run begins, and before each request. */
  look(): Promise<void>;
  close(): void;
}

/** What a breaker is made of. */
export interface BreakerSetting {
  readonly region: Pick<Region, 'push' | 'ask'>;
  readonly clock: Clock;
  readonly store: Pick<GateStore, 'gate' | 'keepGate'>;
  readonly rule: BreakerRule;
  /** Requests under way at once when all is well. */
  readonly connections: number;
  /** At most so many a second; absent: as many as the connections bear. */
  readonly perSecond?: number;
  /** Milliseconds until the region may be sent to; absent: always. */
  readonly opensInMs?: () => number;
  /** Told when it opens and when it closes, and when a person's word is heeded. */
  readonly onChange: (lamp: Lamp) => void;
}

/** Failures are counted over so long. */
const windowMs = 60_000;
/** For so long after it has closed it does not open again, and a person's word is heard within as long. */
const dwellMs = 30_000;

/** Carries an answer that counts as a failure through the circuit and out again. */
class NotWell extends Error {
  readonly answer: Answer | Fate;

  constructor(answer: Answer | Fate) {
    super(answer.verdict);
    this.answer = answer;
  }
}

type Told = Answer | Fate;
type Call = () => Promise<Told>;

/** How a request is let through: reports keep to the region's hours and count. */
interface Passing {
  readonly signal: AbortSignal;
  readonly asks: boolean;
}

/**
 *     closed ──5 or more requests in a minute, more than half without an answer──▶ open
 *     open ──30 s, then twice as long each time up to 15 min──▶ half-open ──answered──▶ closed, ramping up
 *                                                                   └──not answered──▶ open
 *     held by a person: nothing passes until it is released, which lets one request through at once
 *
 * A refusal is an answer: the region is well. Every way out of a call settles the breaker. How it stands is kept, so a
 * restart does not knock at a door that is known to be shut. It changes at most once in 30 s.
 */
export function breakerOf(setting: BreakerSetting): Breaker {
  return new Door(setting);
}

class Door implements Breaker {
  readonly #setting: BreakerSetting;
  readonly #options: CircuitBreaker.Options;
  readonly #ramp: Ramp;
  readonly #restored: Promise<void>;
  #circuit: CircuitBreaker<[Call], Answer | Fate>;
  #reason: string | null = null;
  #since: number | null = null;
  #held: GateWord | null = null;
  /** Answers that asked for a rest: nobody knocks before, on the steady clock. */
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  #closedMs = Number.NEGATIVE_INFINITY;
  #tries = 0;
  readonly #pace: Pace | null;
  #keeping: Promise<void> = Promise.resolve();

  constructor(setting: BreakerSetting) {
    this.#setting = setting;
    const { share, least } = setting.rule;
    this.#options = { timeout: false, errorThresholdPercentage: share * 100, volumeThreshold: least, rollingCountTimeout: windowMs, resetTimeout: this.#restMs() };
    this.#ramp = new Ramp(setting.clock, setting.connections);
    this.#pace = setting.perSecond === undefined ? null : new Pace(setting.clock, setting.perSecond);
    this.#circuit = this.#circuitThatIs('closed');
    this.#restored = this.#restore();
    this.#restored.catch(() => undefined); // told to whoever comes to the door
  }

  push(parcel: Parcel, signal: AbortSignal): Promise<Answer | Shut> {
    return this.#pass(() => this.#setting.region.push(parcel), { signal, asks: false }) as Promise<Answer | Shut>;
  }

  ask(parcel: Parcel, signal: AbortSignal): Promise<Fate | Shut> {
    return this.#pass(() => this.#setting.region.ask(parcel), { signal, asks: false });
  }

  async question<A extends { readonly verdict: string }>(call: () => Promise<A>, signal: AbortSignal): Promise<A | Shut> {
    const heard: { answer?: A } = {};
    const passed = await this.#pass(async () => {
      heard.answer = await call();
      return wellOrNot(heard.answer);
    }, { signal, asks: true });
    return heard.answer ?? (passed.verdict === 'shut' ? passed : shut(0));
  }

  lamp(): Lamp {
    const { opened, halfOpen } = this.#circuit;
    const state = opened ? 'open' : halfOpen ? 'half-open' : 'closed';
    const reason = state === 'closed' ? (this.#closedMsLeft() > 0 ? 'REGION_CLOSED' : null) : this.#reason;
    return { state, reason, since: state === 'closed' ? null : this.#since, held: this.#held };
  }

  wary(): boolean {
    return this.#held !== null || !this.#circuit.closed;
  }

  async look(): Promise<void> {
    await this.#restored;
    await this.#heed();
  }

  idle(): boolean {
    return this.#held !== null || this.#closedMsLeft() > 0;
  }

  close(): void {
    this.#circuit.shutdown();
  }

  async #pass(call: Call, { signal, asks }: Passing): Promise<Answer | Fate | Shut> {
    const { clock } = this.#setting;
    await this.look();
    if (this.#held !== null) return shut(dwellMs);
    const restMs = Math.max(this.#notBeforeMs - clock.steadyMs(), asks ? 0 : Math.min(this.#closedMsLeft(), dwellMs));
    if (restMs > 0) return shut(restMs);
    const passed = await this.#ramp.walk(signal, async () => (this.#pace === null || await this.#pace.turn(signal) ? this.#lookAndFire(call, asks) : shut(0)));
    return passed ?? shut(0);
  }

  /** Whoever has waited for his turn looks once more: a person may have held it, or another process have taken the store over. */
  async #lookAndFire(call: Call, asks: boolean): Promise<Answer | Fate | Shut> {
    await this.#heed();
    return this.#held === null ? this.#fire(call, asks) : shut(dwellMs);
  }

  /** Until the region's own hours begin. */
  #closedMsLeft(): number {
    return this.#setting.opensInMs?.() ?? 0;
  }

  async #fire(call: Call, asks: boolean): Promise<Answer | Fate | Shut> {
    try {
      // Just closed again: one more failure must not make it flap.
      if ((asks && this.#circuit.closed) || this.#setting.clock.steadyMs() - this.#closedMs < dwellMs) return this.#judged(await call());
      return await this.#circuit.fire(call);
    } catch (cause) {
      if (cause instanceof NotWell) return cause.answer;
      if ((cause as { code?: string }).code === 'EOPENBREAKER') return shut(Math.max(1_000, this.#tryInMs()));
      throw cause;
    } finally {
      await this.#keeping;
    }
  }

  #judged(answer: Answer | Fate): Answer | Fate {
    if (answer.verdict === 'later' && answer.restMs > 0) this.#notBeforeMs = Math.max(this.#notBeforeMs, this.#setting.clock.steadyMs() + answer.restMs);
    if (answer.verdict === 'unknown' || answer.verdict === 'later') this.#reason = answer.reason;
    return answer;
  }

  #circuitThatIs(state: 'closed' | 'half-open' | 'open'): CircuitBreaker<[Call], Answer | Fate> {
    const options = this.#options;
    const circuit = new CircuitBreaker<[Call], Answer | Fate>(async (call) => {
      const answer = this.#judged(await call());
      if (answer.verdict !== 'unknown' && answer.verdict !== 'later') return answer;
      options.resetTimeout = Math.max(this.#restMs(), answer.verdict === 'later' ? answer.restMs : 0);
      throw new NotWell(answer);
    }, Object.assign(options, { state: { enabled: true, closed: state === 'closed', halfOpen: state === 'half-open', open: state === 'open', warmUp: false, shutdown: false } }));
    circuit.on('open', () => circuit === this.#circuit && this.#opened());
    circuit.on('close', () => circuit === this.#circuit && this.#closed());
    return circuit;
  }

  #opened(): void {
    const { clock, rule } = this.#setting;
    if (this.#since === null) {
      const soon = clock.steadyMs() - this.#closedMs < 2 * rule.restCapMs;
      if (!soon) this.#tries = 0;
      this.#since = clock.wallMs();
      this.#setting.onChange(this.lamp());
    }
    this.#tries += 1;
    this.#keep('shut', clock.wallMs() + (this.#options.resetTimeout ?? 0));
  }

  #closed(): void {
    const { clock } = this.#setting;
    this.#closedMs = clock.steadyMs();
    this.#since = null;
    this.#ramp.begin();
    this.#keep('open', clock.wallMs());
    this.#setting.onChange(this.lamp());
  }

  /** How long it is left in peace: longer each time it was tried in vain. */
  #restMs(): number {
    const { restMs, restCapMs } = this.#setting.rule;
    return Math.min(restCapMs, restMs * 2 ** Math.min(this.#tries, 20));
  }

  #tryInMs(): number {
    return Math.min(dwellMs, this.#options.resetTimeout ?? dwellMs);
  }

  #keep(state: GateStanding['state'], tryAt: number): void {
    const { store, clock } = this.#setting;
    const standing: GateStanding = { gate: regionGate, state, since: this.#since ?? clock.wallMs(), reason: this.#reason ?? '', tryAt, tries: this.#tries };
    this.#keeping = this.#keeping.then(() => store.keepGate(standing));
  }

  async #restore(): Promise<void> {
    const { store, clock, rule } = this.#setting;
    const { standing: kept } = await store.gate(regionGate);
    if (kept?.state !== 'shut') return;
    this.#tries = kept.tries;
    this.#reason = kept.reason;
    this.#since = kept.since;
    const leftMs = Math.min(kept.tryAt - clock.wallMs(), rule.restCapMs);
    this.#options.resetTimeout = Math.max(leftMs, 0);
    this.#circuit.shutdown();
    this.#circuit = this.#circuitThatIs(leftMs > 0 ? 'open' : 'half-open');
    this.#options.resetTimeout = this.#restMs();
  }

  /** Does what a person last said. A release opens the way for one request at once. */
  async #heed(): Promise<void> {
    const { clock, store, onChange } = this.#setting;
    const { held, released } = await store.gate(regionGate);
    const before = this.#held;
    this.#held = held;
    if ((before === null) !== (held === null)) onChange(this.lamp());
    if (!released || this.#since === null) return;
    this.#notBeforeMs = Number.NEGATIVE_INFINITY;
    this.#tries = 0;
    this.#options.resetTimeout = this.#restMs();
    this.#circuit.shutdown();
    this.#circuit = this.#circuitThatIs('half-open');
    this.#keep('shut', clock.wallMs());
    await this.#keeping;
  }
}

/** Whether an answer to a question shows a region that is well, and how long it asks to be left in peace. */
function wellOrNot(answer: { readonly verdict: string; readonly restMs?: number; readonly reason?: string }): Told {
  if (answer.verdict === 'unknown') return { verdict: 'unknown', reason: answer.reason ?? '' };
  return answer.verdict === 'later' ? { verdict: 'later', restMs: answer.restMs ?? 0, reason: answer.reason ?? '' } : { verdict: 'settled', receipts: [] };
}

function shut(restMs: number): Shut {
  return { verdict: 'shut', restMs };
}
