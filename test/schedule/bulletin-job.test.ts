import { expect } from 'chai';
import { openStoreForPages } from '../../adapters/store-sqlite/store.ts';
import { lastMonth } from '../../src/schedule/bulletin-job.ts';
import { inOffice, type Office } from '../fakes/office.ts';

const day = 86_400_000;

/** Three cases of two departments, one with a code that nobody knows; and a job that closes months. */
async function reported(office: Office): Promise<void> {
  office.files.texts.set('jobs/bulletin.yaml', 'job: bulletin\ntitle: 上月通报定数\nkind: bulletin\ncron: "10 0 1 * *"\n');
  office.putCase('1');
  office.putCase('2', { CHANNEL: 'Z' });
  office.putCase('3', { B: '公安局' });
  await office.run();
}

describe('the month that has ended', () => {
  it('is kept with the figures of each department, under the time at which they were read', inOffice(async (office) => {
    await reported(office);
    await office.clock.rest(8 * day);
    expect(await office.run('bulletin')).to.deep.include({ state: 'done', failure: null });
    const pages = openStoreForPages(office.file);
    const [closed] = await pages.closedMonths();
    expect(closed?.month).to.equal('2026-11');
    expect(closed?.at).to.be.within(office.clock.wallMs() - 60_000, office.clock.wallMs());
    expect((await pages.bulletin('2026-11'))?.lines).to.have.deep.members([
      { dataset: 'cases', department: '民政局', records: 2, passed: 1 }, { dataset: 'cases', department: '公安局', records: 1, passed: 1 },
    ]);
    await pages.close();
  }, 10 * day));
  it('keeps its figures, whatever is mended afterwards and however often it is closed', inOffice(async (office) => {
    await reported(office);
    await office.clock.rest(8 * day);
    await office.run('bulletin');
    const before = await office.store.bulletin('2026-11');
    office.putCase('2', { CHANNEL: 'A' });
    await office.run();
    expect(await office.run('bulletin')).to.deep.include({ state: 'done', failure: null });
    expect(await office.store.bulletin('2026-11')).to.deep.equal(before);
  }, 10 * day));
  it('is not closed by a gateway that came after it', inOffice(async (office) => {
    await reported(office);
    expect(await office.run('bulletin')).to.deep.include({ state: 'done', failure: null });
    expect(await office.store.closedMonths()).to.deep.equal([]);
  }));
  it('ends at midnight of the site, not of the machine', () => {
    const at = (text: string): string => lastMonth(Date.parse(text), 480).month;
    expect([at('2026-11-30T15:59:59Z'), at('2026-11-30T16:00:00Z'), at('2026-12-31T16:00:00Z')]).to.deep.equal(['2026-10', '2026-11', '2026-12']);
    expect(lastMonth(Date.parse('2026-11-30T16:00:00Z'), 480).endMs).to.equal(Date.parse('2026-11-30T16:00:00Z'));
  });
});
