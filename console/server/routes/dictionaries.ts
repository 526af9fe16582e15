import { bodyOf, done, scopeOf, type Handlers } from '../asked.ts';
import { Refusal } from '../refusal.ts';
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
    acts: {
      takeDictionary: async (asked) => {
        const number = Number(asked.path['number']);
        const { plan } = bodyOf<{ readonly plan: string }>(asked);
        const found = (await office.issued()).lists.find(({ id }) => id === number);
        if (found === undefined) throw new Refusal(404, 'DICTIONARY_NOT_WAITING', { number: String(number) });
        // A list is about every dataset that goes by it.
        if (scopeOf(asked) !== null) throw new Refusal(403, 'NOT_YOURS', { dataset: found.effect.name });
        return {
          object: `dictionary ${found.effect.name} ${found.effect.version}`, after: { plan },
          perform: async () => {
            await office.takeList(number, plan);
            return done;
          },
        };
      },
    },
  };
}
