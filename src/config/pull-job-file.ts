import type { PullJob } from '../record/job.ts';
import { cron } from './cron.ts';
import { nearest } from './nearest.ts';
import { block, may, must } from './read-block.ts';
import { list, located, oneOf, text, whole } from './read.ts';
import type { Spot } from './spot.ts';

const file = block({
  kind: must(oneOf('pull')),
  job: must(located(text)),
  title: must(text),
  resource: must(located(text)),
  cron: may(cron),
  page: must(whole(1, 10_000)),
  after: may(list(located(text), 0)),
});

/** A pull job with the places of what other files must agree with. */
export interface PullJobFile {
  readonly job: PullJob;
  readonly name: Spot;
  readonly after: readonly { readonly value: string; readonly spot: Spot }[];
}

/** A job that fetches what the region issues; `resources` is undefined where the profile could not be read. */
export function pullJob(spot: Spot, { datasets, resources }: { readonly datasets: readonly string[]; readonly resources: readonly string[] | undefined }): PullJobFile | undefined {
  const found = file(spot);
  if (found === undefined) return undefined;
  const { job, resource, after = [], ...rest } = found;
  if (resources !== undefined && !resources.includes(resource.value)) resource.spot.mistake('RESOURCE_NOT_ISSUED', { name: resource.value, near: nearest(resource.value, resources) });
  const known = [...datasets, ...(resources ?? [])];
  for (const one of after) {
    if (resources !== undefined && !known.includes(one.value)) one.spot.mistake('DATASET_UNKNOWN', { dataset: one.value, near: nearest(one.value, known) });
  }
  return { job: { ...rest, job: job.value, dataset: resource.value, after: after.map((one) => one.value) }, name: job.spot, after };
}
