import { expect } from 'chai';
import { openStore } from '../../adapters/store-sqlite/store.ts';
import { officeOf, type OfficeParts } from '../../src/cli/console-office.ts';
import type { Invocation } from '../../src/cli/parts.ts';
import type { HttpProfile } from '../../src/port/profile.ts';
import { shippedSite, TimetableByHand } from '../console/hall.ts';
import { livedTown } from '../console/lived-town.ts';
import { terminal } from '../fakes/parts-in-memory.ts';
import { silentLog } from '../fakes/silent-log.ts';

const by = { who: '王敏', why: '地区李工电话答复' };

/** The office of a service in which a batch of three licences is in doubt, and cases rest. */
async function office(): Promise<{ readonly store: OfficeParts['store']; readonly office: ReturnType<typeof officeOf>; readonly logged: string[]; readonly no: string }> {
  const file = await livedTown(async (town) => {
    for (const id of ['1', '2', '3']) town.county.put('licences', id);
    town.region.ill = () => ({ kind: 'lost-before' });
    await town.run('licences');
    await town.store.rest({ dataset: 'cases', since: 0, what: 'a run adds up' });
  });
  const site = await shippedSite();
  const { parts, dataDir } = terminal();
  const store = openStore(file, 'test');
  const logged: string[] = [];
  const profile = { ...site.profile, ask: { cannot: 'hold', why: 'no such question' } } as HttpProfile;
  const invocation: Invocation = { parts, texts: parts.texts('zh-CN'), siteDir: dataDir, dataDir, env: {}, json: false };
  return {
    store, logged, no: (await store.openBatches('licences'))[0]?.no ?? '',
    office: officeOf({
      invocation, gateway: { site: { ...site, profile } } as OfficeParts['gateway'], store, timetable: new TimetableByHand(), memory: {} as OfficeParts['memory'],
      log: { ...silentLog(), warn: (code) => void logged.push(code) }, renew: async () => undefined, signal: new AbortController().signal,
    }),
  };
}

describe('what the console orders of the running service', () => {
  it('concludes a batch in doubt by the site of now, once, and writes it into the log', async () => {
    const { office: at, store, logged, no } = await office();
    await at.concludeBatch({ no, heard: 'arrived', ...by });
    expect(await store.openBatches('licences')).to.deep.equal([]);
    expect((await store.trace('licences', '2'))?.versions[0]?.state).to.equal('delivered');
    expect(logged).to.deep.equal(['CONCLUDED']);
    const again = await at.concludeBatch({ no, heard: 'never-arrived', ...by }).then(() => 'done', (cause: unknown) => (cause as { code: string }).code);
    expect(again).to.equal('BATCH_NOT_OPEN');
    await store.close();
  });
  it('lets a dataset go on that rests, and says when none does', async () => {
    const { office: at, store, logged } = await office();
    expect([await at.resume('cases', by), await at.resume('cases', by)]).to.deep.equal([true, false]);
    expect([await store.resting(), logged]).to.deep.equal([[], ['RESUMED']]);
    await store.close();
  });
});
