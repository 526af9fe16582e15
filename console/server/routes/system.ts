import { type Handlers } from '../asked.ts';
import type { World } from '../world.ts';

/** The house itself: versions, certificates, store, disk, clock, the configuration as read, and copies of the memory. */
export function systemRoutes(world: World): Handlers {
  const { office, trail, clock } = world;
  return {
    reads: {
      getSystem: async () => {
        const site = world.site();
        const { storeBytes, consoleBytes, freeBytes, totalBytes, skewMs } = await world.surroundings();
        const { seq, at } = trail.head();
        return {
          json: {
            site: site.name, gateway: office.version, node: office.node, startedAt: office.startedAt, at: clock.wallMs(), siteVersion: site.version,
            store: { bytes: storeBytes, consoleBytes }, disk: { freeBytes, totalBytes }, clock: { skewMs }, certificates: office.certificates(),
            audit: { entries: seq, headAt: at, anchoredAt: trail.anchoredAt(), well: trail.well() }, backups: office.backups(), jobs: site.jobs.length, config: office.config(),
          },
        };
      },
    },
    acts: { backUp: async () => ({ object: 'memory', perform: async () => ({ json: await office.backUp() }) }) },
  };
}
