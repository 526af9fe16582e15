import { scopeOf, type Handlers } from '../asked.ts';
import type { World } from '../world.ts';

/** Code lists the region has issued, before anybody takes them, and what has been withdrawn of the base catalogue. */
export function dictionaryRoutes({ office, read }: Pick<World, 'office' | 'read'>): Handlers {
  return {
    reads: {
      listDictionaries: async (asked) => {
        const scope = scopeOf(asked);
        const mine = ({ dataset }: { readonly dataset: string }): boolean => scope === null || scope.includes(dataset);
        const { lists, withdrawn } = await office.issued();
        const warned = (await read.remarks()).filter(({ code }) => code === 'CATALOGUE_WITHDRAWN').filter(mine);
        return {
          json: {
            lists: lists.map(({ id, effect: { name, version, known, added, removed, renamed, broken }, reach: { plan, carried, unread } }) => (
              { number: id, dictionary: name, version, known, plan, added, removed, renamed, broken: broken.filter(mine), carried: carried.filter(mine), unread })),
            withdrawn, warned: warned.reduce((sum, { count }) => sum + count, 0),
          },
        };
      },
    },
  };
}
