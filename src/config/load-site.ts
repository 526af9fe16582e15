import type { TableDescription } from '../port/source.ts';
import { isAbsolute, join } from 'node:path';
import type { WorkWindow } from '../record/work-window.ts';
import { usualAlarms } from '../record/alarm-rule.ts';
import { alarmsFile } from './alarms-file.ts';
import { calendarFile } from './calendar-file.ts';
import { countyFiles } from './county-files.ts';
import { filesUnder, type SiteFiles } from './files.ts';
import { frozen } from './frozen.ts';
import { folder, gatewayFile } from './gateway-file.ts';
import { indicatorsFile, type IndicatorGround } from './indicators-file.ts';
import { checkJobs, jobFile } from './job-file.ts';
import { inReadingOrder, type Mistake } from './mistake.ts';
import { keysAt, pairsAt, spotAt } from './peek.ts';
import { withFilesAt } from './profile-files.ts';
import { named } from './read.ts';
import { Reading } from './reading.ts';
import { retentionOf } from './retention.ts';
import { regionFiles } from './region-files.ts';
import type { Site } from './site.ts';
import { sourceSetting } from './source-setting.ts';
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
  // Another region in place of the site's own may issue nothing: what the site would pull then rests.
  const silent = options.profile !== undefined && region.profile?.pull === undefined;
  const issued = region.profile === undefined || silent ? undefined : Object.keys(region.profile.pull?.resources ?? {});
  const county = await countyFiles(reading, gateway?.county ?? folderAt(root, 'county'), {
    described: await describeAll(gateway?.sources ?? sourcesAt(root), options.describe),
    sources: keysAt(root, 'sources'),
    untimed: Object.entries(gateway?.sources ?? sourcesAt(root)).filter(([, setting]) => setting.engine === 'files' || setting.engine === 'http').map(([source]) => source),
    tables: region.shapes,
    text: region.profile?.text ?? { unit: 'characters', repertoire: 'bmp' },
    control: region.control,
    order: region.order,
    sinks: keysAt(root, 'sinks'),
    resources: issued,
  });
  const indicators = await indicatorsOf(reading, { tables: region.shapes, datasets: [...county.datasets.keys()], sources: keysAt(root, 'sources') });
  const jobs = (await jobsOf(reading, county.datasets, issued)).filter((job) => !(silent && job.kind === 'pull'));
  const { profile, contract } = region;
  const calendar = gateway?.calendar === undefined ? null : await reading.file(gateway.calendar, calendarFile) ?? null;
  if (gateway !== undefined && gateway.calendar === undefined && [profile?.limits, ...jobs].some(goesByCalendar)) root.mistake('CALENDAR_MISSING');
  const told = await reading.aside('alarms.yaml', 'filled');
  const alarms = told === undefined ? usualAlarms : alarmsFile([...county.datasets.keys()])(told) ?? usualAlarms;
  if (reading.mistakes.length > 0 || gateway === undefined || profile === undefined || contract === undefined) {
    return { mistakes: inReadingOrder(reading.mistakes) };
  }
  const at = (file: string): string => (isAbsolute(file) ? file : join(dir, file));
  const { site: title, regionCode, zone, store, sources, sinks = {} } = gateway;
  const { retention, retentionJob } = retentionOf(gateway.retention);
  return { site: frozen({ dir, name: title, regionCode, zone, calendar, store, profile: withFilesAt(profile, at), sources, sinks, contract, contractFolder: region.ruled, protectedFields: region.protectedFields, personal: region.personal, alarms, mendWithinDays: gateway.mending?.withinDays ?? null, retention, datasets: county.mappings, downs: county.downs, scans: county.scans, jobs: [...jobs, retentionJob], examples: county.examples, indicators, version: reading.version() }) };
}

/** A site's sources alone, for looking at a county before its mappings have been written. */
export async function loadSources({ dir, env, files }: LoadOptions): Promise<{ readonly sources: Site['sources'] } | { readonly mistakes: readonly Mistake[] }> {
  const reading = new Reading(files ?? filesUnder(dir), env);
  const root = await reading.root('gateway.yaml', 'filled');
  const sources = root === undefined ? undefined : named(() => sourceSetting)(spotAt(root, 'sources'));
  return sources === undefined ? { mistakes: reading.mistakes } : { sources };
}

function goesByCalendar(one: { readonly windows?: readonly WorkWindow[] } | undefined): boolean {
  return one?.windows?.some(({ days }) => days === 'workdays' || days === 'days-off') === true;
}

async function jobsOf(reading: Reading, datasets: Parameters<typeof jobFile>[0], resources: readonly string[] | undefined): Promise<Site['jobs']> {
  const read = jobFile(datasets, resources);
  const roots = await reading.roots('jobs');
  const jobs = roots.map((root) => (root === undefined ? undefined : read(root))).filter((job) => job !== undefined);
  checkJobs(jobs);
  return jobs.map(({ job }) => job);
}

/** No record is made by them, so they are no part of the version. */
async function indicatorsOf(reading: Reading, ground: IndicatorGround): Promise<Site['indicators']> {
  const read = indicatorsFile(ground);
  const roots = (await reading.asides('indicators')).filter((root) => root !== undefined);
  return roots.flatMap((root) => read(root) ?? []);
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
