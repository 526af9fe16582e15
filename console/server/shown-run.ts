import type { Site } from '../../src/config/site.ts';
import type { Run } from '../../src/record/run.ts';
import type { Texts } from '../../src/cli/texts.ts';
import { errorOf } from './reply.ts';

/** A run as pages show it. */
export function shownRun(run: Run, site: Site, texts: Texts): Readonly<Record<string, unknown>> {
  const { id, job, dataset, mode, state, startedAt, endedAt, counts, failure } = run;
  const seconds = endedAt === null ? 0 : (endedAt - startedAt) / 1000;
  return {
    id, job, title: site.jobs.find((one) => one.job === job)?.title ?? site.datasets.find((one) => one.dataset === dataset)?.title ?? job, dataset, mode, state, startedAt, endedAt, counts,
    failure: failure === null ? null : errorOf(failure, {}, texts), perSecond: seconds <= 0 ? null : Math.round((counts.read / seconds) * 10) / 10,
  };
}
