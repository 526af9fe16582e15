import type { TableDescription } from '../port/source.ts';
import { countyFiles } from './county-files.ts';
import { filesUnder, type SiteFiles } from './files.ts';
import { frozen } from './frozen.ts';
import { folder, gatewayFile, sourceSetting } from './gateway-file.ts';
import { checkJobs, jobFile } from './job-file.ts';
import { inReadingOrder, type Mistake } from './mistake.ts';
import { keysAt, pairsAt, spotAt } from './peek.ts';
import { named } from './read.ts';
import { Reading } from './reading.ts';
import { regionFiles } from './region-files.ts';
import type { Site } from './site.ts';
import type { Env, Spot } from './spot.ts';

/** Where a site is read from. */
export interface LoadOptions {
  readonly dir: string;
  /** Where `${NAME}` in gateway.yaml and interface.yaml is taken from. */
  readonly env: Env;
  /** Another region profile than the one gateway.yaml names. */
  readonly profile?: string;
  /** Another way to the files than the disk. */
  readonly files?: SiteFiles;
  /** What tables and columns a source really has; null when it cannot be asked. Left out: columns are not checked. */
  readonly describe?: (source: string, setting: Site['sources'][string]) => Promise<readonly TableDescription[] | null>;
}

/** A site as a whole, or every mistake found in its files. */
export type Loaded = { readonly site: Site } | { readonly mistakes: readonly Mistake[] };

/** Reads and checks every file of a site; all mistakes come at once, in reading order. */
export async function loadSite(options: LoadOptions): Promise<Loaded> {
  const { dir, env } = options;
  const reading = new Reading(options.files ?? filesUnder(dir), env);
  const root = await reading.root('gateway.yaml', 'filled');
  if (root === undefined) return { mistakes: reading.mistakes };
  const gateway = gatewayFile(root);
  const name = options.profile ?? gateway?.region.profile ?? folderAt(root, 'region', 'profile');
  const shared = options.profile === undefined ? gateway?.region.folder : undefined;
  const region = await regionFiles(reading, shared ?? `mappings/region/${name}`);
  const county = await countyFiles(reading, gateway?.county ?? folderAt(root, 'county'), {
    described: await describeAll(gateway?.sources ?? sourcesAt(root), options.describe),
    sources: keysAt(root, 'sources'),
    tables: region.shapes,
    text: region.profile?.text ?? { unit: 'characters', repertoire: 'bmp' },
    control: region.control,
    order: region.order,
  });
  const jobs = await jobsOf(reading, county.datasets);
  const { profile, contract } = region;
  if (reading.mistakes.length > 0 || gateway === undefined || profile === undefined || contract === undefined) {
    return { mistakes: inReadingOrder(reading.mistakes) };
  }
  const { site: title, regionCode, zone, store, sources } = gateway;
  return { site: frozen({ dir, name: title, regionCode, zone, store, profile, sources, contract, datasets: county.mappings, jobs, examples: county.examples, version: reading.version() }) };
}

/** A site's sources alone, for looking at a county before its mappings have been written. */
export async function loadSources({ dir, env, files }: LoadOptions): Promise<{ readonly sources: Site['sources'] } | { readonly mistakes: readonly Mistake[] }> {
  const reading = new Reading(files ?? filesUnder(dir), env);
  const root = await reading.root('gateway.yaml', 'filled');
  const sources = root === undefined ? undefined : named(() => sourceSetting)(spotAt(root, 'sources'));
  return sources === undefined ? { mistakes: reading.mistakes } : { sources };
}

async function jobsOf(reading: Reading, datasets: Parameters<typeof jobFile>[0]): Promise<Site['jobs']> {
  const read = jobFile(datasets);
  const roots = await reading.roots('jobs');
  const jobs = roots.map((root) => (root === undefined ? undefined : read(root))).filter((job) => job !== undefined);
  checkJobs(jobs);
  return jobs.map(({ job }) => job);
}

/** A folder's name, to go on with where gateway.yaml has other mistakes. */
function folderAt(root: Spot, ...path: readonly string[]): string {
  return folder(spotAt(root.quietly(), ...path)) ?? '';
}

/** The sources that can be used although gateway.yaml has other mistakes, which have been noted. */
function sourcesAt(root: Spot): Site['sources'] {
  return Object.fromEntries(pairsAt(root.quietly(), 'sources').flatMap(({ name, value }) => {
    const setting = sourceSetting(value);
    return setting === undefined ? [] : [[name, setting] as const];
  }));
}

async function describeAll(sources: Site['sources'], describe: LoadOptions['describe']): Promise<ReadonlyMap<string, readonly TableDescription[]>> {
  const described = new Map<string, readonly TableDescription[]>();
  for (const [source, setting] of Object.entries(describe === undefined ? {} : sources)) {
    const tables = await describe?.(source, setting);
    if (tables !== null && tables !== undefined) described.set(source, tables);
  }
  return described;
}
