import { expect } from 'chai';
import { lastLine, Rehearsal } from './rehearsal.ts';

interface Plan {
  readonly plan: string;
  readonly records: { read: number; create: number; update: number; delete: number; same: number; withdraw: number; refuse: number; stillQuarantined: number };
  readonly tables: readonly { table: string; create: number; update: number; remove: number }[];
  readonly fields: readonly { field: string; count: number }[];
  readonly examples: readonly { key: string }[];
  readonly guard: { changed: number; gone: number; held: boolean };
  readonly duration: { perSecond: number | null; seconds: number | null };
}
interface Ran { readonly state: string; readonly read: number; readonly delivered: number; readonly quarantined: number; readonly same: number; readonly pending: number }
interface Effects { readonly effects: readonly { table: string; operation: string }[]; readonly next: number }

const jobs = ['items', 'cases', 'licences', 'items-sweep', 'cases-sweep', 'licences-sweep'];

describe('a plan', function () {
  this.timeout(120_000);
  const rehearsal = new Rehearsal();
  let seen = 0;
  before(() => rehearsal.begin('small'));
  after(() => rehearsal.end());

  const plan = async (job: string): Promise<Plan> => {
    const ended = await rehearsal.qilian('plan', job, '--json');
    expect(ended.code, ended.err).to.equal(0);
    return lastLine<Plan>(ended);
  };
  const run = async (job: string): Promise<Ran> => lastLine<Ran>(await rehearsal.qilian('run', job, '--json'));
  /** What has come into effect at the region since last asked, by table and operation. */
  const effects = async (): Promise<Record<string, Record<string, number>>> => {
    const counts: Record<string, Record<string, number>> = {};
    for (;;) {
      const { effects: found, next } = await rehearsal.control('GET', `/sim/effects?after=${seen}&limit=10000`) as Effects;
      for (const { table, operation } of found) {
        const of = counts[table] ??= { I: 0, U: 0, D: 0 };
        of[operation] = (of[operation] ?? 0) + 1;
      }
      if (found.length === 0) return counts;
      seen = next;
    }
  };
  const hold = async (job: string): Promise<Plan> => {
    const planned = await plan(job);
    expect(await effects(), `${job}: a plan sends nothing`).to.deep.equal({});
    const ran = await run(job);
    const { records } = planned;
    expect({ delivered: ran.delivered, quarantined: ran.quarantined, same: ran.same, read: ran.read, pending: ran.pending, state: ran.state }, job).to.deep.equal({
      delivered: records.create + records.update + records.delete, quarantined: records.refuse + records.stillQuarantined,
      same: records.same + records.withdraw, read: records.read, pending: 0, state: 'done',
    });
    expect(await effects(), job).to.deep.equal(Object.fromEntries(planned.tables.map((one) => [one.table, { I: one.create, U: one.update, D: one.remove }])));
    return planned;
  };

  it('says before the first run what the first run does, table by table and operation by operation', async () => {
    for (const job of jobs.slice(0, 3)) {
      const planned = await hold(job);
      expect(planned.records.create, job).to.be.above(100);
      expect(planned.records.refuse, job).to.be.above(0);
      expect(planned.guard, job).to.deep.include({ changed: 0, gone: 0, held: false });
      expect(planned.duration.perSecond, 'nothing has been measured yet').to.equal(null);
    }
  });
  for (const seed of [1, 2]) {
    it(`says after a day of changes exactly what the following runs do, sweeps included (day ${seed})`, async () => {
      await rehearsal.qilian('demo', 'change', '--seed', String(seed));
      const plans: Plan[] = [];
      for (const job of jobs) plans.push(await hold(job));
      const sum = (what: 'create' | 'update' | 'delete'): number => plans.reduce((all, one) => all + one.records[what], 0);
      expect([sum('create'), sum('update'), sum('delete')].every((count) => count > 0), 'the day has all of them').to.equal(true);
      expect(plans.some((one) => one.fields.length > 0 && one.examples.length > 0)).to.equal(true);
      expect(plans[2]?.duration.perSecond).to.be.above(0);
    });
  }
  it('is empty when nothing has changed and has the same name each time', async () => {
    const [one, two] = [await plan('licences-sweep'), await plan('licences-sweep')];
    expect(one.plan).to.equal(two.plan);
    expect([one.records.create, one.records.update, one.records.delete, one.tables]).to.deep.equal([0, 0, 0, []]);
  });
});
