import { Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

/** The store of a town in which something has happened, left by its gateway. */
export function livedTown(live: (town: Town) => Promise<void>): Promise<string> {
  return inVirtualTime(async (clock) => {
    const town = new Town(clock);
    await live(town);
    await town.store.close();
    return town.file;
  });
}
