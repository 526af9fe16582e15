import { expect } from 'chai';
import { LossyLine } from '../fakes/lossy-line.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { absent, exchangeOnMariadb, exchangeOnPostgres } from '../fixtures/exchange-databases.ts';
import { countyOf, Dialect } from './dialect.ts';

describe('a region behind an exchange database', function () {
  this.timeout(180_000);
  const countyDir = temporaryFolder();
  before(() => countyOf(countyDir, process.env['QILIAN_TEST_SIZE'] === 'small' ? 'small' : 120));

  for (const [name, open, port] of [['MariaDB', exchangeOnMariadb, 3306], ['PostgreSQL', exchangeOnPostgres, 5432]] as const) {
    it(`gets every record, once, though answers are lost after the commit: ${name}`, async function () {
      const exchange = await open();
      if (exchange === null) {
        absent(name);
        this.skip();
      }
      const line = new LossyLine(port);
      const at = await line.open();
      const walk = new Dialect(`frontdb-${exchange.place.engine}`, { countyDir, dataDir: temporaryFolder() }, { place: exchange.place, database: exchange.setting(at) });
      try {
        await walk.start();
        line.toPass = 6;
        line.toLose = 3;
        const results = await walk.report();
        expect(results.map((result) => [result.state, result.failure?.code ?? null, result.counts.pending])).to.deep.equal([['done', null, 0], ['done', null, 0], ['done', null, 0]]);
        expect(line.lost, 'commits whose answer was lost').to.equal(3);
        const { equal, duplicates, examples } = await walk.compare();
        expect({ equal, duplicates, examples }).to.deep.equal({ equal: true, duplicates: 0, examples: [] });
      } finally {
        await walk.end();
        line.close();
        await exchange.drop();
      }
    });
  }
});
