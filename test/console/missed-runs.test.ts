import { expect } from 'chai';
import { monday } from '../fakes/virtual-time.ts';
import { Hall } from './hall.ts';
import { livedTown } from './lived-town.ts';

describe('runs that were not made, on the console', () => {
  let hall: Hall;

  before(async () => {
    const file = await livedTown(async (town) => {
      await town.store.noteMissed({ job: 'licences', reason: 'down', firstDue: monday, lastDue: monday + 600_000, times: 3 });
      town.county.put('licences', 'L1', { NAME: 'A licence' });
      const { run } = await town.run('licences');
      await town.store.caughtUp('licences', run);
      await town.store.noteMissed({ job: 'licences', reason: 'overlapping', firstDue: monday + 900_000, lastDue: monday + 900_000, times: 1 });
      await town.store.noteMissed({ job: 'forgotten', reason: 'outside', firstDue: monday + 990_000, lastDue: monday + 990_000, times: 1 });
    });
    hall = await Hall.open({}, file);
    await hall.setUp();
  });
  after(() => hall.close());

  it('are told with why, the latest first, and with the run that caught up', async () => {
    const reader = await hall.as('reader');
    const { missed } = (await reader.ask('GET', '/api/missed-runs', undefined, { 'accept-language': 'zh-CN' })).json as { readonly missed: readonly Readonly<Record<string, unknown>>[] };
    expect(missed.map(({ job, why, times }) => [job, why, times])).to.deep.equal([['forgotten', '不在规定时段', 1], ['licences', '上一次还没有结束', 1], ['licences', '网关没有在运行', 3]]);
    expect(missed.map(({ run }) => run)).to.deep.equal([null, null, 1]);
    expect(missed[0]?.['title']).to.equal('forgotten');
    const { missed: latest } = (await reader.ask('GET', '/api/missed-runs?limit=1')).json as { readonly missed: readonly unknown[] };
    expect(latest).to.have.length(1);
  });
});
