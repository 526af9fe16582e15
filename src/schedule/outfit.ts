import type { Site } from '../config/site.ts';
import { breakerOf, type Breaker, type Lamp } from '../delivery/breaker.ts';
import type { InterfaceProfile } from '../port/profile.ts';
import type { Region } from '../port/region.ts';
import type { Source } from '../port/source.ts';
import { Failure } from '../record/failure.ts';
import type { Job } from '../record/job.ts';
import { compileIntakes } from './intakes.ts';
import type { RunSetting } from './run-job.ts';
import { Shared } from './shared.ts';

/** How a site's outside world is opened. */
export interface World {
  readonly openSource: (setting: Site['sources'][string]) => Source;
  readonly openRegion: (profile: InterfaceProfile) => Region;
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
  readonly door: Shared<Door>;
  /** Opened when the first run needs them, by their setting. */
  readonly sources: Map<string, Shared<Source>>;
  readonly intakeOf: (job: Job) => RunSetting['intake'] | undefined;
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
  const intakeOf = (job: Job): RunSetting['intake'] | undefined => {
    const intake = intakes.of(job.dataset);
    if (intake === undefined) return undefined;
    const { selection, examine, compare } = intake;
    return { selection, examine, ...(compare === undefined ? {} : { compare }), source: sourceOf(intake.source, { site, world, sources }) };
  };
  return new Shared({ site, door, sources, intakeOf }, async () => {
    for (const source of sources.values()) await source.release();
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

function openDoor(site: Site, world: World): Shared<Door> {
  const region = world.openRegion(site.profile);
  const breaker = breakerOf(region, world.onLamp);
  return new Shared({ region, breaker }, async () => {
    breaker.close();
    await region.close();
  });
}
