import { expect } from 'chai';
import { mariadbServer, postgresServer, withServer, type CountyServer } from '../fixtures/county-servers.ts';
import { lastLine, Rehearsal } from './rehearsal.ts';

interface Report {
  readonly datasets: readonly { name: string; read: number; delivered: number; quarantined: number; same: number; pending: number }[];
  readonly equal: boolean;
}

const servers: readonly (readonly [string, string, () => Promise<CountyServer | null>])[] = [
  ['MariaDB', 'mysql', mariadbServer], ['PostgreSQL', 'postgres', postgresServer],
];

describe('the whole job with the county on a database server', function () {
  this.timeout(120_000);
  for (const [name, scheme, open] of servers) {
    describe(name, () => {
      const server = withServer(name, open);
      const rehearsal = new Rehearsal();
      const demo = async (): Promise<Report> => {
        const { host, port, user, database } = server().setting;
        const ended = await rehearsal.qilianDemo('demo', '--size', 'small', '--county', `${scheme}://${user}@${host}:${port}/${database}`, '--json');
        expect(ended.code, ended.err).to.equal(0);
        return lastLine<Report>(ended);
      };
      after(() => rehearsal.end());

      it('brings every record to the region or sets it aside, and both sides agree record by record', async () => {
        const report = await demo();
        expect(report.equal).to.equal(true);
        expect(report.datasets.map((one) => [one.name, one.read])).to.deep.equal([['items', 190], ['cases', 600], ['licences', 3000]]);
        for (const one of report.datasets) {
          expect(one.delivered, one.name).to.be.greaterThan(0);
          expect(one.read, one.name).to.equal(one.delivered + one.quarantined + one.same + one.pending);
        }
      });
      if (name === 'PostgreSQL') it('follows a day of the county: late, silent, mended and deleted rows too', async () => {
        await rehearsal.script('demo/change-day.ts', '--seed', '2');
        const report = await demo();
        expect(report.equal).to.equal(true);
        expect(report.datasets.reduce((sum, one) => sum + one.delivered, 0)).to.be.greaterThan(0);
      });
    });
  }
});
