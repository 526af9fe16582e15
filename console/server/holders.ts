import { createHmac } from 'node:crypto';
import type { Clock } from '../../src/port/clock.ts';
import type { ConsoleReading } from '../../src/port/finding.ts';
import type { HolderStore } from '../../src/port/holders.ts';
import type { Site } from '../../src/config/site.ts';

/** Who holds what: found by a person's whole name or number, of which only a keyed hash is kept. */
export interface Holders {
  /** Records of whoever is so called or numbered, the newest first; takes in what was kept since the last time. */
  find(text: string, limit: number): Promise<readonly number[]>;
}

const pageSize = 500;

/** `key` makes the hashes useless to who finds the index without it. */
export function holdersOf({ store, read, site, key, clock }: { readonly store: HolderStore; readonly read: ConsoleReading; readonly site: () => Site; readonly key: Buffer; readonly clock: Clock }): Holders {
  const mark = (text: string): number => createHmac('sm3', key).update(text.normalize('NFKC').trim().toUpperCase()).digest().readUIntBE(0, 6);
  let taking: Promise<void> | null = null;
  const takeIn = async (): Promise<void> => {
    for (;;) {
      const page = await read.bodiesAfter(store.last(), pageSize);
      if (page.length === 0) return;
      const fields = [...site().personal.holderNames, ...site().personal.holderNumbers];
      store.keep(page.flatMap(({ record, records }) => records.flatMap(({ table, body }) => {
        const wanted = fields.filter((one) => one.table === table);
        const row = wanted.length === 0 ? {} : JSON.parse(body) as Record<string, string | number | null>;
        return wanted.flatMap(({ field }) => (row[field] === null || row[field] === undefined ? [] : [{ mark: mark(String(row[field])), record }]));
      })), page.at(-1)?.seq ?? store.last());
      await clock.rest(0);
    }
  };
  return {
    find: async (text, limit) => {
      taking ??= takeIn().finally(() => {
        taking = null;
      });
      await taking;
      return store.find(mark(text), limit);
    },
  };
}
