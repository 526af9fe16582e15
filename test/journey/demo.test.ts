import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect } from 'chai';
import { lastLine, Rehearsal } from './rehearsal.ts';

interface Report {
  readonly datasets: readonly { name: string; read: number; delivered: number; quarantined: number; same: number; pending: number }[];
  readonly equal: boolean;
}

interface Touched { readonly touched: Readonly<Record<string, { new: number; changed: number; gone: number; deleted: number; silent: number; late: number }>> }

describe('the whole job, from a county’s tables to the region', function () {
  this.timeout(120_000);
  const rehearsal = new Rehearsal();
  const demo = async (): Promise<Report> => {
    const ended = await rehearsal.qilianDemo('demo', '--size', 'small', '--json');
    expect(ended.code, ended.err).to.equal(0);
    return lastLine<Report>(ended);
  };
  const read = (file: string, sql: string): Record<string, unknown>[] => {
    const database = new DatabaseSync(join(rehearsal.dataDir, file), { readOnly: true });
    try {
      return database.prepare(sql).all() as Record<string, unknown>[];
    } finally {
      database.close();
    }
  };
  const batches = (): number => Number(read('region/region.db', 'select count(*) as n from batch')[0]?.['n']);
  after(() => rehearsal.end());

  it('brings every record to the region or sets it aside, and both sides agree record by record', async () => {
    const report = await demo();
    expect(report.equal).to.equal(true);
    expect(report.datasets.map((one) => [one.name, one.read])).to.deep.equal([['items', 190], ['cases', 600], ['licences', 3000]]);
    for (const one of report.datasets) {
      expect(one.read, one.name).to.equal(one.delivered + one.quarantined + one.same + one.pending);
      expect(one.pending, one.name).to.equal(0);
    }
  });

  it('does to every kind of dirt what the generator says must become of it, and to nothing else', () => {
    const fates = read('truth.db', 'select dataset, key, kind, outcome, code from fate');
    const aside = new Map(read('gateway.db', `select r.dataset || ' ' || r.key as place, e.problems from envelope e join record r on r.id = e.record where e.state = 'quarantined'`)
      .map((row) => [String(row['place']), (JSON.parse(String(row['problems'])) as { code: string; severity: string }[])]));
    expect(new Set(fates.map((fate) => fate['kind'])).size, 'kinds of dirt').to.be.at.least(25);
    const wrong = fates.filter((fate) => {
      const problems = aside.get(`${fate['dataset']} ${fate['key']}`);
      return fate['outcome'] === 'quarantined'
        ? problems?.some((problem) => problem.code === fate['code'] && problem.severity === 'refuse') !== true
        : problems !== undefined;
    });
    expect(wrong.map((fate) => fate['kind'])).to.deep.equal([]);
    const dirty = new Set(fates.map((fate) => `${fate['dataset']} ${fate['key']}`));
    expect([...aside.keys()].filter((place) => !dirty.has(place)), 'clean rows set aside').to.deep.equal([]);
  });

  it('sends nothing when nothing has changed', async () => {
    const before = batches();
    const report = await demo();
    expect(report.equal).to.equal(true);
    expect(report.datasets.map((one) => one.delivered)).to.deep.equal([0, 0, 0]);
    expect(batches()).to.equal(before);
  });

  for (const seed of [1, 2]) {
    it(`brings exactly what a day has changed, late, tied, silent and deleted rows included (day ${seed})`, async () => {
      const { touched } = lastLine<Touched>(await rehearsal.qilianDemo('demo', 'change', '--seed', String(seed), '--json'));
      expect(Object.values(touched).some((one) => one.deleted > 0 && one.silent > 0 && one.late > 0), 'the day has all of them').to.equal(true);
      const report = await demo();
      expect(report.equal).to.equal(true);
      expect(Object.fromEntries(report.datasets.map((one) => [one.name, one.delivered]))).to.deep.equal(
        Object.fromEntries(Object.entries(touched).map(([name, one]) => [name, one.new + one.changed + one.gone])));
    });
  }
});
