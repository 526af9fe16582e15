import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { lastLine, Rehearsal } from './rehearsal.ts';

const kills = 50;

/** Chance from a seed, so that a failing run can be repeated. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

describe('a gateway that is killed at any moment', function () {
  this.timeout(480_000);
  const rehearsal = new Rehearsal();
  before(() => rehearsal.begin('40000'));
  after(() => rehearsal.end());

  /** Moves whenever the gateway keeps, writes down or settles something; null while it cannot be felt. */
  const pulse = (): string | null => {
    const file = join(rehearsal.dataDir, 'gateway.db');
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
  };

  /** Kills it so many milliseconds after it has opened its store, or after something has moved there. */
  const killAtWork = async (child: ChildProcess, { ms, from }: { ms: number; from: string | null }, ended: AbortSignal): Promise<void> => {
    const holder = join(rehearsal.dataDir, 'gateway.db.holder');
    while (!ended.aborted && !(existsSync(holder) && readFileSync(holder, 'utf8') === String(child.pid))) await wait(10);
    while (!ended.aborted && from !== null && (pulse() ?? from) === from) await wait(10);
    await wait(ms);
    if (!ended.aborted) child.kill('SIGKILL');
  };

  it(`loses nothing and has no effect twice, ${kills} kills later`, async () => {
    const seed = Number(process.env['QILIAN_TEST_SEED'] ?? 7);
    const luck = chance(seed);
    await rehearsal.control('POST', '/sim/illness', { kind: 'latency', ms: 260 });
    const jobs = ['items', 'cases', 'licences'];
    const turns = ['items', 'cases', 'licences', 'cases', 'licences', 'licences'];
    let killed = 0;
    let atWork = 0;
    let before = pulse() ?? 'nothing kept';
    for (let round = 0; killed < kills; round += 1) {
      const { child, ended } = rehearsal.launch('run', turns[round % turns.length] ?? 'items');
      const stop = new AbortController();
      // Half of them shall meet it at work, however long it takes here until it is.
      void killAtWork(child, atWork * 2 <= killed ? { ms: luck() * 300, from: before } : { ms: luck() * 900, from: null }, stop.signal);
      const { signal } = await ended;
      stop.abort();
      if (signal === 'SIGKILL') killed += 1;
      const now = pulse() ?? before;
      if (signal === 'SIGKILL' && now !== before) atWork += 1;
      before = now;
      if (round > kills * 3) break;
    }
    expect(killed, `seed ${seed}: the jobs ended before they could be killed`).to.equal(kills);
    expect(atWork, `seed ${seed}: kills that met a gateway at work`).to.be.above(kills / 3);
    await rehearsal.control('DELETE', '/sim/illness');
    for (const job of jobs) {
      const last = await rehearsal.qilian('run', job, '--json');
      expect(lastLine<{ state: string }>(last).state, `${job} ${last.err}`).to.equal('done');
    }
    const comparison = await rehearsal.script('demo/compare-region.ts') as { equal: boolean; duplicates: number };
    expect(comparison, `seed ${seed}: ${JSON.stringify(comparison)}`).to.include({ equal: true, duplicates: 0 });
    expect(await rehearsal.control('GET', '/sim/duplicates'), `seed ${seed}`).to.deep.include({ batches: 0 });
  });
});
