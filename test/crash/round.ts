import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '../fakes/audit.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { lastLine, Rehearsal, type Ended } from '../journey/rehearsal.ts';
import type { KillOrder } from './kill-points.ts';

/** What people and the timetable let the gateway do; between them they reach every point. */
export const commands: readonly (readonly string[])[] = [
  ['run', 'items'], ['run', 'cases'], ['run', 'licences'], ['run', 'licences-sweep'],
  ['quarantine', 'redrive', '--who', '演练', '--why', '演练', '--per-second', '5000'], ['retention'],
];

const jobs = ['items', 'cases', 'licences'];

/** Points that are only met when an earlier process has sent something and heard nothing. */
const afterSilence: ReadonlySet<string> = new Set(['region.ask', 'store.members', 'store.noteAttempt']);

/** What came of many kills. */
export interface Toll {
  readonly kills: number;
  /** Orders whose point was not reached, even after the county had changed. */
  readonly missed: readonly string[];
  /** How often the process was killed at each point. */
  readonly at: ReadonlyMap<string, number>;
  /** What was wrong with the store right after a kill. */
  readonly faults: readonly string[];
}

/** A gateway of its own with a county and a region, which is killed at named points until somebody has had enough. */
export class Round {
  readonly rehearsal = new Rehearsal();
  /** Which commands reach each moment (`before store.keep`). */
  readonly reached = new Map<string, (readonly string[])[]>();
  readonly #luck: () => number;
  #days = 0;

  constructor(seed: number) {
    this.#luck = seededLuck(seed);
  }

  /** Makes county and region, and lets every command go once unharmed, but for what makes the rarer points be met. */
  async begin(size: string): Promise<void> {
    await this.rehearsal.begin(size);
    await this.#note(['run', 'items']);
    await this.#under({ point: 'region.push', when: 'after', nth: 1 }, ['run', 'cases']);
    await this.rehearsal.control('POST', '/sim/illness', { kind: '503', times: 1, match: { table: 'up_pro_accept' } });
    await this.rehearsal.control('POST', '/sim/illness', { kind: 'partial', count: 1, times: 1, match: { table: 'up_lic_data' } });
    await this.#note(['run', 'cases']);
    for (const command of commands.slice(2)) await this.#note(command);
    await this.change();
    await this.#note(['run', 'cases']);
  }

  /** Kills it at each of these orders in turn; a point that is not reached is tried once more when there is more to do. */
  async kill(orders: Iterable<KillOrder>, killed: (what: string) => void = () => undefined): Promise<Toll> {
    const at = new Map<string, number>();
    const missed: string[] = [];
    const faults: string[] = [];
    let kills = 0;
    for (const order of orders) {
      const name = `${order.when} ${order.point}`;
      let signal: string | null = null;
      for (let attempt = 0; attempt < 3 && signal === null; attempt += 1) {
        if (attempt > 0) await this.change();
        if (afterSilence.has(order.point)) await this.#under({ point: 'region.push', when: 'after', nth: 1 }, ['run', 'cases']);
        ({ signal } = await this.#under(attempt > 0 ? { ...order, nth: 1 } : order, afterSilence.has(order.point) ? ['run', 'cases'] : this.#commandFor(name)));
        if (signal === 'SIGKILL') faults.push(...audit(this.store).map((fault) => `${name}: ${fault}`));
      }
      if (signal === 'SIGKILL') {
        kills += 1;
        at.set(name, (at.get(name) ?? 0) + 1);
        killed(name);
      } else missed.push(name);
    }
    return { kills, missed, at, faults };
  }

  /** Orders without end, over all moments that are reached. */
  *orders(moments: readonly string[] = [...this.reached.keys()].toSorted()): Generator<KillOrder> {
    for (;;) {
      for (const moment of moments) {
        const [when = '', point = ''] = moment.split(' ');
        yield { point, when: when === 'after' ? 'after' : 'before', nth: this.#luck() < 0.6 ? 1 : 2 + Math.floor(this.#luck() * 4) };
      }
    }
  }

  /** Lets everything come to rest, and says what is not as it should be; empty when nothing is lost and nothing is there twice. */
  async verdict(): Promise<readonly string[]> {
    const faults: string[] = [];
    for (const job of [...jobs, 'licences-sweep', 'cases-sweep', 'items-sweep', 'cases']) {
      const state = await this.#finish(job);
      if (state !== 'done') faults.push(`${job} ended as ${state}`);
    }
    const { equal, ...about } = await this.rehearsal.script('demo/compare-region.ts') as { readonly equal: boolean };
    if (!equal) faults.push(`the region is not as it should be: ${JSON.stringify(about)}`);
    const twice = await this.rehearsal.control('GET', '/sim/duplicates') as { readonly rowGuids: number; readonly batches: number };
    if (twice.rowGuids + twice.batches > 0) faults.push(`there twice: ${JSON.stringify(twice)}`);
    return [...faults, ...audit(this.store)];
  }

  get store(): string {
    return join(this.rehearsal.dataDir, 'gateway.db');
  }

  /** A day of life in the county, so that there is something to do. */
  async change(): Promise<void> {
    this.#days += 1;
    await this.rehearsal.script('demo/change-day.ts', '--seed', String(100 + this.#days));
  }

  /** A run of a job, by a confirmed plan where so many days have passed that the guard asks a person. */
  async #finish(job: string): Promise<string> {
    const told = lastLine<{ readonly state: string; readonly failure: string | null }>(await this.rehearsal.qilian('run', job, '--json'));
    if (told.failure !== 'GUARD_HELD') return told.state;
    const { plan } = lastLine<{ readonly plan: string }>(await this.rehearsal.qilian('plan', job, '--json'));
    return lastLine<{ readonly state: string }>(await this.rehearsal.qilian('run', job, '--confirm', plan, '--json')).state;
  }

  #commandFor(moment: string): readonly string[] {
    const known = this.reached.get(moment) ?? commands;
    return known[Math.floor(this.#luck() * known.length)] ?? ['run', 'cases'];
  }

  async #note(command: readonly string[]): Promise<void> {
    const ended = await this.#under(null, command);
    if (ended.code !== 0 && !ended.err.includes('GUARD_HELD')) throw new Error(`${command.join(' ')} ended with ${ended.code}: ${ended.err}`);
  }

  async #under(order: KillOrder | null, command: readonly string[]): Promise<Ended> {
    const file = join(this.rehearsal.dataDir, 'points');
    rmSync(file, { force: true });
    const env = { CRASH_POINTS: file, ...(order === null ? {} : { CRASH_AT: `${order.point}:${order.when}:${order.nth}` }) };
    const ended = await this.rehearsal.launchUnder(['--import', './test/crash/preload.ts'], env, ...command).ended;
    for (const moment of existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []) {
      const known = this.reached.get(moment) ?? [];
      if (!known.includes(command)) this.reached.set(moment, [...known, command]);
    }
    return ended;
  }
}
