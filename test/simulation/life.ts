import type { Clock } from '../../src/port/clock.ts';
import type { Dice } from './dice.ts';
import type { Notes } from './notes.ts';
import { turn } from '../fakes/virtual-time.ts';
import type { VirtualTime } from './virtual-world.ts';

/** What comes between the engine and one of its calls to the outside. */
export type Incident =
  | { readonly kind: 'crash-before' | 'crash-after' }
  /** One call goes wrong and the process lives on: it throws before or after it has done its work, or never answers. */
  | { readonly kind: 'fail-before' | 'fail-after' | 'hang' }
  | { readonly kind: 'act'; readonly act: () => void }
  /** The whole process stands still from the next call at which nothing of it is on its way to the region, until this is done. */
  | { readonly kind: 'stand-still'; readonly meanwhile: () => Promise<void> }
  /** The call takes this long: a slow page, a machine that stands still. */
  | { readonly kind: 'pause'; readonly ms: number };

/** A crash at the n-th call of one kind. */
export interface Aimed {
  readonly kind: 'crash-before' | 'crash-after';
  readonly name: string;
  readonly nth: number;
}

/** What a life is lived in. */
export interface LifeSetting {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly notes: Notes;
  /** How far the gateway's wall clock is off. */
  readonly offMs: () => number;
  /** How often a call is answered late. */
  readonly lateShare: number;
}

/** A call that was made to fail. */
export class Injected extends Error {}

/** More than any life may need: a loop without end would otherwise never come to light. */
const mostCalls = 20_000;

/**
 * One process from its start to its end. Every call to a port goes through it; once it has crashed no call is made and
 * none returns, so nothing of it can reach the world any more.
 */
export class Life {
  readonly clock: Clock;
  /** Resolves when it crashes. */
  readonly ended: Promise<'crashed'>;
  /** By the number of the call, counted from where `plan` was called. */
  #incidents: ReadonlyMap<number, Incident> = new Map();
  #calls = 0;
  #aimed: Aimed | null = null;
  #ofThatName = 0;
  #all = 0;
  #dead = false;
  #meanwhile: (() => Promise<void>) | null = null;
  #still: Promise<void> | null = null;
  /** Calls that are with the region. */
  #far = 0;
  #end: (how: 'crashed') => void = () => undefined;
  readonly #timers = new Set<() => void>();
  readonly #setting: LifeSetting;

  constructor(setting: LifeSetting) {
    this.#setting = setting;
    const { time, offMs } = setting;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.clock = { wallMs: () => time.now + offMs(), steadyMs: () => time.now, rest: (ms, signal) => this.#rest(ms, signal) };
  }

  /** Calls since `plan`. */
  get calls(): number {
    return this.#calls;
  }

  get dead(): boolean {
    return this.#dead;
  }

  plan(incidents: ReadonlyMap<number, Incident>, aimed: Aimed | null = null): void {
    this.#incidents = incidents;
    this.#aimed = aimed;
    this.#calls = 0;
    this.#ofThatName = 0;
  }

  /** A step of the process that the outside can see; it may be its last. */
  call<T>(name: string, work: () => Promise<T>): Promise<T> {
    return name.startsWith('region.') ? this.#away(() => this.#step(name, work)) : this.#step(name, work);
  }

  async #step<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.#still !== null) await this.#still;
    if (this.#dead) return never();
    const { dice, notes, lateShare, time } = this.#setting;
    this.#calls += 1;
    this.#all += 1;
    if (this.#all > mostCalls) throw new Error('the engine calls without end');
    const incident = this.#incidents.get(this.#calls) ?? this.#hit(name);
    if (incident?.kind === 'act') incident.act();
    if (incident?.kind === 'stand-still') this.#meanwhile = incident.meanwhile;
    if (this.#meanwhile !== null && !name.startsWith('region.')) await this.#standStillIfHome(name);
    if (this.#dead) return never();
    if (incident?.kind === 'pause') await this.#rest(incident.ms);
    if (incident?.kind === 'crash-before') return this.#crash(`before ${name}`);
    if (incident?.kind === 'fail-before') throw new Injected(name);
    if (incident?.kind === 'hang') return never();
    if (lateShare > 0 && dice.chance(lateShare)) await this.#rest(dice.below(40));
    if (this.#dead) return never();
    const result = await work();
    if (this.#still !== null) await this.#still;
    if (this.#dead) return never();
    notes.tell(`${time.now} ${name}`);
    if (incident?.kind === 'fail-after') throw new Injected(name);
    return incident?.kind === 'crash-after' ? this.#crash(`after ${name}`) : result;
  }

  /** Whoever has just been let through to the region is on his way already, and is given the turn to set out; who dies meanwhile stands no more. */
  async #standStillIfHome(where: string): Promise<void> {
    await turn();
    if (this.#still !== null) await this.#still;
    else if (this.#meanwhile !== null && this.#far === 0 && !this.#dead) await this.#standStill(this.#meanwhile, where);
  }

  async #standStill(meanwhile: () => Promise<void>, where: string): Promise<void> {
    const { notes, time } = this.#setting;
    this.#meanwhile = null;
    notes.tell(`${time.now} stands still before ${where}`);
    this.#still = meanwhile();
    await this.#still;
    this.#still = null;
    notes.tell(`${time.now} wakes up before ${where}`);
  }

  async #away<T>(work: () => Promise<T>): Promise<T> {
    this.#far += 1;
    return work().finally(() => {
      this.#far -= 1;
    });
  }

  #hit(name: string): Incident | undefined {
    if (this.#aimed === null || this.#aimed.name !== name) return undefined;
    this.#ofThatName += 1;
    return this.#ofThatName === this.#aimed.nth ? { kind: this.#aimed.kind } : undefined;
  }

  #crash(where: string): Promise<never> {
    const { notes, time } = this.#setting;
    notes.tell(`${time.now} crash ${where}`);
    notes.sometimes(`crash ${where}`);
    this.die();
    return never();
  }

  /** The process is gone, from one moment to the next. */
  die(): void {
    this.#dead = true;
    for (const off of this.#timers) off();
    this.#timers.clear();
    this.#end('crashed');
  }

  #rest(ms: number, signal?: AbortSignal): Promise<void> {
    if (this.#dead) return never();
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = (): void => {
        off();
        this.#timers.delete(off);
        signal?.removeEventListener('abort', finish);
        if (!this.#dead) resolve(this.#still ?? undefined);
      };
      const off = this.#setting.time.after(ms, finish);
      this.#timers.add(off);
      signal?.addEventListener('abort', finish, { once: true });
    });
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
