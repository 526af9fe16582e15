import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { lastLine, Rehearsal } from './rehearsal.ts';

describe('a gateway in the middle of its work', function () {
  this.timeout(120_000);
  const rehearsal = new Rehearsal();
  before(() => rehearsal.begin('1500'));
  after(() => rehearsal.end());

  /** Whether a batch has been written down of which nobody knows yet what became of it. */
  const onTheRoad = (): boolean => {
    const file = join(rehearsal.dataDir, 'gateway.db');
    if (!existsSync(file)) return false;
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return Number(database.prepare(`select count(*) as n from batch where state = 'open'`).get()?.['n']) > 0;
    } catch {
      return false;
    } finally {
      database.close();
    }
  };

  it('ends in good order when it is asked to, and the next run brings the rest once', async () => {
    await rehearsal.control('POST', '/sim/illness', { kind: 'latency', ms: 900 });
    const { child, ended } = rehearsal.launch('run', 'licences', '--json');
    for (let waited = 0; !onTheRoad() && waited < 60_000; waited += 20) await wait(20);
    const asked = performance.now();
    child.kill('SIGTERM');
    const { code, signal } = await ended;
    expect([code, signal]).to.deep.equal([130, null]);
    expect(performance.now() - asked).to.be.below(11_000);
    await rehearsal.control('DELETE', '/sim/illness');
    for (const job of ['items', 'cases', 'licences']) {
      expect(lastLine<{ state: string }>(await rehearsal.qilian('run', job, '--json')).state).to.equal('done');
    }
    const comparison = await rehearsal.script('demo/compare-region.ts') as { equal: boolean; duplicates: number };
    expect(comparison).to.include({ equal: true, duplicates: 0 });
  });
});

describe('a service whose console cannot listen', function () {
  this.timeout(120_000);
  const rehearsal = new Rehearsal();
  before(() => rehearsal.begin('200'));
  after(() => rehearsal.end());

  it('says which port is taken, ends by itself, and leaves the store free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const { code, err } = await rehearsal.launchUnder([], { QILIAN_PORT: port, QILIAN_SIM_PORT: '0' }, 'start').ended;
    other.close();
    expect({ code, told: err.startsWith(`PORT_TAKEN 端口 ${port} `) }, err).to.deep.equal({ code: 1, told: true });
    expect(lastLine<{ state: string }>(await rehearsal.qilian('run', 'items', '--json')).state).to.equal('done');
  });
});
