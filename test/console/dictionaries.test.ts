import { expect } from 'chai';
import type { IssuedLists } from '../../console/server/office.ts';
import { emptyOffice, Hall } from './hall.ts';

const effect = {
  name: 'satisfaction', version: '2026-12-01', known: true, added: ['6'], removed: ['5'], renamed: [],
  broken: [{ dataset: 'cases', field: 'up_pro_result.satisfaction', table: 'satisfaction', from: '1', to: '5' }],
};
const reach = { plan: 'abc', carried: [{ dataset: 'cases', field: 'up_pro_result.satisfaction', code: '5', records: 12 }], unread: 3 };

describe('code lists the region has issued, on the console', () => {
  let issued: IssuedLists = { lists: [], withdrawn: null };
  let hall: Hall;
  before(async () => {
    hall = await Hall.open({ office: { ...emptyOffice, issued: async () => issued } });
    await hall.setUp();
  });
  after(() => hall.close());

  it('are none, and say so, where nothing waits and the region issues no catalogue', async () => {
    expect((await (await hall.as('operator')).ask('GET', '/api/dictionaries')).json).to.deep.equal({ lists: [], withdrawn: null, warned: 0 });
  });
  it('are shown with what taking them would do, and the plan that has to be confirmed', async () => {
    issued = { lists: [{ id: 4, effect, reach }], withdrawn: 2 };
    const { lists, withdrawn } = (await (await hall.as('operator')).ask('GET', '/api/dictionaries')).json;
    expect(withdrawn).to.equal(2);
    expect(lists).to.deep.equal([{ number: 4, dictionary: 'satisfaction', version: '2026-12-01', known: true, plan: 'abc', added: ['6'], removed: ['5'], renamed: [], broken: effect.broken, carried: reach.carried, unread: 3 }]);
  });
  it('tell somebody who sees some datasets nothing of the others', async () => {
    const id = ((await (await hall.as('system')).ask('GET', '/api/accounts')).json['accounts'] as { id: number; login: string }[]).find(({ login }) => login === 'operator')?.id;
    await (await hall.as('security')).ask('PUT', `/api/accounts/${id}/rights`, { role: 'operator', datasets: ['licences'], reason: 'licences alone' });
    const [list] = (await (await hall.as('operator')).ask('GET', '/api/dictionaries')).json['lists'] as { broken: unknown[]; carried: unknown[] }[];
    expect([list?.broken, list?.carried]).to.deep.equal([[], []]);
  });
});
