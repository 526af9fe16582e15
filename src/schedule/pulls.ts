import type { Site } from '../config/site.ts';
import type { Pulling, Use } from '../inbound/pull.ts';
import { notReported, upwardOf, type Upward } from '../inbound/upward.ts';
import type { DownMapping } from '../mapping/down.ts';
import { compileDown } from '../mapping/map-down.ts';
import type { Region } from '../port/region.ts';
import type { Sink } from '../port/sink.ts';
import type { Source } from '../port/source.ts';
import type { LookStore } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import type { PullJob } from '../record/job.ts';
import type { Intakes } from './intakes.ts';
import { momentRead, writtenMoment } from './moment.ts';

/** What pulling for a site needs of the outside; sinks are opened when a run needs them. */
export interface PullParts {
  readonly site: Site;
  readonly intakes: Intakes;
  readonly region: Region;
  readonly sinkOf: (name: string) => Sink;
  readonly sourceOf: (name: string) => Source;
  readonly store: Pick<LookStore, 'acknowledged'>;
  /** Minutes the site's local time is ahead of UTC. */
  readonly zoneMinutes: number;
}

/** How a pull job of a site is run; throws a Failure where the region issues nothing. */
export function pullingOf(parts: PullParts, job: PullJob): Pick<Pulling, 'job' | 'made' | 'profile' | 'feed' | 'use'> {
  const { site, region } = parts;
  const { pull } = site.profile;
  if (pull === undefined || region.feed === undefined) throw new Failure('RESOURCE_UNKNOWN', { resource: job.dataset, known: '' });
  return { job, made: site.version, profile: pull, feed: region.feed, use: () => useOf(parts, job.dataset) };
}

function useOf(parts: PullParts, resource: string): Use {
  const { site } = parts;
  if (site.profile.pull?.late?.resource === resource) return { kind: 'late' };
  const down = site.downs.find((one) => one.resource === resource);
  if (down === undefined) return { kind: 'kept', state: site.profile.pull?.resources[resource]?.waits === true ? 'held' : 'applied' };
  const key = site.profile.pull?.resources[resource]?.key ?? '';
  return {
    kind: 'county',
    applying: { down, translator: compileDown(down, key), sink: parts.sinkOf(down.sink), upward: upwardFor(parts, down), moment: (version) => momentRead(version, parts.zoneMinutes), stamp: (wallMs, write) => writtenMoment(wallMs, parts.zoneMinutes, write) },
  };
}

function upwardFor({ intakes, sourceOf, store }: PullParts, { up }: DownMapping): Upward {
  const dataset = up === undefined ? undefined : intakes.of(up.dataset);
  if (up === undefined || dataset === undefined) return notReported;
  const { mapping, examine } = dataset;
  return upwardOf({ mapping, examine, contract: intakes.contract, has: up.has, source: sourceOf(dataset.source), store });
}
