import { expect } from 'chai';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { countyOf, Dialect } from './dialect.ts';

/** `small` for every dialect when asked for: the one that sends each record by itself, sealed, then takes two minutes and more. */
const size = process.env['QILIAN_TEST_SIZE'] === 'small' ? 'small' : 120;

describe('a region of another dialect', function () {
  this.timeout(size === 'small' ? 1_500_000 : 300_000);
  const countyDir = temporaryFolder();
  before(() => countyOf(countyDir, size));

  for (const [play, illnesses] of [
    ['guizhou-like', [{ kind: 'reset-after-commit', afterRequests: 4, times: 2 }]],
    ['gjzwfwpt', [{ kind: 'reset-after-commit', afterRequests: 4, times: 2 }, { kind: 'token', afterRequests: 9, times: 1 }]],
    ['shandong-like', [{ kind: 'reset-after-commit', afterRequests: 50, times: 3 }, { kind: 'token', afterRequests: 90, times: 1 }]],
    ['mohurd-like', [{ kind: 'reset-after-commit', afterRequests: 4, times: 2 }, { kind: 'token', afterRequests: 9, times: 1 }]],
  ] as const) {
    it(`gets every record, once, though answers are lost after they took effect: ${play}`, async () => {
      const walk = new Dialect(play, { countyDir, dataDir: temporaryFolder() });
      await walk.start();
      try {
        for (const illness of illnesses) await walk.ill(illness);
        const results = await walk.report();
        expect(results.map((result) => [result.state, result.failure?.code ?? null, result.counts.pending])).to.deep.equal([['done', null, 0], ['done', null, 0], ['done', null, 0]]);
        expect((await walk.state()).illnesses.map(({ struck }) => struck), 'the illnesses have struck').to.deep.equal(illnesses.map(({ times }) => times));
        const { equal, duplicates, examples } = await walk.compare();
        expect({ equal, duplicates, examples }).to.deep.equal({ equal: true, duplicates: 0, examples: [] });
      } finally {
        await walk.end();
      }
    });
  }
});
