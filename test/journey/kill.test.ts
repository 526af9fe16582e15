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
  this.timeout(240_000);
  const rehearsal = new Rehearsal();
  before(() => rehearsal.begin('6000'));
  after(() => rehearsal.end());

  it(`loses nothing and has no effect twice, ${kills} kills later`, async () => {
    const seed = Number(process.env['QILIAN_TEST_SEED'] ?? 7);
    const luck = chance(seed);
    await rehearsal.control('POST', '/sim/illness', { kind: 'latency', ms: 60 });
    const jobs = ['items', 'cases', 'licences'];
    let killed = 0;
    for (let round = 0; killed < kills; round += 1) {
      const { child, ended } = rehearsal.launch('run', jobs[round % jobs.length] ?? 'items');
      const timer = setTimeout(() => child.kill('SIGKILL'), 250 + luck() * 700);
      const { signal } = await ended;
      clearTimeout(timer);
      if (signal === 'SIGKILL') killed += 1;
      if (round > kills * 3) break;
    }
    expect(killed, `seed ${seed}: the jobs ended before they could be killed`).to.equal(kills);
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
