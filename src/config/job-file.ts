import { usualGuard, type Job } from '../record/job.ts';
import { cron } from './cron.ts';
import { nearest } from './nearest.ts';
import { block, may, must } from './read-block.ts';
import { list, located, oneOf, share, text, whole, type Reader } from './read.ts';
import type { Spot } from './spot.ts';

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
});

/** A file of `jobs/`. */
export function jobFile(datasets: KnownDatasets): Reader<JobFile> {
  return (spot) => {
    const found = file(spot);
    if (found === undefined) return undefined;
    for (const one of [found.dataset, ...(found.after ?? [])]) {
      if (!datasets.has(one.value)) one.spot.mistake('DATASET_UNKNOWN', { dataset: one.value, near: nearest(one.value, datasets.keys()) });
    }
    if (found.mode.value === 'changes' && datasets.get(found.dataset.value)?.time === false) found.mode.spot.mistake('TIME_MISSING', { dataset: found.dataset.value });
    const { job, dataset, mode, after = [], overlapMinutes = 0, guard, ...rest } = found;
    const names = { job: job.value, dataset: dataset.value, mode: mode.value, after: after.map((one) => one.value) };
    return { job: { ...rest, ...names, overlapMinutes, guard: { ...usualGuard, ...guard } }, name: job.spot, after };
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
