import { expect } from 'chai';
import type { IssuedLists } from '../../console/server/office.ts';
import { Failure } from '../../src/record/failure.ts';
import { emptyOffice, Hall } from './hall.ts';

const effect = {
  name: 'satisfaction', version: '2026-12-01', known: true, added: ['6'], removed: ['5'], renamed: [],
  broken: [{ dataset: 'cases', field: 'up_pro_result.satisfaction', table: 'satisfaction', from: '1', to: '5' }],
};
const reach = { plan: 'abc', carried: [{ dataset: 'cases', field: 'up_pro_result.satisfaction', code: '5', records: 12 }], unread: 3 };

describe('code lists the region has issued, on the console', () => {
  let issued: IssuedLists = { lists: [], withdrawn: null };
  const taken: unknown[] = [];
  const takeList = async (number: number, plan: string): Promise<void> => {
    if (plan !== 'abc') throw new Failure('DICTIONARY_OTHER', { dictionary: 'satisfaction', plan: 'abc' });
    taken.push([number, plan]);
  };
  let hall: Hall;
  before(async () => {
    hall = await Hall.open({ office: { ...emptyOffice, issued: async () => issued, takeList } });
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
  it('are taken as they were seen, with a reason that stands in the audit, and not when they are others by now', async () => {
    const operator = await hall.as('operator');
    const take = async (number: number, plan: string): Promise<unknown> => {
      const { status, json } = await operator.ask('POST', `/api/dictionaries/${number}/take`, { plan, reason: '地区已发文' });
      return json['code'] ?? status;
    };
    expect([await take(4, 'abc'), await take(4, 'another'), await take(5, 'abc')]).to.deep.equal([200, 'DICTIONARY_OTHER', 'DICTIONARY_NOT_WAITING']);
    expect(taken).to.deep.equal([[4, 'abc']]);
    const entries = (await (await hall.as('audit')).ask('GET', '/api/audit')).json['entries'] as readonly Readonly<Record<string, unknown>>[];
    expect(entries.findLast((one) => one['action'] === 'takeDictionary' && one['result'] === 'done')).to.deep.include({ object: 'dictionary satisfaction 2026-12-01', after: { plan: 'abc' }, reason: '地区已发文' });
  });
  it('tell somebody who sees some datasets nothing of the others', async () => {
    const id = ((await (await hall.as('system')).ask('GET', '/api/accounts')).json['accounts'] as { id: number; login: string }[]).find(({ login }) => login === 'operator')?.id;
    await (await hall.as('security')).ask('PUT', `/api/accounts/${id}/rights`, { role: 'operator', datasets: ['licences'], reason: 'licences alone' });
    const [list] = (await (await hall.as('operator')).ask('GET', '/api/dictionaries')).json['lists'] as { broken: unknown[]; carried: unknown[] }[];
    expect([list?.broken, list?.carried]).to.deep.equal([[], []]);
    expect((await (await hall.as('operator')).ask('POST', '/api/dictionaries/4/take', { plan: 'abc', reason: '地区已发文' })).json['code']).to.equal('NOT_YOURS');
  });
});
