import { getEventListeners } from 'node:events';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openConsoleStore } from '../../adapters/console-sqlite/store.ts';
import { openDigests } from '../../adapters/store-sqlite/digests.ts';
import { openStoreForPages } from '../../adapters/store-sqlite/store.ts';
import { watchAlarms, type Watching } from '../../src/alarm/watch.ts';
import { loadSite } from '../../src/config/load-site.ts';
import { watchedFiles } from '../../src/config/watched-files.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Region } from '../../src/port/region.ts';
import type { Source } from '../../src/port/source.ts';
import { Failure } from '../../src/record/failure.ts';
import type { Job } from '../../src/record/job.ts';
import { Duty } from '../../src/schedule/duty.ts';
import { openGateway, zoneMinutes, type Gateway } from '../../src/schedule/gateway.ts';
import { Punctual } from '../../src/schedule/punctual.ts';
import { renewalOf } from '../../src/schedule/renewal.ts';
import { startTimetable, type Timetable } from '../../src/schedule/timetable.ts';
import { FeedInMemory } from '../fakes/feed-in-memory.ts';
import { modelFiles, type FilesInMemory } from '../fakes/files-in-memory.ts';
import { RegionInMemory } from '../fakes/region-in-memory.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { silentLog, type SilentLog } from '../fakes/silent-log.ts';
import { sourceInMemory, type Tables } from '../fakes/source-in-memory.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { env } from '../fixtures/site-files.ts';
import { Memory } from '../simulation/memory.ts';

const issuing = `pull:
  method: GET
  path: /v1/down/{resource}
  ask: { cursor: cursor, limit: limit }
  limit: 100
  page: { records: records, cursor: next }
  digest: sm3
  cursors: rising
  resources: { news: { key: no, version: at } }
`;

/** The model site with every kind of job that needs no file: by the clock, put off by luck, with hours and with a budget. */
function siteFiles(): FilesInMemory {
  const files = modelFiles();
  files.change('mappings/county/model/cases.yaml', 'needs: { dataset: items, identity: up_pro_accept.remark }', 'department: up_pro_accept.remark');
  files.change('mappings/region/model/rules.yaml', 'severity: refuse', 'severity: note');
  files.change('mappings/region/model/interface.yaml', 'order:', `${issuing}\norder:`);
  files.change('jobs/cases.yaml', 'page: 500', 'page: 5\nbudgetMinutes: 1');
  files.change('jobs/items.yaml', 'page: 500', 'page: 500\ncron: "*/20 * * * *"\nwindows: [{ from: "06:00", to: "22:00" }]');
  files.texts.set('jobs/cases-sweep.yaml', 'job: cases-sweep\ntitle: 办件核对\ndataset: cases\nmode: sweep\ncron: "25 * * * *"\npage: 5\njitterSeconds: 60\n');
  files.texts.set('jobs/news.yaml', 'kind: pull\njob: news\ntitle: 取数\nresource: news\ncron: "*/15 * * * *"\npage: 10\n');
  return files;
}

/** What is held between two runs. */
export interface Held {
  readonly timers: number;
  readonly listeners: number;
  readonly statements: number;
  readonly temporaryTables: number;
  readonly regions: number;
  readonly sources: number;
}

/** A service at work, and what stands around it. */
export interface StandingService {
  readonly files: FilesInMemory;
  readonly outside: Outside;
  readonly gateway: Gateway;
  readonly duty: Duty;
  readonly timetable: Timetable;
  readonly log: SilentLog;
  /** How runs ended, by state or code. */
  readonly ended: readonly string[];
  held(): Held;
  end(): Promise<void>;
}

/** The service as `qilian start` puts it together, with county, region, site files and store in memory. */
export async function standingService(clock: Clock, waiting: () => number): Promise<StandingService> {
  const files = siteFiles();
  const outside = new Outside(clock);
  const [log, memory, ending] = [silentLog(), new Memory(), new AbortController()];
  const { signal } = ending;
  const { database } = memory.desk;
  const temporary = database.prepare('select count(*) as n from temp.sqlite_schema');
  const prepared = preparedIn(database);
  const load = (through: typeof watched): ReturnType<typeof loadSite> => loadSite({ dir: '/', env, files: through });
  const watched = watchedFiles(files);
  const loaded = await load(watched);
  if ('mistakes' in loaded) throw new Error(JSON.stringify(loaded.mistakes));
  const { site } = loaded;
  const store = memory.open();
  const gateway = await openGateway({
    site, store, clock, luck: seededLuck(1), log, openDigests, openQuality: openStoreForPages, openRegion: () => outside.openRegion(), openSource: () => outside.openSource(),
  });
  const consoleStore = openConsoleStore(join(temporaryFolder(), 'console.db'));
  const duty = await Duty.begin(clock, consoleStore.pauses);
  const punctual = await Punctual.begin({ jobs: site.jobs, store, clock, luck: seededLuck(2), zoneMinutes: zoneMinutes(site.zone), signal });
  const ended: string[] = [];
  const timetable = startTimetable(site.jobs, site.zone, runOne, (job) => duty.paused(job.job) === null, punctual.manners);
  const renewal = renewalOf({
    files: watched, site: () => gateway.site, reopen: () => watchedFiles(files), load, tell: ({ state }) => log.info('SITE', { state }),
    take: async (changed) => {
      await gateway.take(changed);
      await timetable.renew(changed.jobs);
    },
  });
  const loops = [renewal.watch(clock, signal), watchAlarms(watchingOf({ clock, log, gateway, store: consoleStore.alarms }), signal)];

  async function runOne(job: Job): Promise<void> {
    await renewal.check();
    try {
      const { state, failure } = await duty.run(job, signal, (how) => gateway.run(job.job, { ...how, patienceMs: 90_000 }));
      ended.push(failure?.code ?? state);
    } catch (cause) {
      if (cause instanceof Failure && cause.code === 'OUTSIDE_WINDOW') await punctual.outside(job, cause, timetable);
      ended.push(cause instanceof Failure ? cause.code : 'UNFORESEEN');
    }
  }

  return {
    files, outside, gateway, duty, timetable, log, ended,
    held: () => ({
      timers: waiting(), ...outside.open, statements: prepared.size, temporaryTables: Number(temporary.get()?.['n']),
      listeners: getEventListeners(signal, 'abort').length + process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    }),
    end: async () => {
      ending.abort();
      await timetable.stop();
      await Promise.all(loops);
      await gateway.close();
      memory.close();
      consoleStore.close();
    },
  };
}

/** County and region, and how many connections to them stand open. */
class Outside {
  readonly tables: Tables = { QLCASE: [], STEP: [], ITEM: [] };
  readonly region: RegionInMemory;
  readonly feed = new FeedInMemory();
  readonly open = { regions: 0, sources: 0 };
  countyAway = false;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.region = new RegionInMemory(clock);
  }

  openRegion(): Region {
    const { region, feed, open } = this;
    open.regions += 1;
    return { wrap: region.wrap, push: (parcel) => region.push(parcel), ask: (parcel) => region.ask(parcel), feed, close: async () => void (open.regions -= 1) };
  }

  openSource(): Source {
    const source = sourceInMemory(this.tables, this.#clock);
    this.open.sources += 1;
    const reached = async (): Promise<void> => {
      if (this.countyAway) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    };
    return {
      ...source, close: async () => void (this.open.sources -= 1),
      changes: (...asked) => reached().then(() => source.changes(...asked)), sweep: (...asked) => reached().then(() => source.sweep(...asked)),
    };
  }
}

/** Alarms by how the breaker stands, for which no message ever arrives. */
function watchingOf({ gateway, ...given }: Pick<Watching, 'clock' | 'log' | 'store'> & { readonly gateway: Gateway }): Watching {
  const calm = { datasets: [], jobs: [], certificates: [], skewMs: null, disk: null, auditWell: true, failedLogins: 0 };
  return {
    ...given, setting: () => gateway.site.alarms, messengers: () => [{ name: 'deaf', send: () => Promise.reject(new Error('deaf')) }],
    situation: async () => ({ ...calm, at: given.clock.wallMs(), breakerOpenSince: gateway.lamp().since }),
    digest: (opened, over) => ({ subject: '', text: '', alarms: [...opened, ...over] }),
  };
}

/** The statements a database prepares from now on, each once however often: what is kept of them is kept by its text. */
function preparedIn(database: DatabaseSync): ReadonlySet<string> {
  const texts = new Set<string>();
  const prepare = database.prepare.bind(database);
  database.prepare = (...asked) => {
    texts.add(asked[0]);
    return prepare(...asked);
  };
  return texts;
}
