import { openDigests } from '../../adapters/store-sqlite/digests.ts';
import { join } from 'node:path';
import { openStore, openStoreToLook, openStoreForPages } from '../../adapters/store-sqlite/store.ts';
import { loadSite } from '../../src/config/load-site.ts';
import { rowMark } from '../../src/intake/row-mark.ts';
import { selectionOf } from '../../src/mapping/selection.ts';
import type { Site } from '../../src/config/site.ts';
import { preview } from '../../src/mending/preview.ts';
import type { Outcome } from '../../src/mending/outcome.ts';
import { redrive, type Redrive, type Redriven } from '../../src/mending/redrive.ts';
import type { Selection } from '../../src/mending/selection.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { LookingStore, Store } from '../../src/port/store.ts';
import type { KeptCorrection } from '../../src/record/correction.ts';
import type { Row } from '../../src/record/change.ts';
import { openGateway, type Gateway } from '../../src/schedule/gateway.ts';
import { correctionsOf, mendingParts, type MendingParts } from '../../src/schedule/mending.ts';
import type { RunResult } from '../../src/schedule/run-job.ts';
import { audit } from './audit.ts';
import { modelFiles, type FilesInMemory } from './files-in-memory.ts';
import { RegionInMemory } from './region-in-memory.ts';
import { seededLuck } from './seeded-luck.ts';
import { silentLog } from './silent-log.ts';
import { sourceInMemory, type Tables } from './source-in-memory.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { env } from '../fixtures/site-files.ts';
import { inVirtualTime } from './virtual-time.ts';

const cases = 'mappings/county/model/cases.yaml';

/** The model site with its real gateway, for people who mend: its files can be written and are read again before everything done. */
export class Office {
  readonly files: FilesInMemory = modelFiles();
  readonly tables: Tables = { QLCASE: [], STEP: [], ITEM: [] };
  readonly file = join(temporaryFolder(), 'gateway.db');
  readonly region: RegionInMemory;
  readonly clock: Clock;
  readonly store: Store;
  countyAway = false;
  #gateway: Gateway | null = null;
  #minute = 0;
  /** As last read, with the files it was read from. */
  #site: { readonly written: string; readonly site: Site } | null = null;

  constructor(clock: Clock) {
    this.clock = clock;
    this.region = new RegionInMemory(clock);
    this.store = openStore(this.file, 'test');
    this.files.change(cases, 'remark: { join: [{ column: item.A }, { constant: x }, { column: B }], separator: "-", cut: { to: 10, because: 列宽 } }', 'remark: { column: B }');
    this.files.change('jobs/cases.yaml', 'overlapMinutes: 30', 'overlapMinutes: 0');
    this.files.change(cases, 'needs: { dataset: items, identity: up_pro_accept.remark }', 'department: up_pro_accept.remark');
    this.files.change('mappings/region/model/rules.yaml', 'severity: refuse', 'severity: note');
  }

  /** Puts a case on file, or changes it; every one is stamped a minute later than the one before. */
  putCase(id: string, change: Row = {}): void {
    const rows = this.tables['QLCASE'] ?? [];
    const at = rows.findIndex((row) => row['ID'] === id);
    this.#minute += 1;
    const changed = new Date(Date.UTC(2026, 10, 20) + this.#minute * 60_000).toISOString().slice(0, 19).replace('T', ' ');
    const fresh: Row = { ID: id, CHANGED: changed, STATE: '1', KIND: null, NO: `NO-${id}`, APPLIED: '20261119', CHANNEL: 'A', B: '民政局', ITEM: null };
    rows.splice(at < 0 ? rows.length : at, at < 0 ? 0 : 1, { ...(at < 0 ? fresh : rows[at]), CHANGED: changed, ...change });
  }

  removeCase(id: string): void {
    this.tables['QLCASE'] = (this.tables['QLCASE'] ?? []).filter((row) => row['ID'] !== id);
  }

  async site(): Promise<Site> {
    const written = JSON.stringify([...this.files.texts]);
    if (this.#site?.written !== written) {
      const loaded = await loadSite({ dir: '/', env, files: this.files });
      if ('mistakes' in loaded) throw new Error(JSON.stringify(loaded.mistakes));
      this.#site = { written, site: loaded.site };
    }
    return this.#site.site;
  }

  async run(job = 'cases', confirm?: string): Promise<RunResult> {
    const gateway = await this.#opened();
    return gateway.run(job, { signal: new AbortController().signal, patienceMs: 90_000, progress: () => undefined, ...(confirm === undefined ? {} : { confirm }) });
  }

  /** By what is mended; `more` corrections are taken as if they had been kept. */
  async mending(more: readonly KeptCorrection[] = []): Promise<MendingParts> {
    const site = await this.site();
    return mendingParts(site, () => this.#source(), [...await correctionsOf(site, this.store), ...more]);
  }

  async preview(selection: Selection = {}, more: readonly KeptCorrection[] = []): Promise<Outcome> {
    const mending = await this.mending(more);
    const store = this.look();
    const outcome = await preview({ ...mending, store, selection, signal: new AbortController().signal, progress: () => undefined });
    await store.close();
    if (outcome === null) throw new Error('interrupted');
    return outcome;
  }

  async redrive(selection: Selection = {}, change: Partial<Redrive> = {}): Promise<Redriven> {
    const mending = await this.mending();
    const { occupy } = await this.#opened();
    return redrive({
      ...mending, store: this.store, occupy, selection, who: '其其格', why: '代码表已补', perSecond: 1_000, highWater: 20_000, clock: this.clock,
      signal: new AbortController().signal, progress: () => undefined, ...change,
    });
  }

  /** Mark of a case's row as the county has it now. */
  async rowMark(key: string): Promise<string> {
    const mapping = (await this.site()).datasets.find((one) => one.dataset === 'cases');
    if (mapping === undefined) throw new Error('no cases');
    const change = await this.#source().one(selectionOf(mapping), key);
    if (change.state === 'gone') throw new Error('no such case');
    return rowMark(change, mapping.from.time);
  }

  look(): LookingStore {
    return openStoreToLook(this.file);
  }

  /** Keys of the cases set aside, in the order of keeping. */
  async aside(): Promise<readonly string[]> {
    return (await this.store.quarantine('cases', 0, 1_000)).map((one) => one.key);
  }

  /** Cases the region has, by key. */
  cases(): ReturnType<RegionInMemory['books']['rows']> {
    return this.region.books.rows('up_pro_accept');
  }

  async end(): Promise<void> {
    await (this.#gateway === null ? this.store.close() : this.#gateway.close());
  }

  #source(): ReturnType<typeof sourceInMemory> {
    if (this.countyAway) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    return sourceInMemory(this.tables, this.clock);
  }

  async #opened(): Promise<Gateway> {
    const site = await this.site();
    if (this.#gateway === null) {
      this.#gateway = await openGateway({
        site, store: this.store, clock: this.clock, luck: seededLuck(1), log: silentLog(), openRegion: () => this.region, openDigests, openQuality: () => openStoreForPages(this.file), openSource: () => this.#source(),
      });
    } else if (this.#gateway.site.version !== site.version) await this.#gateway.take(site);
    return this.#gateway;
  }
}

/** A test of an office, in virtual time; afterwards the books must add up and nothing have reached the region that should not. */
export function inOffice(work: (office: Office) => Promise<void>, mostMs?: number): () => Promise<void> {
  return () => inVirtualTime(async (clock) => {
    const office = new Office(clock);
    try {
      await work(office);
      const faults = [...audit(office.file), ...office.region.books.breaches];
      if (faults.length > 0) throw new Error(faults.slice(0, 5).join('; '));
    } finally {
      await office.end();
    }
  }, mostMs);
}
