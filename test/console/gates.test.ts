import { expect } from 'chai';
import { openStoreToTell } from '../../adapters/store-sqlite/store.ts';
import type { TellingStore } from '../../src/port/store.ts';
import { monday } from '../fakes/virtual-time.ts';
import { emptyOffice, Hall, type Visitor } from './hall.ts';
import { livedTown } from './lived-town.ts';

type Shown = Readonly<Record<'gate' | 'state', string>> & Readonly<Record<'reason' | 'since' | 'tryAt' | 'said', unknown>>;

describe('the gates to the region on the console', () => {
  const resumed: unknown[] = [];
  let telling: TellingStore;
  let hall: Hall;
  let system: Visitor;

  before(async () => {
    const file = await livedTown(async (town) => {
      await town.store.rest({ dataset: 'cases', since: monday, what: 'a batch that is settled was open' });
      await town.store.keepGate({ gate: 'licences', state: 'shut', since: monday, reason: 'REFUSALS_MANY', tryAt: monday + 600_000, tries: 1 });
    });
    telling = openStoreToTell(file);
    const resume = async (dataset: string, by: { readonly who: string; readonly why: string }): Promise<boolean> => {
      resumed.push({ dataset, ...by });
      return true;
    };
    hall = await Hall.open({ office: { ...emptyOffice, resume }, sayGate: (word) => telling.sayGate({ ...word, at: hall.clock.wallMs() }) }, file);
    await hall.setUp();
    system = await hall.as('system');
  });
  after(async () => {
    await hall.close();
    await telling.close();
  });

  it('show which is shut, since when, why in words and when it is tried again; the others are open', async () => {
    const all = await gates();
    expect(all[0]).to.deep.include({ gate: 'region', state: 'open', since: null, reason: null });
    expect(all.find(({ gate }) => gate === 'licences')).to.deep.include({ state: 'shut', since: monday, tryAt: monday + 600_000, said: null }).and.to.have.property('reason').that.does.not.include('REFUSALS_MANY');
    expect(all.filter(({ state }) => state === 'open').map(({ gate }) => gate)).to.include('items').and.not.include('licences');
  });
  it('are held and released by whoever may stop jobs, with the reason, once, and it stands in the audit', async () => {
    expect((await system.ask('POST', '/api/gates/region/hold', { reason: 'the region is upgraded' })).status).to.equal(200);
    expect((await gates())[0]).to.deep.include({ state: 'held', reason: 'the region is upgraded', tryAt: null });
    expect((await system.ask('POST', '/api/gates/region/hold', { reason: 'once more' })).json['code']).to.equal('MOVED_ON');
    expect((await system.ask('POST', '/api/gates/region/release', { reason: 'the upgrade is over' })).status).to.equal(200);
    expect((await gates())[0]).to.deep.include({ state: 'open', said: null });
    expect((await system.ask('POST', '/api/gates/region/release', { reason: 'once more' })).json['code']).to.equal('MOVED_ON');
    const entries = (await (await hall.as('audit')).ask('GET', '/api/audit')).json['entries'] as readonly Readonly<Record<string, unknown>>[];
    expect(entries.filter((one) => one['object'] === 'gate region' && one['result'] === 'done').map((one) => [one['action'], one['actor'], one['reason']])).to.have.deep.members([
      ['holdGate', 'system', 'the region is upgraded'], ['releaseGate', 'system', 'the upgrade is over'],
    ]);
  });
  it('show who released one that is still shut, until a run has heard it', async () => {
    await system.ask('POST', '/api/gates/licences/release', { reason: 'code table mended' });
    const licences = (await gates()).find(({ gate }) => gate === 'licences');
    expect(licences).to.include({ state: 'shut' });
    expect(licences?.said).to.deep.include({ word: 'release', by: 'system', reason: 'code table mended' });
  });
  it('show a dataset that rests after a failed check, which is neither held nor released but goes on by a person’s word', async () => {
    expect((await gates()).find(({ gate }) => gate === 'cases')).to.deep.include({ state: 'rests', since: monday, reason: 'a batch that is settled was open' });
    expect((await system.ask('POST', '/api/gates/cases/release', { reason: 'not held' })).json['code']).to.equal('MOVED_ON');
    expect((await system.ask('POST', '/api/gates/items/resume', { reason: 'nothing rests' })).json['code']).to.equal('NOT_RESTING');
    expect((await system.ask('POST', '/api/gates/cases/resume', { reason: 'found and mended' })).status).to.equal(200);
    expect(resumed).to.deep.equal([{ dataset: 'cases', who: 'system', why: 'found and mended' }]);
    expect((await (await hall.as('operator')).ask('POST', '/api/gates/cases/resume', { reason: 'out of turn' })).json['code']).to.equal('NOT_ALLOWED');
  });
  it('are held by nobody who only looks or mends, need a reason, and are known by name', async () => {
    for (const role of ['operator', 'reader', 'audit'] as const) {
      expect((await (await hall.as(role)).ask('POST', '/api/gates/region/hold', { reason: 'out of turn' })).json['code'], role).to.equal('NOT_ALLOWED');
    }
    expect((await system.ask('POST', '/api/gates/items/hold', {})).status).to.equal(422);
    const unknown = await system.ask('POST', '/api/gates/nowhere/hold', { reason: 'no such gate' });
    expect([unknown.status, unknown.json['code']]).to.deep.equal([404, 'GATE_UNKNOWN']);
  });

  async function gates(): Promise<readonly Shown[]> {
    return (await system.ask('GET', '/api/gates')).json['gates'] as readonly Shown[];
  }
});
