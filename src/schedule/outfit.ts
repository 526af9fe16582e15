import type { Site } from '../config/site.ts';
import type { Contract } from '../contract/contract.ts';
import { breakerOf, type Breaker, type BreakerSetting, type Lamp } from '../delivery/breaker.ts';
import type { Clock } from '../port/clock.ts';
import { usualBreaker, type InterfaceProfile } from '../port/profile.ts';
import type { Region } from '../port/region.ts';
import type { Sink } from '../port/sink.ts';
import type { Source } from '../port/source.ts';
import type { LookStore } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import type { PullJob, ReportJob } from '../record/job.ts';
import { workTimeOf } from './allowed.ts';
import { compileIntakes } from './intakes.ts';
import { pullingOf } from './pulls.ts';
import type { RunSetting } from './run-job.ts';
import { zoneMinutes } from './zone.ts';
import { Shared } from './shared.ts';
import { opensInMs } from './work-time.ts';

/** How a site's outside world is opened. */
export interface World {
  readonly openSource: (setting: Site['sources'][string]) => Source;
  /** Absent: nothing is written to the county. */
  readonly openSink?: (setting: Site['sinks'][string]) => Sink;
  readonly openRegion: (profile: InterfaceProfile) => Region;
  readonly clock: Clock;
  /** Where it is kept how the region's gate stands. */
  readonly store: BreakerSetting['store'] & Pick<LookStore, 'acknowledged'>;
  readonly onLamp: (lamp: Lamp) => void;
}

interface Door {
  readonly region: Region;
  readonly breaker: Breaker;
}

/**
 * Everything that runs are made with, by one version of the site files: mappings and contract compiled, sources, the
 * region. A run holds its outfit to its end, so a newer one never reaches into it.
 */
export interface Outfit {
  readonly site: Site;
  readonly contract: Contract;
  readonly door: Shared<Door>;
  /** Opened when the first run needs them, by their setting. */
  readonly sources: Map<string, Shared<Source>>;
  readonly intakeOf: (job: ReportJob) => RunSetting['intake'] | undefined;
  readonly pullOf: (job: PullJob) => ReturnType<typeof pullingOf>;
}

/** Fits out a site. What its predecessor has opened and the new files leave as it was, is shared and not opened anew. */
export function fitOut(site: Site, world: World, before: Outfit | null): Shared<Outfit> {
  const intakes = compileIntakes(site);
  const sources = new Map<string, Shared<Source>>();
  for (const setting of Object.values(site.sources)) {
    const name = JSON.stringify(setting);
    const open = before?.sources.get(name);
    if (open !== undefined && !sources.has(name)) sources.set(name, open.hold());
  }
  const sameDoor = before !== null && JSON.stringify(before.site.profile) === JSON.stringify(site.profile);
  const door = sameDoor ? before.door.hold() : openDoor(site, world);
  const intakeOf = (job: ReportJob): RunSetting['intake'] | undefined => {
    const intake = intakes.of(job.dataset);
    if (intake === undefined) return undefined;
    const { selection, examine, compare } = intake;
    return { selection, examine, ...(compare === undefined ? {} : { compare }), source: sourceOf(intake.source, { site, world, sources }) };
  };
  const sinks = new Map<string, Sink>();
  const pullOf = (job: PullJob): ReturnType<typeof pullingOf> => pullingOf({
    site, intakes, region: door.value.region, store: world.store, zoneMinutes: zoneMinutes(site.zone),
    sinkOf: (name) => sinkOf(name, { site, world, sinks }), sourceOf: (name) => sourceOf(name, { site, world, sources }),
  }, job);
  return new Shared({ site, contract: intakes.contract, door, sources, intakeOf, pullOf }, async () => {
    for (const source of sources.values()) await source.release();
    for (const sink of sinks.values()) await sink.close();
    await door.release();
  });
}

function sourceOf(name: string, { site, world, sources }: { readonly site: Site; readonly world: World; readonly sources: Outfit['sources'] }): Source {
  const setting = site.sources[name];
  if (setting === undefined) throw new Failure('SOURCE_UNKNOWN', { source: name });
  const known = sources.get(JSON.stringify(setting));
  if (known !== undefined) return known.value;
  const source = world.openSource(setting);
  sources.set(JSON.stringify(setting), new Shared(source, () => source.close()));
  return source;
}

function sinkOf(name: string, { site, world, sinks }: { readonly site: Site; readonly world: World; readonly sinks: Map<string, Sink> }): Sink {
  const setting = site.sinks[name];
  if (setting === undefined) throw new Failure('SOURCE_UNKNOWN', { source: name });
  const sink = sinks.get(name) ?? world.openSink?.(setting);
  if (sink === undefined) throw new Failure('SINK_NOT_OFFERED', { sink: name, engine: setting.engine });
  sinks.set(name, sink);
  return sink;
}

function openDoor(site: Site, world: World): Shared<Door> {
  const region = world.openRegion(site.profile);
  const { clock, store, onLamp } = world;
  const { breaker: rule = usualBreaker, limits: { connections, requestsPerSecond: perSecond, windows } } = site.profile;
  const hours = workTimeOf(site, windows);
  const breaker = breakerOf({
    region, clock, store, rule, connections, onChange: onLamp, opensInMs: () => opensInMs(hours, clock.wallMs()),
    ...(perSecond === undefined ? {} : { perSecond }),
  });
  return new Shared({ region, breaker }, async () => {
    breaker.close();
    await region.close();
  });
}
