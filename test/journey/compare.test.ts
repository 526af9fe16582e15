import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import type { Figure } from '../../src/indicators/compute.ts';
import type { RepairPlan } from '../../src/reconcile/repair-plan.ts';
import type { Comparison, DifferenceKind, KeptComparison } from '../../src/record/comparison.ts';
import { RegionByHand } from './plant.ts';
import type { CountyComparison } from '../../src/schedule/compare-county.ts';
import { typed } from './typed.ts';
import { siteOffering } from './site-offering.ts';
import { lastLine, Rehearsal } from './rehearsal.ts';

const table = 'up_lic_data';

describe('both sides compared', function () {
  this.timeout(120_000);
  const rehearsal = new Rehearsal();
  const region = new RegionByHand(rehearsal.dataDir);
  const qilian = typed(rehearsal);
  before(async () => {
    await rehearsal.begin('small');
    for (const job of ['items', 'cases', 'licences']) await qilian('run', job, '--json');
  });
  after(() => rehearsal.end());

  interface Repaired extends Comparison {
    readonly repair?: RepairPlan;
    readonly repaired?: { readonly state: string; readonly read: number };
    readonly after?: Comparison;
  }
  const run = async (...words: string[]): Promise<Repaired> => lastLine<Repaired>(await qilian(...words, '--json', '--limit', '10000'));
  const compare = async (dataset: string, ...words: string[]): Promise<Comparison> => {
    const ended = await qilian('compare', dataset, '--json', '--limit', '10000', ...words);
    expect(ended.out, ended.err).to.not.equal('');
    const found = lastLine<Comparison>(ended);
    expect(ended.code, ended.err).to.equal(found.equal === false ? 1 : 0);
    return found;
  };

  it('agree after every record has been delivered, and a question for each table says so', async () => {
    for (const dataset of ['items', 'cases', 'licences']) {
      const found = await compare(dataset);
      expect(found.equal, dataset).to.equal(true);
      expect(found.tables.every((one) => one.ours === one.theirs), dataset).to.equal(true);
    }
    expect((await compare('licences')).requests).to.equal(1);
  });

  it('the published figures, worked out from what is synchronised, are those of the county', async () => {
    const county = new DatabaseSync(join(rehearsal.dataDir, 'county.db'), { readOnly: true });
    const count = (sql: string): number => Number(county.prepare(`select ${sql}`).get()?.['n']);
    const items = `as n from SXSERVICE where DELFLAG = '0' and SERVICESTATUS = '3'`;
    const [year] = county.prepare('select max(substr(ACCEPTANCEDATE, 1, 4)) as n from QLCASE where length(ACCEPTANCEDATE) = 19').all().map((row) => String(row['n']));
    const { indicators } = lastLine<{ indicators: readonly Figure[] }>(await qilian('indicators', '--json', '--year', year ?? ''));
    const value = (id: string): number | null | undefined => indicators.find((one) => one.id === id)?.value;
    expect(Object.fromEntries(['items-fully-online', 'promised-time-cut', 'items-instant'].map((id) => [id, value(id)]))).to.deep.equal(
      { 'items-fully-online': 88, 'promised-time-cut': 84, 'items-instant': 81 });
    expect(value('items-published')).to.equal(count(`count(*) ${items}`));
    expect(value('items-scanned-licence')).to.equal(count(`count(*) ${items} and SCANLICENCEFLAG = '1'`));
    expect(value('terminal-items')).to.equal(count(`count(*) ${items} and TERMINALFLAG = '1'`));
    expect([value('town-items'), value('village-items'), value('zone-items')]).to.deep.equal(['2', '3', '4'].map((site) => count(`count(*) ${items} and SITETYPE = '${site}'`)));
    expect(value('cases-this-year')).to.equal(count(`count(*) as n from QLCASE where DELFLAG = '0' and CASESTATUS in ('2', '3', '4', '5', '7', '44')`));
    expect(value('licences')).to.equal(count(`count(*) as n from DZZZ_ZZXX where ZZZT in ('2', '3')`));
    expect(value('licence-types')).to.equal(count(`count(distinct LXDM) as n from DZZZ_ZZXX where ZZZT in ('2', '3') and LXDM <> 'ZZ9999'`));
    expect(indicators.find((one) => one.id === 'terminal-departments'), 'those of terminals in use').to.include({ value: 9, published: 9, agrees: true });
    expect(indicators.filter((one) => one.value === null).map((one) => one.id), 'nobody has rated').to.deep.equal(['ratings-satisfied']);
    expect(indicators.every((one) => one.formula !== '' && (one.sql ?? '') !== ''), 'each has its formula and its SQL').to.equal(true);
    county.close();
  });

  it('disagree on exactly the rows that somebody has changed at the region, each told by its kind', async () => {
    const [gone, changed, twice, strange] = [region.guids(table, 2), region.guids(table, 2, 100), region.guids(table, 2, 200), region.guids(table, 2, 300)];
    region.drop(table, gone);
    region.alter(table, changed, (row) => ({ ...row, certificate_name: '被改过的名称' }));
    region.double(table, twice);
    region.invent(table, strange);
    const found = await compare('licences');
    const guids = (kind: DifferenceKind): readonly string[] => found.differences.filter((one) => one.kind === kind).map((one) => one.rowGuid).toSorted();
    expect(guids('missing')).to.deep.equal([...gone].toSorted());
    expect(guids('different')).to.deep.equal([...changed].toSorted());
    expect(guids('duplicate')).to.deep.equal([...twice].toSorted());
    expect(guids('extra')).to.deep.equal(strange.map((guid) => `x-${guid}`).toSorted());
    expect(found.differences).to.have.length(8);
    expect(lastLine(await qilian('run', 'licences-compare', '--json')), 'the nightly job says it too').to.include({ state: 'done', failure: 'COMPARE_UNEQUAL' });
    const kept = lastLine<readonly KeptComparison[]>(await qilian('compare', 'licences', '--history', '--json'));
    expect(kept.map((one) => [one.equal, one.total]), 'the newest first').to.deep.equal([[false, 8], [false, 8], [true, 0], [true, 0]]);
    expect(found.differences.filter((one) => one.kind === 'different').map((one) => one.fields?.map(({ field }) => field))).to.deep.equal([['certificate_name'], ['certificate_name']]);
    expect(found.requests).to.be.below(40);
    expect(JSON.stringify(found)).to.not.include('被改过的名称');
  });

  // Where the region offers less:
  const keys = { mode: 'keys', method: 'POST', path: '/v1/compare/{table}/keys', cursor: 'cursor', limit: { name: 'limit', rows: 700 }, rows: 'data.rows', next: 'data.next' };
  const groups = { method: 'POST', path: '/v1/compare/{table}/groups', by: { [table]: { day: 'issue_date', type: 'certificate_type_code' } }, groups: 'data.groups' };
  const names = { day: 'day', type: 'type', count: 'count' };
  const show = { method: 'POST', path: '/v1/compare/{table}/row', rowGuid: 'rowGuid', rows: 'data.rows' };
  const line = '{rowGuid}:{digest}\n';
  const days = { mode: 'days', ...groups, group: { ...names, digest: 'digest' }, digest: 'hex', line };
  const offering = async (offer: unknown): Promise<Comparison> => compare('licences', '--site', siteOffering(rehearsal.dataDir, offer));
  const none = { missing: 0, extra: 0, different: 0, older: 0, duplicate: 0 };

  it('where the region offers keys with digests, page by page: every difference is found', async () => {
    const found = await offering({ ...keys, row: { rowGuid: 'rowGuid', digest: 'digest' }, digest: 'hex', show });
    expect(found.counts).to.deep.equal({ ...none, missing: 2, extra: 2, different: 2, duplicate: 2 });
    expect(found.requests, 'pages of 700 of some 3,000 rows, and two rows shown').to.equal(7);
  });
  it('where the region offers keys alone: a wrong field is not seen', async () => {
    expect((await offering({ ...keys, row: { rowGuid: 'rowGuid' } })).counts).to.deep.equal({ ...none, missing: 2, extra: 2, duplicate: 2 });
  });
  it('where the region offers a digest for each day, and rows where they are asked for: what is ours is found, what is too many only by its day', async () => {
    const found = await offering({ ...days, show });
    expect(found.counts).to.deep.equal({ ...none, missing: 2, different: 2, duplicate: 2 });
    expect(found.groups.some((one) => one.theirs > one.ours)).to.equal(true);
  });
  it('where the region offers a digest for each day: the days that disagree are told, and no row', async () => {
    const found = await offering(days);
    expect([found.equal, found.counts]).to.deep.equal([false, none]);
    expect(found.groups.some((one) => one.ours === one.theirs), 'a changed field shows').to.equal(true);
  });
  it('where the region offers numbers alone: a changed field is not seen', async () => {
    const found = await offering({ mode: 'counts', ...groups, group: names });
    expect([found.equal, found.counts]).to.deep.equal([false, none]);
    expect(found.groups.every((one) => one.ours !== one.theirs)).to.equal(true);
  });
  it('where the region offers nothing but the receipts: that nothing was compared is said, and not that both sides agree', async () => {
    const found = await offering({ mode: 'receipts' });
    expect([found.equal, found.requests, found.uncompared]).to.deep.equal([null, 0, [table]]);
    const told = await qilian('compare', 'licences', '--lang', 'en', '--site', siteOffering(rehearsal.dataDir, { mode: 'receipts' }));
    expect(told.out).to.include('not what it still has');
  });

  it('are made equal again through the outbox; what is too many goes only when the plan is confirmed', async () => {
    const before = await run('compare', 'licences', '--repair', 'plan');
    expect(before.repair).to.deep.include({ create: 2, update: 2, remove: 4, person: 0, held: false });
    const first = await run('compare', 'licences', '--repair', 'apply');
    expect(first.repaired).to.deep.include({ state: 'done', read: 4, delivered: 4, quarantined: 0, pending: 0 });
    expect(first.after?.counts).to.deep.equal({ missing: 0, extra: 2, different: 0, older: 0, duplicate: 2 });
    const other = await qilian('compare', 'licences', '--repair', 'apply', '--confirm', 'another');
    expect([other.code, other.err]).to.satisfy(([code, err]: [number, string]) => code === 1 && err.startsWith('REPAIR_OTHER'));
    const { repair } = await run('compare', 'licences', '--repair', 'plan');
    const last = await run('compare', 'licences', '--repair', 'apply', '--confirm', repair?.plan ?? '', '--who', '值班员', '--why', '测试环境误删');
    expect(last.after?.equal).to.equal(true);
    const memory = new DatabaseSync(join(rehearsal.dataDir, 'gateway.db'), { readOnly: true });
    expect(memory.prepare(`select who, why from deed join run on run.id = deed.run where run.mode = 'repair'`).all().map((one) => ({ ...one }))).to.deep.equal([{ who: '值班员', why: '测试环境误删' }]);
    memory.close();
    expect(await rehearsal.script('demo/compare-region.ts')).to.deep.include({ equal: true, duplicates: 0, extra: 0, missing: 0, different: 0 });
    expect((await compare('licences')).equal).to.equal(true);
  });

  it('a region restored from yesterday’s backup is noticed and healed, and what survived is not doubled', async () => {
    await rehearsal.stopSimulator();
    const backup = join(rehearsal.dataDir, 'backup');
    cpSync(join(rehearsal.dataDir, 'region'), backup, { recursive: true });
    await rehearsal.startSimulator();
    await rehearsal.qilian('demo', 'change', '--seed', '3');
    const day = lastLine<CountyComparison>(await qilian('compare', 'licences', '--county', '--json'));
    expect([day.equal, day.counts.new > 0, day.counts.changed > 0, day.counts.gone > 0], 'the county has moved on').to.deep.equal([false, true, true, true]);
    for (const job of ['items', 'cases', 'licences', 'items-sweep', 'cases-sweep', 'licences-sweep']) await qilian('run', job, '--json');
    expect(lastLine<CountyComparison>(await qilian('compare', 'licences', '--county', '--json')), 'and the ledger has followed').to.include({ equal: true });
    await rehearsal.stopSimulator();
    rmSync(join(rehearsal.dataDir, 'region'), { recursive: true });
    cpSync(backup, join(rehearsal.dataDir, 'region'), { recursive: true });
    await rehearsal.startSimulator();

    const found = lastLine<readonly Repaired[]>(await qilian('compare', '--repair', 'plan', '--json'));
    const sum = (kind: DifferenceKind): number => found.reduce((all, one) => all + one.counts[kind], 0);
    expect([sum('missing') > 0, sum('older') > 0, sum('extra') > 0, sum('different'), sum('duplicate')]).to.deep.equal([true, true, true, 0, 0]);
    expect(found.flatMap((one) => one.differences).every((one) => one.key !== null), 'every row has its trace').to.equal(true);
    const healed = lastLine<readonly Repaired[]>(await qilian('compare', '--repair', 'apply', '--json'));
    for (const { dataset, repaired, after, counts } of healed) {
      expect(repaired?.state, dataset).to.equal('done');
      expect(after?.counts, dataset).to.deep.equal({ missing: 0, different: 0, older: 0, duplicate: 0, extra: counts.extra });
    }
    for (const { dataset } of healed) {
      const { repair } = await run('compare', dataset, '--repair', 'plan');
      expect((await run('compare', dataset, '--repair', 'apply', '--confirm', repair?.plan ?? '')).after?.equal ?? true, dataset).to.equal(true);
    }
    expect(await rehearsal.script('demo/compare-region.ts')).to.deep.include({ equal: true, duplicates: 0 });
  });
});
