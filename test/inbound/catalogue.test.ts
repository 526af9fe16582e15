import { expect } from 'chai';
import { warningOf, withdrawnCodes } from '../../src/inbound/catalogue.ts';
import type { CatalogueProfile } from '../../src/port/pull-profile.ts';
import type { Mapped } from '../../src/record/envelope.ts';
import { stillClock } from '../fakes/still-clock.ts';
import { TownHall } from './town-hall.ts';

const profile: CatalogueProfile = { resource: 'applications', state: 'state', withdrawn: ['3'], tables: ['up_task_general_basic'], field: 'catalog_code' };
const item = (code: string, table = 'up_task_general_basic'): Mapped => ({
  state: 'good', key: code, identity: null, need: null, problems: [], fingerprint: 'f', records: [{ table, rowGuid: '1', body: JSON.stringify({ row_guid: '1', catalog_code: code }), digest: 'd' }],
});

describe('the base catalogue', () => {
  it('tells which codes are withdrawn by its newest word on each, and every item under one of them is warned of', async () => {
    const hall = new TownHall(stillClock());
    const said = (no: string, state: string, at: string) => ({ no, at, name: no, state });
    hall.feed.issue('applications', said('A', '1', '1'), said('B', '3', '1'), said('C', '3', '1'), said('C', '1', '2'));
    await hall.run();
    const withdrawn = await withdrawnCodes(profile, hall.store);
    expect([...withdrawn]).to.deep.equal(['B']);
    const warned = (mapped: Mapped): readonly string[] => {
      const found = warningOf(profile, withdrawn, () => mapped)({ state: 'gone', key: '' });
      return found.state === 'good' ? found.problems.map((one) => `${one.severity} ${one.code} ${String(one.facts?.['value'])}`) : [];
    };
    expect(warned(item('B'))).to.deep.equal(['warn CATALOGUE_WITHDRAWN B']);
    expect([warned(item('A')), warned(item('C')), warned(item('B', 'up_pro_accept'))]).to.deep.equal([[], [], []]);
    await hall.end();
  });
});
