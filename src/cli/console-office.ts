import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'yaml';
import type { Backup, Certificate, Office } from '../../console/server/office.ts';
import type { Site } from '../config/site.ts';
import { concludeBatch } from '../delivery/conclude.ts';
import { withdrawnCodes } from '../inbound/catalogue.ts';
import { ratingsOf } from '../inbound/ratings.ts';
import { computeIndicators } from '../indicators/compute.ts';
import { lookAtRow } from '../intake/look-at-row.ts';
import type { Log } from '../port/log.ts';
import type { Store } from '../port/store.ts';
import { approved, planRepair } from '../reconcile/repair-plan.ts';
import { Failure } from '../record/failure.ts';
import { guardOf } from '../schedule/comparing.ts';
import { zoneMinutes, type Gateway } from '../schedule/gateway.ts';
import { compileIntakes } from '../schedule/intakes.ts';
import type { Timetable } from '../schedule/timetable.ts';
import type { ConsoleMemory } from './console-memory.ts';
import { openCounty } from './county.ts';
import { decideAtCounty } from './deciding.ts';
import { mustBeSeen, takeList, waitingList, waitingLists } from './dictionaries.ts';
import { lookInto } from './open.ts';
import type { Invocation } from './parts.ts';
import { patienceMs } from './run.ts';

/** What the office is made of. */
export interface OfficeParts {
  readonly invocation: Invocation;
  readonly gateway: Gateway;
  readonly store: Store;
  readonly timetable: Timetable;
  readonly memory: ConsoleMemory;
  readonly log: Log;
  /** Takes changed files now. */
  readonly renew: () => Promise<void>;
  readonly signal: AbortSignal;
}

const secret = /secret|password|passwd|token|key|credential|pin/i;

export function officeOf({ invocation, gateway, store, timetable, memory, log, renew, signal }: OfficeParts): Office {
  const { parts, dataDir, siteDir } = invocation;
  const folder = join(dataDir, 'backups');
  const later = (what: string, work: () => Promise<unknown>): void => {
    void timetable.alone(work).catch((cause: unknown) => log.error(cause instanceof Failure ? cause.code : 'UNFORESEEN', { what }));
  };
  const planOf = async (found: Parameters<Office['repairPlan']>[0]): ReturnType<Office['repairPlan']> =>
    planRepair(found, { guard: guardOf(gateway.site, found.dataset), atRegion: await store.atRegion(found.dataset) });
  return {
    version: packageVersion(parts.root), node: process.version, startedAt: parts.clock.wallMs(),
    comparisons: (dataset, limit) => store.comparisons(dataset, limit),
    repairPlan: planOf,
    compare: (dataset) => later('compare', () => gateway.compare(dataset, signal)),
    repair: async (found, plan) => {
      const differences = approved(found, await planOf(found), plan);
      later('repair', () => gateway.repair(found.dataset, differences, { signal, patienceMs, progress: () => undefined }));
    },
    decideConflict: async (deciding) => void await timetable.alone(() => decideAtCounty({ parts, site: gateway.site, store }, deciding)),
    resume: async (dataset, by) => {
      const resumed = await store.resume(dataset, { at: parts.clock.wallMs(), ...by });
      if (resumed) log.warn('RESUMED', { dataset });
      return resumed;
    },
    concludeBatch: async (said) => void await timetable.alone(() => concludeHere({ parts, gateway, store, log }, said)),
    sampleRows: (dataset, limit) => sampleRows(invocation, gateway.site, { dataset, limit }),
    mappingFile: (dataset) => mappingFile(siteDir, dataset),
    indicators: async () => {
      const { site } = gateway;
      const look = lookInto(invocation, site);
      const intakes = compileIntakes(site);
      const year = String(new Date(parts.clock.wallMs() + zoneMinutes(site.zone) * 60_000).getUTCFullYear());
      return computeIndicators({
        site, store: look, year, contract: intakes.contract, mappingOf: (dataset) => intakes.of(dataset)?.mapping, openSource: (name) => openCounty(invocation, site, name),
        ratings: async () => (site.profile.pull?.ratings === undefined ? null : ratingsOf(site.profile.pull.ratings, look)),
      }).finally(() => look.close());
    },
    issued: async () => {
      const { site } = gateway;
      const look = lookInto(invocation, site);
      const profile = site.profile.pull?.catalogue;
      try {
        return { lists: await waitingLists(look, site), withdrawn: profile === undefined ? null : (await withdrawnCodes(profile, look)).size };
      } finally {
        await look.close();
      }
    },
    takeList: (number, plan) => timetable.alone(async () => {
      const { site } = gateway;
      const look = lookInto(invocation, site);
      try {
        const found = await waitingList(look, site, number);
        mustBeSeen(found, plan);
        // A running service would go on by the old files, and not start again by the new ones.
        if (found.effect.broken.length > 0) throw new Failure('DICTIONARY_BREAKS_TABLES', { dictionary: found.issued.name, count: found.effect.broken.length });
        await takeList(found, { store, site, siteDir, at: parts.clock.wallMs() });
      } finally {
        await look.close();
      }
      await renew();
    }),
    config: () => flattened({ gateway: parse(readFileSync(join(siteDir, 'gateway.yaml'), 'utf8')) as unknown, interface: gateway.site.profile }),
    certificates: () => certificatesIn(gateway.site, invocation.env),
    backups: () => backupsIn(folder),
    backUp: async () => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const name = new Date(parts.clock.wallMs()).toISOString().slice(0, 19).replaceAll(':', '');
      copyDatabase(gateway.site.store.file, join(folder, `${name}-gateway.db`));
      memory.copyTo(join(folder, `${name}-console.db`));
      return backupsIn(folder).find((one) => one.name === `${name}-gateway.db`) ?? { name, at: parts.clock.wallMs(), bytes: 0 };
    },
  };
}

/** By the profile of now: its region only writes the batch again, and is not reached. */
async function concludeHere({ parts, gateway, store, log }: { readonly parts: Invocation['parts']; readonly gateway: Gateway; readonly store: Store; readonly log: Log }, said: Parameters<Office['concludeBatch']>[0]): Promise<void> {
  const { profile, datasets } = gateway.site;
  const region = parts.openRegion(profile);
  try {
    const { dataset, count } = await concludeBatch({ ...said, datasets: datasets.map((one) => one.dataset), profile, store, region, clock: parts.clock });
    log.warn('CONCLUDED', { batch: said.no, dataset, heard: said.heard, records: count });
  } finally {
    await region.close();
  }
}

async function sampleRows(invocation: Invocation, site: Site, { dataset, limit }: { readonly dataset: string; readonly limit: number }): ReturnType<Office['sampleRows']> {
  const intakes = compileIntakes(site);
  const intake = intakes.of(dataset);
  if (intake === undefined) throw new Failure('DATASET_UNKNOWN', { dataset, known: site.datasets.map((one) => one.dataset).join('、') });
  const source = openCounty(invocation, site, intake.source);
  try {
    const { changes } = await source.sweep(intake.selection, null, limit);
    return changes.flatMap((change) => (change.state === 'gone' ? [] : [{ row: change, looked: lookAtRow({ ...intake, contract: intakes.contract, plain: true }, change) }]));
  } finally {
    await source.close();
  }
}

/** The mapping's own file, found by the dataset it names. */
function mappingFile(siteDir: string, dataset: string): { readonly file: string; readonly text: string } {
  const { county } = parse(readFileSync(join(siteDir, 'gateway.yaml'), 'utf8')) as { readonly county: string };
  const folder = join(siteDir, 'mappings', 'county', county);
  for (const name of readdirSync(folder).filter((one) => /\.ya?ml$/.test(one))) {
    const text = readFileSync(join(folder, name), 'utf8');
    if (new RegExp(`^dataset:\\s*["']?${dataset}["']?\\s*(#.*)?$`, 'm').test(text)) return { file: `mappings/county/${county}/${name}`, text };
  }
  return { file: '', text: '' };
}

/** The tree as paths and values; what a name calls secret is hidden, and so is what `\${…}` brings in. */
function flattened(tree: unknown, path = ''): readonly { readonly path: string; readonly value: string }[] {
  if (typeof tree !== 'object' || tree === null) return [{ path, value: secret.test(path.split('.').at(-1) ?? '') ? '•••' : String(tree) }];
  return Object.entries(tree).flatMap(([key, value]) => flattened(value, path === '' ? key : `${path}.${key}`));
}

function certificatesIn(site: Site, env: Invocation['env']): readonly Certificate[] {
  const files = [['console', env['QILIAN_CONSOLE_CERT'] ?? ''], ...pemFiles(site.profile).map((file) => ['region', file] as const)] as const;
  return files.filter(([, file]) => file !== '' && existsSync(file)).flatMap(([what, file]) => {
    try {
      const certificate = new X509Certificate(readFileSync(file));
      return [{ what, subject: certificate.subject.replaceAll('\n', ', '), endsAt: Date.parse(certificate.validTo) }];
    } catch {
      return [];
    }
  });
}

/** Files the profile names that may hold a certificate. */
function pemFiles(tree: unknown): readonly string[] {
  if (typeof tree === 'string') return /\.(?:pem|crt|cer)$/.test(tree) ? [tree] : [];
  return typeof tree === 'object' && tree !== null ? Object.values(tree).flatMap(pemFiles) : [];
}

function backupsIn(folder: string): readonly Backup[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith('.db')).map((name) => {
    const { mtimeMs, size } = statSync(join(folder, name));
    return { name: basename(name), at: Math.round(mtimeMs), bytes: size };
  }).toSorted((one, other) => other.at - one.at);
}

function copyDatabase(file: string, copy: string): void {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    database.prepare('vacuum into ?').run(copy);
  } finally {
    database.close();
  }
}

function packageVersion(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }).version;
}
