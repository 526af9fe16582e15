import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { lastLine, Rehearsal } from './rehearsal.ts';

/** Both gateways together. */
const kills = 50;

/** Chance from a seed, so that a failing run can be repeated. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** One gateway with a county and a region of its own. */
class Victim {
  readonly rehearsal = new Rehearsal();
  readonly #luck: () => number;
  killed = 0;
  atWork = 0;

  constructor(seed: number) {
    this.#luck = chance(seed);
  }

  /** Kills it so often, half of the times when it is seen at work, however long it takes here until it is. */
  async kill(times: number): Promise<void> {
    const turns = ['items', 'cases', 'licences', 'cases', 'licences', 'licences'];
    let before = this.#pulse() ?? 'nothing kept';
    for (let round = 0; this.killed < times && round < times * 3; round += 1) {
      const { child, ended } = this.rehearsal.launch('run', turns[round % turns.length] ?? 'items');
      const stop = new AbortController();
      void this.#killOnce(child, this.atWork * 2 <= this.killed ? { ms: this.#luck() * 300, from: before } : { ms: this.#luck() * 900, from: null }, stop.signal);
      const { signal } = await ended;
      stop.abort();
      const now = this.#pulse() ?? before;
      if (signal === 'SIGKILL') this.killed += 1;
      if (signal === 'SIGKILL' && now !== before) this.atWork += 1;
      before = now;
    }
  }

  /** Lets it come to rest, and says what the region has then. */
  async rest(): Promise<{ readonly comparison: { readonly equal: boolean; readonly duplicates: number }; readonly twice: unknown }> {
    await this.rehearsal.control('DELETE', '/sim/illness');
    for (const job of ['items', 'cases', 'licences']) {
      const last = await this.rehearsal.qilian('run', job, '--json');
      expect(lastLine<{ state: string }>(last).state, `${job} ${last.err}`).to.equal('done');
    }
    const comparison = await this.rehearsal.script('demo/compare-region.ts') as { equal: boolean; duplicates: number };
    return { comparison, twice: await this.rehearsal.control('GET', '/sim/duplicates') };
  }

  /** Kills it so many milliseconds after it has opened its store, or after something has moved there. */
  async #killOnce(child: ChildProcess, { ms, from }: { ms: number; from: string | null }, ended: AbortSignal): Promise<void> {
    const holder = join(this.rehearsal.dataDir, 'gateway.db.holder');
    while (!ended.aborted && !(existsSync(holder) && readFileSync(holder, 'utf8') === String(child.pid))) await wait(10);
    while (!ended.aborted && from !== null && (this.#pulse() ?? from) === from) await wait(10);
    await wait(ms);
    if (!ended.aborted) child.kill('SIGKILL');
  }

  /** Moves whenever the gateway keeps, writes down or settles something; null while it cannot be felt. */
  #pulse(): string | null {
    const file = join(this.rehearsal.dataDir, 'gateway.db');
    if (!existsSync(file)) return null;
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return JSON.stringify(database.prepare(`select (select max(seq) from envelope) as kept, (select count(*) from batch) as written,
        (select count(*) from batch where state = 'settled') as settled`).get());
    } catch {
      return null;
    } finally {
      database.close();
    }
  }
}

describe('a gateway that is killed at any moment', function () {
  this.timeout(480_000);
  const seed = Number(process.env['QILIAN_TEST_SEED'] ?? 7);
  const victims = [new Victim(seed), new Victim(seed + 1)];
  before(async () => {
    for (const { rehearsal } of victims) await rehearsal.begin('20000');
  });
  after(() => Promise.all(victims.map(({ rehearsal }) => rehearsal.end())));

  it(`loses nothing and has no effect twice, ${kills} kills later`, async () => {
    await Promise.all(victims.map(async (victim) => {
      await victim.rehearsal.control('POST', '/sim/illness', { kind: 'latency', ms: 260 });
      await victim.kill(kills / victims.length);
    }));
    const sum = (of: (victim: Victim) => number): number => victims.reduce((total, victim) => total + of(victim), 0);
    expect(sum(({ killed }) => killed), `seed ${seed}: the jobs ended before they could be killed`).to.equal(kills);
    expect(sum(({ atWork }) => atWork), `seed ${seed}: kills that met a gateway at work`).to.be.above(kills / 3);
    for (const victim of victims) {
      const { comparison, twice } = await victim.rest();
      expect(comparison, `seed ${seed}: ${JSON.stringify(comparison)}`).to.include({ equal: true, duplicates: 0 });
      expect(twice, `seed ${seed}`).to.deep.include({ batches: 0 });
    }
  });
});
