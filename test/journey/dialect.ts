import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openKey } from '../../adapters/crypto-sm2/key.ts';
import { openSource } from '../../adapters/county-sqlite/source.ts';
import { openRegion as openFrontdb } from '../../adapters/region-frontdb/client.ts';
import { openRegion } from '../../adapters/region-http/client.ts';
import { openDigests } from '../../adapters/store-sqlite/digests.ts';
import { openStore, openStoreForPages } from '../../adapters/store-sqlite/store.ts';
import { compareWithTruth, type Comparison } from '../../demo/compare.ts';
import { generateCounty, defaultAsOf } from '../../demo/county/generate.ts';
import type { Place } from '../../simulator/frontdb/database.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { environmentOf } from '../../src/cli/environment.ts';
import { loadSite } from '../../src/config/load-site.ts';
import type { Site } from '../../src/config/site.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { FrontdbProfile, InterfaceProfile } from '../../src/port/profile.ts';
import type { Region } from '../../src/port/region.ts';
import { openGateway } from '../../src/schedule/gateway.ts';
import type { RunResult } from '../../src/schedule/run-job.ts';
import { root } from '../house/tree.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { silentLog } from '../fakes/silent-log.ts';

/** Rests are cut short: how long they are is tested elsewhere, here they would only make the walk slow. */
const impatient: Clock = {
  wallMs: () => Date.now(),
  steadyMs: () => performance.now(),
  rest: (ms) => new Promise((resolve) => {
    setTimeout(resolve, Math.min(ms, 20));
  }),
};

/** A made-up county that several walks share; none of them writes to it. */
export async function countyOf(dataDir: string, size: 'small' | number): Promise<void> {
  await generateCounty({ file: join(dataDir, 'county.db'), truthFile: join(dataDir, 'truth.db'), seed: 1, size, asOf: defaultAsOf });
}

/** One walk of the shipped site from that county to a region of another dialect. */
export class Dialect {
  readonly #countyDir: string;
  readonly #dataDir: string;
  readonly #play: string;
  readonly #frontdb: Place | undefined;
  readonly #change: object;
  #simulator: Simulator | null = null;

  constructor(play: string, dirs: { readonly countyDir: string; readonly dataDir: string }, frontdb?: { readonly place: Place; readonly database: FrontdbProfile['database'] }) {
    this.#play = play;
    this.#countyDir = dirs.countyDir;
    this.#dataDir = dirs.dataDir;
    this.#frontdb = frontdb?.place;
    this.#change = frontdb === undefined ? {} : { database: frontdb.database };
  }

  async start(): Promise<Simulator> {
    this.#simulator = await startSimulator({
      port: 0, dataDir: join(this.#dataDir, 'region'), profileDir: join(root, 'mappings/region/nmg'), play: this.#play,
      appKey: 'demo-county', appSecret: 'demo-secret-not-for-production', clock: { wallMs: () => Date.now() }, luck: seededLuck(1),
      ...(this.#frontdb === undefined ? {} : { frontdb: this.#frontdb }),
    });
    return this.#simulator;
  }

  /** The region falls ill. */
  async ill(illness: Readonly<Record<string, unknown>>): Promise<void> {
    const response = await fetch(`${this.#simulator?.url}/sim/illness`, { method: 'POST', body: JSON.stringify(illness) });
    if (response.status !== 201) throw new Error(await response.text());
  }

  async state(): Promise<{ readonly illnesses: readonly { readonly kind: string; readonly struck: number }[] }> {
    return await (await fetch(`${this.#simulator?.url}/sim/state`)).json() as Awaited<ReturnType<Dialect['state']>>;
  }

  /** Runs every job that reports changes, in order. */
  async report(): Promise<readonly RunResult[]> {
    const site = await this.#site();
    const gateway = await openGateway({
      site, store: openStore(join(this.#dataDir, 'gateway.db'), 'walk'), clock: impatient, luck: seededLuck(1), log: silentLog(),
      openDigests, openQuality: openStoreForPages,
      openRegion: (profile) => openEither({ ...profile, ...this.#change } as InterfaceProfile),
      openSource: () => openSource(join(this.#countyDir, 'county.db'), impatient),
    });
    try {
      const results: RunResult[] = [];
      for (const job of ['items', 'cases', 'licences']) {
        results.push(await gateway.run(job, { signal: new AbortController().signal, patienceMs: 120_000, progress: () => undefined }));
      }
      return results;
    } finally {
      await gateway.close();
    }
  }

  compare(): Promise<Comparison> {
    return compareWithTruth({ truthFile: join(this.#countyDir, 'truth.db'), regionFile: join(this.#dataDir, 'region', 'region.db') });
  }

  async end(): Promise<void> {
    await this.#simulator?.close();
  }

  async #site(): Promise<Site> {
    const env = environmentOf({
      QILIAN_REGION_URL: this.#simulator?.url ?? '', QILIAN_FRONTDB_HOST: 'x', QILIAN_FRONTDB_DATABASE: 'x', QILIAN_FRONTDB_USER: 'x', QILIAN_FRONTDB_PASSWORD: 'x',
    }, { dataDir: this.#countyDir, shipped: true });
    const loaded = await loadSite({ dir: root, env, profile: this.#play });
    if ('mistakes' in loaded) throw new Error(JSON.stringify(loaded.mistakes));
    return loaded.site;
  }
}


function openEither(profile: InterfaceProfile): Region {
  if (profile.transport === 'frontdb') return openFrontdb(profile);
  const keys = Object.fromEntries(Object.entries(profile.keys ?? {}).flatMap(([name, rule]) => (rule.sm2 === 'signer' ? [] : [[name, openKey(name, rule)]])));
  return openRegion(profile, { clock: impatient, nonce: randomUUID, keys });
}
