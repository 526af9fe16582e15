import { expect } from 'chai';
import { groupsOf } from '../../src/mending/groups.ts';
import { answerableOf } from '../../src/quality/answerable.ts';
import type { Failure } from '../../src/record/failure.ts';
import { openStoreForPages } from '../../adapters/store-sqlite/store.ts';
import type { RedriveJob } from '../../src/record/job.ts';
import { runRedriveJob } from '../../src/schedule/redrive-job.ts';
import { sourceInMemory } from '../fakes/source-in-memory.ts';
import { inOffice, type Office } from '../fakes/office.ts';

const codes = 'mappings/county/model/codes/channel.yaml';
const entry = '  - { from: Z, county: 自助机, to: "1", region: 网上 }\n';

/** Three cases whose channel nobody knows, one with a wrong date as well, one that is well. */
async function threeAside(office: Office): Promise<void> {
  office.putCase('1', { CHANNEL: 'Z' });
  office.putCase('2', { CHANNEL: 'Z', B: '公安局' });
  office.putCase('3', { CHANNEL: 'Z', APPLIED: '昨天' });
  office.putCase('4');
  await office.run();
}

function knowZ(office: Office): void {
  office.files.change(codes, '  - { from: A,', `${entry}  - { from: A,`);
}

describe('the quarantine', () => {
  it('is grouped by problem, field, value and department, and says what would set how many records free', inOffice(async (office) => {
    await threeAside(office);
    const groups = await groupsOf(office.store, answerableOf(await office.site()));
    expect(groups.map(({ code, field, value, department, records, alone }) => [code, field, value, department, records, alone])).to.deep.equal([
      ['CODE_UNMAPPED', 'apply_type', 'Z', '民政局', 2, 1], ['CODE_UNMAPPED', 'apply_type', 'Z', '公安局', 1, 1], ['DATE_INVALID', 'apply_date', '', '民政局', 1, 0],
    ]);
  }));
  it('shows what a new entry in a code table would set free before anything is changed', inOffice(async (office) => {
    await threeAside(office);
    expect(await office.preview({ code: 'CODE_UNMAPPED' })).to.deep.include({ looked: 3, freed: 0, still: 3 });
    knowZ(office);
    const outcome = await office.preview({ code: 'CODE_UNMAPPED' });
    expect(outcome).to.deep.include({ looked: 3, freed: 2, otherwise: 1, still: 0 });
    expect(outcome.problems).to.deep.equal([{ code: 'DATE_INVALID', table: 'up_pro_accept', field: 'apply_date', records: 1 }]);
    expect(await office.aside()).to.deep.equal(['1', '2', '3']);
  }));
  it('lets all of a group go by one order, and keeps who ordered it and why with every record', inOffice(async (office) => {
    await threeAside(office);
    knowZ(office);
    expect(await office.redrive({ code: 'CODE_UNMAPPED', department: '民政局' })).to.deep.include({ looked: 2, freed: 1, otherwise: 1, left: 'nothing' });
    await office.run();
    expect(Object.keys(office.cases())).to.have.members(['1', '4']);
    expect(await office.aside()).to.deep.equal(['2', '3']);
    const trace = await office.store.trace('cases', '1');
    expect(trace?.versions.map(({ version, state, deed }) => [version, state, deed?.who ?? null, deed?.why ?? null])).to.deep.equal([
      [1, 'superseded', null, null], [2, 'delivered', '其其格', '代码表已补'],
    ]);
  }));
  it('lets single records go by their numbers, and says nothing of the others', inOffice(async (office) => {
    await threeAside(office);
    knowZ(office);
    const [, second] = await office.store.quarantine('cases', 0, 10);
    expect(await office.redrive({ numbers: [second?.seq ?? 0] })).to.deep.include({ looked: 1, freed: 1 });
    expect(await office.aside()).to.deep.equal(['1', '3']);
  }));
  it('leaves a record that is still bad where it is, with the number it had', inOffice(async (office) => {
    await threeAside(office);
    const before = await office.store.quarantine('cases', 0, 10);
    expect(await office.redrive()).to.deep.include({ looked: 3, freed: 0, still: 3 });
    expect(await office.store.quarantine('cases', 0, 10)).to.deep.equal(before);
  }));
  it('is not let go by nobody and for no reason', inOffice(async (office) => {
    await threeAside(office);
    for (const nobody of [{ who: ' ' }, { why: '' }]) {
      const thrown = await office.redrive({}, nobody).then(() => null, (cause: unknown) => cause as Failure);
      expect(thrown?.code).to.equal('WHO_AND_WHY');
    }
    expect(await office.aside()).to.have.length(3);
  }));
  it('lets records go no faster than was said', inOffice(async (office) => {
    for (let n = 0; n < 500; n += 1) office.putCase(`c${n}`, { CHANNEL: 'Z' });
    await office.run();
    knowZ(office);
    const began = office.clock.steadyMs();
    expect(await office.redrive({}, { perSecond: 50 })).to.deep.include({ looked: 500, freed: 500 });
    expect(office.clock.steadyMs() - began).to.equal(10_000);
  }));
  it('lets nothing more go once the outbox is full, and goes on where it was', inOffice(async (office) => {
    for (let n = 0; n < 500; n += 1) office.putCase(`c${n}`, { CHANNEL: 'Z' });
    await office.run();
    knowZ(office);
    expect(await office.redrive({}, { highWater: 300 })).to.deep.include({ freed: 400, left: 'full' });
    await office.run();
    expect(await office.redrive({}, { highWater: 300 })).to.deep.include({ still: 0, left: 'nothing' });
    await office.run();
    expect(Object.keys(office.cases())).to.have.length(500);
  }));
  it('sends records in the order in which they were set aside', inOffice(async (office) => {
    for (const id of ['c', 'a', 'b']) office.putCase(id, { CHANNEL: 'Z' });
    await office.run();
    knowZ(office);
    await office.redrive();
    await office.run();
    expect(office.region.books.story()).to.deep.equal(['I up_pro_accept/c', 'I up_pro_accept/a', 'I up_pro_accept/b']);
  }));
  it('knows that the county has said something later, and lets that stand', inOffice(async (office) => {
    await threeAside(office);
    office.putCase('1', { CHANNEL: 'B' });
    await office.run();
    knowZ(office);
    expect(await office.redrive()).to.deep.include({ looked: 2, freed: 1 });
    await office.run();
    expect(office.cases()['1']?.['apply_type']).to.equal('1');
    expect(office.region.books.story().filter((line) => line.endsWith('/1'))).to.deep.equal(['I up_pro_accept/1']);
  }));
  it('reads a row again when today\'s mapping asks for a column that was not read then, and says so when it cannot', inOffice(async (office) => {
    office.putCase('1', { CHANNEL: 'Z', NEWCOL: 'A' });
    await office.run();
    office.files.change('mappings/county/model/cases.yaml', '{ column: CHANNEL, code: channel }', '{ column: NEWCOL, code: channel }');
    office.countyAway = true;
    expect(await office.redrive()).to.deep.include({ looked: 1, unread: 1, freed: 0 });
    office.countyAway = false;
    expect(await office.redrive()).to.deep.include({ looked: 1, unread: 0, freed: 1 });
  }));
});

describe('what the region refused', () => {
  const refuseTwo = async (office: Office): Promise<void> => {
    office.region.books.refuses = (record) => (record['row_guid'] === '2' ? '地区字典未更新' : null);
    for (const id of ['1', '2']) office.putCase(id);
    await office.run();
    office.region.books.refuses = () => null;
  };

  it('goes again with the same content once the region has changed its mind', inOffice(async (office) => {
    await refuseTwo(office);
    expect(await office.preview()).to.deep.include({ looked: 1, freed: 1 });
    expect(await office.redrive()).to.deep.include({ looked: 1, freed: 1 });
    await office.run();
    expect(Object.keys(office.cases())).to.deep.equal(['1', '2']);
    expect((await office.run()).counts).to.deep.include({ delivered: 0, quarantined: 0 });
  }));
  it('stays where it is until it has been set aside for the day that the region wants', inOffice(async (office) => {
    await refuseTwo(office);
    const dayBefore = (): { readonly before: number } => ({ before: office.clock.wallMs() - 24 * 3_600_000 });
    expect(await office.redrive(dayBefore())).to.deep.include({ looked: 0, freed: 0 });
    await office.clock.rest(24 * 3_600_000 + 1);
    expect(await office.redrive(dayBefore())).to.deep.include({ looked: 1, freed: 1 });
  }));
  it('goes again by a job, after so many hours and again after as many, in the job’s name', inOffice(async (office) => {
    office.files.texts.set('jobs/again.yaml', 'job: again\ntitle: 退回满 20 小时重报\ndataset: cases\nkind: redrive\ncode: REGION_REFUSED\nolderHours: 20\n');
    await refuseTwo(office);
    expect(await office.run('again')).to.deep.include({ state: 'done', failure: null });
    expect((await office.run()).counts).to.deep.include({ delivered: 0 });
    office.region.books.refuses = (record) => (record['row_guid'] === '2' ? '仍未更新' : null);
    await office.clock.rest(20 * 3_600_000 + 1);
    const first = await office.run('again');
    expect([first.state, first.counts]).to.deep.equal(['pending', { read: 1, delivered: 0, quarantined: 0, same: 0, pending: 1 }]);
    await office.run();
    expect(await office.aside(), 'refused anew').to.deep.equal(['2']);
    office.region.books.refuses = () => null;
    expect((await office.run('again')).state, 'its day begins again').to.equal('done');
    await office.clock.rest(20 * 3_600_000 + 1);
    await office.run('again');
    await office.run();
    expect(Object.keys(office.cases())).to.deep.equal(['1', '2']);
    expect((await office.store.trace('cases', '2'))?.versions.map(({ state, deed }) => [state, deed?.who ?? null, deed?.why ?? null])).to.deep.equal([
      ['superseded', null, null], ['superseded', 'again', '退回满 20 小时重报'], ['delivered', 'again', '退回满 20 小时重报'],
    ]);
  }));
  it('is left by the job, which says that it is not done, while the outbox is full', inOffice(async (office) => {
    office.files.texts.set('jobs/again.yaml', 'job: again\ntitle: 退回满 20 小时重报\ndataset: cases\nkind: redrive\ncode: REGION_REFUSED\nolderHours: 20\n');
    await refuseTwo(office);
    await office.clock.rest(20 * 3_600_000 + 1);
    const site = await office.site();
    const job = site.jobs.find((one) => one.job === 'again') as RedriveJob;
    const done = await runRedriveJob({ job, site, store: office.store, openSource: () => sourceInMemory(office.tables, office.clock), highWater: 0, clock: office.clock, signal: new AbortController().signal, progress: () => undefined });
    expect([done.state, done.counts.read]).to.deep.equal(['pending', 0]);
    expect(await office.aside()).to.deep.equal(['2']);
  }));
  it('has waited since the region refused it, not since it was read', inOffice(async (office) => {
    office.region.books.refuses = () => '地区字典未更新';
    office.region.latencyMs = () => 60_000;
    office.putCase('1');
    await office.run();
    const [kept] = await office.store.quarantine('cases', 0, 1);
    const [group] = await groupsOf(office.store, answerableOf(await office.site()));
    const [shown] = await openStoreForPages(office.file).setAsidePage({ datasets: null, after: 0, limit: 1 });
    expect((group?.since ?? 0) - (kept?.keptAt ?? 0)).to.be.at.least(60_000);
    expect(shown?.asideAt).to.equal(group?.since);
  }));
  it('goes as the county says it now', inOffice(async (office) => {
    await refuseTwo(office);
    const row = office.tables['QLCASE']?.[1];
    office.tables['QLCASE']?.splice(1, 1, { ...row, CHANNEL: 'B' });
    await office.redrive();
    await office.run();
    expect(office.cases()['2']?.['apply_type']).to.equal('1');
  }));
  it('goes as it was sent when the county cannot be asked', inOffice(async (office) => {
    await refuseTwo(office);
    office.countyAway = true;
    expect(await office.redrive()).to.deep.include({ looked: 1, freed: 1 });
    office.countyAway = false;
    await office.run();
    expect(office.cases()['2']?.['apply_type']).to.equal('0');
    expect((await office.store.trace('cases', 'NO-2'))?.key).to.equal('2');
  }));
  it('is let be when the county has taken it back meanwhile', inOffice(async (office) => {
    await refuseTwo(office);
    office.removeCase('2');
    expect(await office.redrive()).to.deep.include({ looked: 1, gone: 1, freed: 0 });
    expect(await office.aside()).to.deep.equal([]);
  }));
});

describe('a refusal that comes after the fact', () => {
  const problem = { code: 'REGION_REFUSED', severity: 'refuse', table: 'up_pro_accept', facts: { code: 'E1', message: '抽查不合格' } } as const;
  const late = async (office: Office, rowGuid: string, regionKeeps = true): Promise<readonly string[]> => {
    const batch = (await office.store.trace('cases', rowGuid))?.versions.at(-1)?.batches.at(-1)?.no ?? '';
    return office.store.refuseLate([{ batch, table: 'up_pro_accept', rowGuid, problem, regionKeeps }], office.clock.wallMs());
  };

  it('puts the record back into quarantine, once, and it can go again', inOffice(async (office) => {
    office.putCase('1');
    await office.run();
    expect(await late(office, '1')).to.deep.equal(['set-aside']);
    expect(await late(office, '1')).to.deep.equal(['before']);
    expect(await office.aside()).to.deep.equal(['1']);
    expect(await office.redrive({ code: 'REGION_REFUSED', value: 'E1' })).to.deep.include({ freed: 1 });
    await office.run();
    expect(office.region.books.story()).to.deep.equal(['I up_pro_accept/1', 'U up_pro_accept/1']);
  }));
  it('makes the record anew at a region that has thrown it away', inOffice(async (office) => {
    office.putCase('1');
    await office.run();
    expect(await late(office, '1', false)).to.deep.equal(['set-aside']);
    expect((await office.store.totals()).find((one) => one.dataset === 'cases')).to.include({ atRegion: 0, quarantined: 1, delivered: 0 });
  }));
  it('says nothing against a later version, and nothing of a row that never travelled', inOffice(async (office) => {
    office.putCase('1');
    await office.run();
    const first = (await office.store.trace('cases', '1'))?.versions[0]?.batches[0]?.no ?? '';
    office.putCase('1', { CHANNEL: 'B' });
    await office.run();
    const refusal = { table: 'up_pro_accept', problem, regionKeeps: true };
    expect(await office.store.refuseLate([{ ...refusal, batch: first, rowGuid: '1' }, { ...refusal, batch: first, rowGuid: '9' }, { ...refusal, batch: 'none', rowGuid: '1' }], 1))
      .to.deep.equal(['overtaken', 'unknown', 'unknown']);
    expect(await office.aside()).to.deep.equal([]);
  }));
});
