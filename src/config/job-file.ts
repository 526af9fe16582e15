import { usualGuard, usualRefusals, type Job } from '../record/job.ts';
import { cron } from './cron.ts';
import { nearest } from './nearest.ts';
import { textAt } from './peek.ts';
import { pullJob } from './pull-job-file.ts';
import { block, may, must } from './read-block.ts';
import { list, located, oneOf, share, text, whole, yes, type Reader } from './read.ts';
import type { Spot } from './spot.ts';
import { windowList } from './window-section.ts';

/** A job with the places of what other files must agree with. */
export interface JobFile {
  readonly job: Job;
  readonly name: Spot;
  readonly after: readonly { readonly value: string; readonly spot: Spot }[];
}

/** What jobs may refer to: whether each dataset has a column that tells when a row changed. */
export type KnownDatasets = ReadonlyMap<string, { readonly time: boolean }>;

const file = block({
  job: must(located(text)),
  title: must(text),
  dataset: must(located(text)),
  mode: must(located(oneOf('changes', 'sweep'))),
  cron: may(cron),
  page: must(whole(1, 10_000)),
  overlapMinutes: may(whole(0, 1440)),
  after: may(list(located(text), 0)),
  guard: may(block({ share: may(share), floor: may(whole(0)) })),
  refusals: may(block({ share: may(share), least: may(whole(1)) })),
  replica: may(yes),
  windows: may(windowList),
  jitterSeconds: may(whole(0, 3_600)),
  budgetMinutes: may(whole(1, 1_440)),
});

const compareFile = block({
  job: must(located(text)),
  title: must(text),
  dataset: must(located(text)),
  kind: must(oneOf('compare', 'pull', 'redrive', 'bulletin')),
  cron: may(cron),
});

const bulletinFile = block({
  job: must(located(text)),
  title: must(text),
  kind: must(oneOf('bulletin')),
  cron: may(cron),
});

const redriveFile = block({
  job: must(located(text)),
  title: must(text),
  dataset: must(located(text)),
  kind: must(oneOf('redrive')),
  cron: may(cron),
  code: must(text),
  value: may(text),
  olderHours: must(whole(1, 8_760)),
  perSecond: may(whole(1, 10_000)),
  windows: may(windowList),
});

/** A file of `jobs/`; what it must say depends on its kind. */
export function jobFile(datasets: KnownDatasets, resources: readonly string[] | undefined): Reader<JobFile> {
  const report = reportFile(datasets);
  return (spot) => {
    switch (textAt(spot, 'kind')) {
      case undefined: return report(spot);
      case 'pull': return pullJob(spot, { datasets: [...datasets.keys()], resources });
      case 'redrive': return redriveJob(spot, datasets);
      case 'bulletin': return bulletinJob(spot);
      default: return compareJob(spot, datasets);
    }
  };
}

function compareJob(spot: Spot, datasets: KnownDatasets): JobFile | undefined {
  const found = compareFile(spot);
  if (found === undefined) return undefined;
  const { job, dataset, ...rest } = found;
  checkDatasets([dataset], datasets);
  return { job: { ...rest, kind: 'compare', job: job.value, dataset: dataset.value, after: [], page: 1 }, name: job.spot, after: [] };
}

function redriveJob(spot: Spot, datasets: KnownDatasets): JobFile | undefined {
  const found = redriveFile(spot);
  if (found === undefined) return undefined;
  const { job, dataset, perSecond = 200, ...rest } = found;
  checkDatasets([dataset], datasets);
  return { job: { ...rest, perSecond, job: job.value, dataset: dataset.value, after: [], page: 1 }, name: job.spot, after: [] };
}

function bulletinJob(spot: Spot): JobFile | undefined {
  const found = bulletinFile(spot);
  if (found === undefined) return undefined;
  const { job, ...rest } = found;
  return { job: { ...rest, job: job.value, dataset: '', after: [], page: 1 }, name: job.spot, after: [] };
}

function checkDatasets(named: JobFile['after'], datasets: KnownDatasets): void {
  for (const one of named) {
    if (!datasets.has(one.value)) one.spot.mistake('DATASET_UNKNOWN', { dataset: one.value, near: nearest(one.value, datasets.keys()) });
  }
}

function reportFile(datasets: KnownDatasets): Reader<JobFile> {
  return (spot) => {
    const found = file(spot);
    if (found === undefined) return undefined;
    checkDatasets([found.dataset, ...(found.after ?? [])], datasets);
    if (found.mode.value === 'changes' && datasets.get(found.dataset.value)?.time === false) found.mode.spot.mistake('TIME_MISSING', { dataset: found.dataset.value });
    const { job, dataset, mode, after = [], overlapMinutes = 0, guard, refusals, ...rest } = found;
    const names = { job: job.value, dataset: dataset.value, mode: mode.value, after: after.map((one) => one.value) };
    return { job: { ...rest, ...names, overlapMinutes, guard: { ...usualGuard, ...guard }, refusals: { ...usualRefusals, ...refusals } }, name: job.spot, after };
  };
}

/** Notes jobs of one name, and datasets that wait for each other in a ring. */
export function checkJobs(jobs: readonly JobFile[]): void {
  const met = new Set<string>();
  for (const { job, name } of jobs) {
    if (met.has(job.job)) name.mistake('NAME_TWICE', { name: job.job });
    met.add(job.job);
  }
  const next = (dataset: string): readonly string[] => jobs.filter(({ job }) => job.dataset === dataset).flatMap(({ job }) => job.after);
  for (const { job, after } of jobs) {
    for (const { value, spot } of after) {
      const ring = wayBack(value, job.dataset, next);
      if (ring !== null) spot.mistake('AFTER_RING', { ring: [job.dataset, ...ring].join(' → ') });
    }
  }
}

function wayBack(from: string, to: string, next: (dataset: string) => readonly string[]): readonly string[] | null {
  const walk = (at: string, path: readonly string[]): readonly string[] | null => {
    if (at === to) return [...path, at];
    if (path.includes(at)) return null;
    for (const one of next(at)) {
      const found = walk(one, [...path, at]);
      if (found !== null) return found;
    }
    return null;
  };
  return walk(from, []);
}
