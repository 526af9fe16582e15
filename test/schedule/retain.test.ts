import { existsSync, readFileSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { openStore } from '../../adapters/store-sqlite/store.ts';
import type { Clock } from '../../src/port/clock.ts';
import { keptSince, retain, type Retained } from '../../src/schedule/retain.ts';
import { inOffice } from '../fakes/office.ts';
import { terminal } from '../fakes/parts-in-memory.ts';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';
import { mistakesOf, siteOf } from '../fixtures/site-files.ts';
import { qualityReport } from '../../src/quality/report.ts';

const site = { retention: { bodyDays: 30, evidenceYears: 3 }, datasets: [] };
const daysLater = (clock: Clock, days: number): Clock => ({ ...clock, wallMs: () => clock.wallMs() + days * 86_400_000 });

function retainAfter(town: Town, days: number): Promise<Retained> {
  return retain({ site, store: town.store, clock: daysLater(town.clock, days), signal: new AbortController().signal });
}

const bodies = (file: string): number => {
  const database = new DatabaseSync(file, { readOnly: true });
  const { n } = database.prepare(`select count(*) as n from content where body <> '' and substr(body, 1, 1) <> '='`).get() as { n: number };
  database.close();
  return n;
};

/** All that is on the disk of a store. */
const raw = (file: string): Buffer => Buffer.concat([file, `${file}-wal`].filter(existsSync).map((one) => readFileSync(one)));

describe('retention', () => {
  it('purges a body 30 days after it was settled, and not before', () => inVirtualTime((clock) => inTown(1, async (town) => {
    town.county.put('licences', '1');
    await town.run('licences');
    expect(await retainAfter(town, 29)).to.include({ bodies: 0 });
    expect(await retainAfter(town, 31)).to.include({ bodies: 1 });
    expect(bodies(town.file)).to.equal(0);
  })(clock)));
  it('keeps hashes, receipts and the walk of a record, and knows it again when it is read', () => inVirtualTime((clock) => inTown(2, async (town) => {
    town.county.put('licences', '1');
    await town.run('licences');
    const before = await town.store.trace('licences', '1');
    await retainAfter(town, 31);
    const after = await town.store.trace('licences', '1');
    expect(after).to.deep.equal(before);
    expect(after?.versions[0]?.batches[0]?.receipts).to.have.length(1);
    expect((await town.run('licences', { mode: 'sweep' })).counts).to.include({ same: 1, delivered: 0 });
    town.county.put('licences', '1', { NAME: '新名' });
    expect((await town.run('licences')).counts).to.include({ delivered: 1 });
    expect(town.region.books.story()).to.deep.equal(['I up_lic_data/1', 'U up_lic_data/1']);
  })(clock)));
  it('never purges what is on its way, waits, is set aside, or stands in a batch nobody has answered for', () => inVirtualTime((clock) => inTown(3, async (town) => {
    town.county.put('licences', 'bad', { BAD: 'VALUE_MISSING' });
    town.county.putCase('waits', {}, { ITEM: 'never' });
    await town.run('licences');
    await town.run('cases');
    town.region.ill = () => ({ kind: 'lost-after' });
    town.county.put('licences', 'doubt');
    await town.run('licences', { patienceMs: 1_000 });
    expect(await retainAfter(town, 4_000)).to.include({ bodies: 0, versions: 0 });
    expect(bodies(town.file)).to.equal(3);
    town.region.ill = () => null;
    town.county.put('items', 'never');
    await town.run('items');
    await town.run('cases');
    await town.run('licences');
    expect(Object.keys(town.region.books.rows('up_pro_accept'))).to.deep.equal(['waits']);
    expect(Object.keys(town.region.books.rows('up_lic_data'))).to.deep.equal(['doubt']);
  })(clock)));
  it('leaves nothing of what a purged record said in the raw file, and makes the file smaller', () => inVirtualTime((clock) => inTown(4, async (town) => {
    for (let n = 0; n < 3_000; n += 1) town.county.put('licences', `k${n}`, { NAME: `王小明的住址与电话${n}`.repeat(12) });
    await town.run('licences');
    for (let n = 0; n < 300; n += 1) town.county.put('licences', `k${n}`, { NAME: `王小明搬了家${n}` });
    await town.run('licences', { guard: { share: 1, floor: 10_000 } });
    expect(raw(town.file).includes('王小明')).to.equal(true);
    const before = await town.store.shrink();
    const done = await retainAfter(town, 31);
    expect(done).to.include({ bodies: 3_300, stopped: false });
    expect(done.bytes).to.be.below(before * 0.6);
    await town.store.close();
    expect(statSync(town.file).size).to.equal(done.bytes);
    expect(raw(town.file).includes('王小明')).to.equal(false);
    town.store = openStore(town.file, 'test');
  })(clock)));
  it('lets go, after three years, what has been replaced since, and never the newest version or what the region has', () => inVirtualTime((clock) => inTown(6, async (town) => {
    for (const name of ['一', '二', '三']) {
      town.county.put('licences', '1', { NAME: name });
      await town.run('licences');
    }
    expect(await retainAfter(town, 1_090)).to.include({ versions: 0 });
    expect(await retainAfter(town, 1_100)).to.include({ versions: 2 });
    const trace = await town.store.trace('licences', '1');
    expect(trace?.versions.map((one) => one.version)).to.deep.equal([3]);
    expect(trace?.ledger?.version).to.equal(3);
    expect((await town.run('licences', { mode: 'sweep' })).counts).to.include({ same: 1 });
  })(clock)));
  it('goes on knowing by whom a record is answered for', inOffice(async (office) => {
    office.putCase('1', { B: '公安局' });
    await office.run();
    const shop = await office.site();
    await retain({ site: shop, store: office.store, clock: daysLater(office.clock, 31), signal: new AbortController().signal });
    const store = office.look();
    const report = await qualityReport(shop, store, 480);
    await store.close();
    expect(report.departments.map(({ department, passed }) => [department, passed])).to.deep.equal([['公安局', 1]]);
  }));
  it('does not let a record go again whose body is purged, when the county cannot be asked what it says', inOffice(async (office) => {
    office.putCase('1');
    await office.run();
    const shop = await office.site();
    const batch = (await office.store.trace('cases', '1'))?.versions[0]?.batches[0]?.no ?? '';
    await retain({ site: shop, store: office.store, clock: daysLater(office.clock, 31), signal: new AbortController().signal });
    const problem = { code: 'REGION_REFUSED', severity: 'refuse', facts: { code: 'E', message: '' } } as const;
    expect(await office.store.refuseLate([{ batch, table: 'up_pro_accept', rowGuid: '1', problem, regionKeeps: true }], 1)).to.deep.equal(['set-aside']);
    office.countyAway = true;
    expect(await office.redrive()).to.deep.include({ looked: 1, unread: 1 });
    office.countyAway = false;
    expect(await office.redrive()).to.deep.include({ looked: 1, freed: 1 });
  }));
});

describe('how long things are kept', () => {
  const gateway = 'gateway.yaml';

  it('is 30 days for bodies and three years for evidence where nothing is said, and there is a job for it every night', async () => {
    const { retention, jobs } = await siteOf();
    expect(retention).to.deep.equal({ bodyDays: 30, evidenceYears: 3 });
    expect(jobs.find((job) => job.kind === 'retention')?.cron).to.equal('50 2 * * *');
    expect(keptSince({ retention }, 1_098 * 86_400_000)).to.deep.equal({ bodies: 1_068 * 86_400_000, evidence: 0 });
  });
  it('is never less than three years for evidence', async () => {
    const mistakes = await mistakesOf([gateway, 'county: model', 'county: model\nretention: { bodyDays: 0, evidenceYears: 2 }']);
    expect(mistakes.map(({ code, facts }) => `${code} ${facts['value']} ${facts['least']}`)).to.deep.equal(['NUMBER_OUT_OF_RANGE 0 1', 'NUMBER_OUT_OF_RANGE 2 3']);
  });
  it('is told at the terminal with what has expired, without purging it', async () => {
    const screen = terminal();
    const store = openStore(`${screen.dataDir}/gateway.db`, 'test');
    await store.close();
    expect(await screen.type('retention', '--dry-run', '--json')).to.equal(0);
    expect(JSON.parse(screen.said[0] ?? '')).to.include({ bodyDays: 30, evidenceYears: 3, bodies: 0, versions: 0, batches: 0 });
    expect(await screen.type('retention', '--json')).to.equal(0);
    expect(JSON.parse(screen.said[1] ?? '')).to.include({ bodies: 0, stopped: false });
  });
});
