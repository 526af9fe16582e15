import { selectionOf } from '../mapping/selection.ts';
import type { Site } from '../config/site.ts';
import type { Index, Source, SourceProbe } from '../port/source.ts';
import { placeOf } from '../port/source-setting.ts';
import { reasonOf, type Finding } from './finding.ts';
import type { Invocation } from './parts.ts';

/** Seconds by which clocks may differ before rows are stamped in each other's future. */
const skewWarned = 30;
const skewBad = 300;

/** Everything that commonly goes wrong with one of the county's sources. */
export async function examineSource({ parts }: Pick<Invocation, 'parts'>, site: Pick<Site, 'datasets' | 'sources'>, name: string): Promise<readonly Finding[]> {
  const setting = site.sources[name];
  if (setting === undefined) return [];
  const about = `${name} (${placeOf(setting)})`;
  const datasets = site.datasets.filter((one) => one.source === name);
  let source: Source | undefined;
  try {
    source = parts.openSource(setting);
    const tables = await source.describe();
    const probe = await source.probe?.([...new Set(datasets.map((one) => one.from.table))]) ?? null;
    const found: Finding[] = [{ check: 'source', about, state: 'good', facts: { tables: tables.length, version: probe?.version ?? setting.engine } }];
    if (probe !== null) found.push(...ofServer(probe, about, parts.clock.wallMs()));
    for (const mapping of datasets) {
      const { key, time, table } = mapping.from;
      const at = `${mapping.dataset} (${table})`;
      found.push(await readable(source, mapping, at));
      if (probe !== null) found.push(...ofTable(probe.indexes[table] ?? [], { about: at, key, time }));
    }
    return found;
  } catch (cause) {
    return [{ check: 'source', about, state: 'bad', facts: { reason: reasonOf(cause) } }];
  } finally {
    await source?.close();
  }
}

function ofServer({ clockMs, canWrite }: SourceProbe, about: string, ours: number): readonly Finding[] {
  const seconds = Math.round((clockMs - ours) / 1000);
  const off = Math.abs(seconds);
  return [
    { check: 'charset', about, state: 'good', facts: {} },
    { check: 'rights', about, state: canWrite ? 'warn' : 'good', facts: {} },
    { check: 'clock', about, state: off >= skewBad ? 'bad' : off >= skewWarned ? 'warn' : 'good', facts: { seconds } },
  ];
}

/** The first row by the mapping's own columns: rights, names and the characters of a real row at once. */
async function readable(source: Source, mapping: Site['datasets'][number], about: string): Promise<Finding> {
  try {
    const page = await source.changes(selectionOf(mapping), null, 1);
    return { check: 'reading', about, state: 'good', facts: { rows: page.changes.length } };
  } catch (cause) {
    return { check: 'reading', about, state: 'bad', facts: { reason: reasonOf(cause) } };
  }
}

function ofTable(indexes: readonly Index[], { about, key, time }: { readonly about: string; readonly key: string; readonly time: string | undefined }): readonly Finding[] {
  const same = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.toLowerCase();
  const unique = indexes.some((index) => index.unique && index.columns.length === 1 && same(index.columns[0], key));
  const found: Finding[] = [{ check: 'key', about, state: unique ? 'good' : 'warn', facts: { key } }];
  if (time === undefined) return found;
  const both = indexes.some((index) => same(index.columns[0], time) && (index.columns.length === 1 || same(index.columns[1], key)));
  return [...found, { check: 'index', about, state: both ? 'good' : 'warn', facts: { time, key } }];
}
