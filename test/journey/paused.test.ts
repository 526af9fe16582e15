import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { openStore } from '../../adapters/store-sqlite/store.ts';
import type { Store } from '../../src/port/store.ts';
import { Failure } from '../../src/record/failure.ts';
import { lastLine, Rehearsal } from './rehearsal.ts';

describe('a gateway that is paused in the middle of its work', function () {
  this.timeout(120_000);
  const rehearsal = new Rehearsal();
  before(() => rehearsal.begin('3000'));
  after(() => rehearsal.end());

  const file = join(rehearsal.dataDir, 'gateway.db');
  const batches = (): number => {
    if (!existsSync(file)) return 0;
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return (database.prepare(`select count(*) as n from batch where state = 'settled'`).get() as { n: number }).n;
    } catch {
      return 0;
    } finally {
      database.close();
    }
  };

  /** Who was paused inside a transaction cannot be taken over from: it goes on for a moment and is paused again. */
  const pausedAndTakenOver = async (child: ChildProcess): Promise<Store> => {
    for (let tries = 0; ; tries += 1) {
      child.kill('SIGSTOP');
      try {
        return openStore(file, 'the second', 'taking-over');
      } catch (cause) {
        child.kill('SIGCONT');
        if (!(cause instanceof Failure && cause.code === 'STORE_BUSY') || tries === 50) throw cause;
        await wait(20);
      }
    }
  };

  it('writes and sends nothing any more when it wakes up and another has taken over; in the end everything is there once', async () => {
    await rehearsal.control('POST', '/sim/illness', { kind: 'latency', ms: 400 });
    const { child, ended } = rehearsal.launch('run', 'licences');
    for (let waited = 0; batches() === 0 && waited < 60_000; waited += 20) await wait(20);
    const second = await pausedAndTakenOver(child);
    await second.closeAbandonedRuns(Date.now());
    const before = batches();
    child.kill('SIGCONT');
    const { code, err } = await ended;
    expect({ code, told: err.includes('STORE_LOST') && err.includes('the second') }, err).to.deep.equal({ code: 1, told: true });
    expect(batches()).to.equal(before);
    await second.renewLease(Date.now());
    await second.close();
    await rehearsal.control('DELETE', '/sim/illness');
    for (const job of ['items', 'cases', 'licences']) {
      const last = await rehearsal.qilian('run', job, '--json');
      expect(lastLine<{ state: string }>(last).state, `${job} ${last.err}`).to.equal('done');
    }
    expect(await rehearsal.script('demo/compare-region.ts')).to.include({ equal: true, duplicates: 0 });
    expect(await rehearsal.control('GET', '/sim/duplicates')).to.deep.include({ batches: 0 });
  });
});
