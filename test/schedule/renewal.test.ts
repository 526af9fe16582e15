import { openDigests } from '../../adapters/store-sqlite/digests.ts';
import { join } from 'node:path';
import { expect } from 'chai';
import { openStore, openStoreForPages } from '../../adapters/store-sqlite/store.ts';
import { loadSite } from '../../src/config/load-site.ts';
import { watchedFiles } from '../../src/config/watched-files.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Store } from '../../src/port/store.ts';
import { openGateway, type Gateway } from '../../src/schedule/gateway.ts';
import { renewalOf, type News, type Renewal } from '../../src/schedule/renewal.ts';
import type { RunResult } from '../../src/schedule/run-job.ts';
import { modelFiles, type FilesInMemory } from '../fakes/files-in-memory.ts';
import { RegionInMemory } from '../fakes/region-in-memory.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { sourceInMemory } from '../fakes/source-in-memory.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { inVirtualTime, timeByHand } from '../fakes/virtual-time.ts';
import { env } from '../fixtures/site-files.ts';

const items = 'mappings/county/model/items.yaml';

/** A gateway that runs the model site's items, and whoever keeps it on its files. */
interface Service {
  readonly files: FilesInMemory;
  readonly gateway: Gateway;
  readonly renewal: Renewal;
  readonly news: News[];
  readonly store: Store;
  readonly region: RegionInMemory;
  /** How often regions and sources were opened and closed. */
  readonly doors: Record<'regionsOpened' | 'regionsClosed' | 'sourcesOpened' | 'sourcesClosed', number>;
  run(progress?: () => void): Promise<RunResult>;
  made(key: string): Promise<readonly string[]>;
}

async function serve(clock: Clock): Promise<Service> {
  const files = modelFiles();
  files.change('jobs/items.yaml', 'page: 500', 'page: 1');
  const watched = watchedFiles(files);
  const load = (through: typeof watched): ReturnType<typeof loadSite> => loadSite({ dir: '/', env, files: through });
  const loaded = await load(watched);
  if ('mistakes' in loaded) throw new Error(JSON.stringify(loaded.mistakes));
  const region = new RegionInMemory(clock);
  const doors = { regionsOpened: 0, regionsClosed: 0, sourcesOpened: 0, sourcesClosed: 0 };
  const tables = { ITEM: ['1', '2', '3'].map((id) => ({ ITEMID: id, LONGNAME: `长名${id}`, NAME: `名${id}` })) };
  const store = openStore(join(temporaryFolder(), 'gateway.db'), 'test');
  const gateway = await openGateway({
    site: loaded.site, store, clock, luck: seededLuck(1), log: silentLog(),
    openRegion: () => {
      doors.regionsOpened += 1;
      return { wrap: region.wrap, push: (parcel) => region.push(parcel), ask: (parcel) => region.ask(parcel), close: async () => void (doors.regionsClosed += 1) };
    },
    openDigests, openQuality: openStoreForPages, openSource: () => {
      doors.sourcesOpened += 1;
      return { ...sourceInMemory(tables, clock), close: async () => void (doors.sourcesClosed += 1) };
    },
  });
  const news: News[] = [];
  const renewal = renewalOf({ files: watched, site: () => gateway.site, reopen: () => watchedFiles(files), load, take: (site) => gateway.take(site), tell: (one) => news.push(one) });
  return {
    files, gateway, renewal, news, store, region, doors,
    run: (progress = () => undefined) => gateway.run('items', { signal: new AbortController().signal, patienceMs: 90_000, progress }),
    made: async (key) => (await store.trace('items', key))?.versions.map((version) => version.made) ?? [],
  };
}

const inService = (work: (service: Service) => Promise<void>) => async (): Promise<void> => inVirtualTime(async (clock) => {
  const service = await serve(clock);
  try {
    await work(service);
  } finally {
    await service.gateway.close();
  }
});

describe('changed site files', () => {
  it('apply from the next run on, and every version of a record tells by which files it was made', inService(async ({ files, gateway, renewal, region, run, made, news }) => {
    const before = gateway.site.version;
    await run();
    files.change(items, '[{ column: LONGNAME }, { column: NAME }]', '[{ column: NAME }, { column: LONGNAME }]');
    await renewal.check();
    const after = gateway.site.version;
    expect(after).not.to.equal(before);
    expect(news.map((one) => [one.state, one.before])).to.deep.equal([['taken', before]]);
    expect(region.books.rows('up_task_basic')['1']?.['task_name']).to.equal('长名1');
    await run();
    expect(region.books.rows('up_task_basic')['1']?.['task_name']).to.equal('名1');
    expect(await made('1')).to.deep.equal([before, after]);
  }));
  it('do not reach into a run under way: it ends by the files it began with', inService(async ({ files, gateway, renewal, region, run, made }) => {
    const before = gateway.site.version;
    files.change(items, '[{ column: LONGNAME }, { column: NAME }]', '[{ column: NAME }, { column: LONGNAME }]');
    let renewed: Promise<void> | null = null;
    await run(() => {
      renewed ??= renewal.check();
    });
    expect(renewed).not.to.equal(null);
    expect(gateway.site.version).not.to.equal(before);
    expect(Object.values(region.books.rows('up_task_basic')).map((row) => row['task_name'])).to.deep.equal(['长名1', '长名2', '长名3']);
    expect([...await made('1'), ...await made('3')]).to.deep.equal([before, before]);
  }));
  it('that are wrong are told once with their place, and leave the old ones in force', inService(async ({ files, gateway, renewal, run, made, news }) => {
    const before = gateway.site.version;
    files.change(items, 'column: NAME', 'colum: NAME');
    files.change('jobs/items.yaml', 'mode: sweep', 'mode: sweeep');
    await renewal.check();
    await renewal.check();
    expect(news).to.have.length(1);
    const [told] = news;
    expect(told?.state === 'kept' && told.mistakes.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`)).to.deep.equal([
      'jobs/items.yaml:4:7 WORD_UNKNOWN', `${items}:10:50 ORIGIN_COUNT`, `${items}:10:52 UNKNOWN_KEY`,
    ]);
    expect((await run()).state).to.equal('done');
    expect(await made('2')).to.deep.equal([before]);
  }));
  it('are taken as soon as they have been corrected', inService(async ({ files, gateway, renewal, news }) => {
    const before = gateway.site.version;
    files.change(items, 'title: 事项', 'titel: 事项');
    await renewal.check();
    files.change(items, 'titel: 事项', 'title: 政务事项');
    await renewal.check();
    expect(news.map((one) => one.state)).to.deep.equal(['kept', 'taken']);
    expect(gateway.site.version).not.to.equal(before);
    expect(gateway.site.datasets.find((one) => one.dataset === 'items')?.title).to.equal('政务事项');
  }));
  it('that are written while they are being looked at are read for whoever asks after the writing', inService(async ({ gateway }) => {
    const begun = Promise.withResolvers<boolean>();
    const looks = [begun.promise, Promise.resolve(true)];
    let read = 0;
    const watched = { read: async () => '', list: async () => [], moved: async () => looks.shift() ?? false };
    const renewal = renewalOf({
      files: watched, site: () => gateway.site, reopen: () => watched, take: async () => undefined, tell: () => undefined,
      load: async () => {
        read += 1;
        return { mistakes: [] };
      },
    });
    const before = renewal.check();
    const after = [renewal.check(), renewal.check()];
    begun.resolve(false);
    await before;
    expect(read).to.equal(0);
    await Promise.all(after);
    expect(read).to.equal(1);
  }));
  it('that say again what runs already are good news after bad, and no news else', inService(async ({ files, renewal, news }) => {
    files.change(items, 'title: 事项', 'title: 事项 ');
    files.change(items, 'title: 事项 ', 'title: 事项');
    await renewal.check();
    expect(news).to.deep.equal([]);
    files.change(items, 'title: 事项', 'titel: 事项');
    await renewal.check();
    files.change(items, 'titel: 事项', 'title: 事项');
    await renewal.check();
    expect(news.map((one) => one.state)).to.deep.equal(['kept', 'taken']);
  }));
  it('may bring a new file or take one away', inService(async ({ files, gateway, renewal }) => {
    files.texts.set('jobs/again.yaml', 'job: again\ntitle: 又一次\ndataset: items\nmode: sweep\npage: 1\n');
    await renewal.check();
    expect(gateway.site.jobs.map((one) => one.job)).to.include('again');
    files.texts.delete('jobs/again.yaml');
    await renewal.check();
    expect(gateway.site.jobs.map((one) => one.job)).not.to.include('again');
  }));
  it('keep source and region open when they say nothing new of them', inService(async ({ files, renewal, run, doors }) => {
    await run();
    files.change(items, 'title: 事项', 'title: 政务事项');
    await renewal.check();
    await run();
    expect(doors).to.deep.equal({ regionsOpened: 1, regionsClosed: 0, sourcesOpened: 1, sourcesClosed: 0 });
  }));
  it('open source and region anew when these have moved, and close the old ones', inService(async ({ files, renewal, run, doors }) => {
    await run();
    files.change('gateway.yaml', 'county.db', 'other.db');
    files.change('mappings/region/model/interface.yaml', 'answerMs: 30000', 'answerMs: 20000');
    await renewal.check();
    await run();
    expect(doors).to.deep.equal({ regionsOpened: 2, regionsClosed: 1, sourcesOpened: 2, sourcesClosed: 1 });
  }));
  it('cannot move the store under a running gateway', inService(async ({ files, gateway, renewal, news }) => {
    const before = gateway.site.version;
    files.change('gateway.yaml', 'gateway.db', 'elsewhere.db');
    await renewal.check();
    const [told] = news;
    expect(told?.state === 'kept' && told.failure?.code).to.equal('RESTART_NEEDED');
    expect(gateway.site.version).to.equal(before);
  }));
});

describe('the files of a running site', () => {
  it('are looked at every 5 seconds', async () => {
    const time = timeByHand();
    const { gateway, renewal, files, news } = await serve(time.clock);
    const ending = new AbortController();
    const watching = renewal.watch(time.clock, ending.signal);
    try {
      files.change(items, 'title: 事项', 'title: 政务事项');
      await time.pass(4_900);
      expect(news).to.deep.equal([]);
      await time.pass(200);
      for (let turn = 0; turn < 50 && news.length === 0; turn += 1) await time.pass(0);
      expect(news.map((one) => one.state)).to.deep.equal(['taken']);
    } finally {
      ending.abort();
      await watching;
      await gateway.close();
      time.end();
    }
  });
});
