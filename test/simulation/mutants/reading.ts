import type { Page } from '../../../src/port/source.ts';
import type { Keeping } from '../../../src/port/store.ts';
import type { Mutant } from '../mutant.ts';

const placeOf = (cursor: string): Record<string, string> => JSON.parse(cursor) as Record<string, string>;

/** Bugs in how a county is read. */
export const readingMutants: readonly Mutant[] = [
  {
    name: 'cursor-first', says: 'the cursor is kept in a transaction of its own, before the page',
    store: (store) => ({
      ...store,
      keep: async (keeping) => {
        if (keeping.cursor !== null) await store.keep({ ...keeping, keeps: [], counts: { read: 0, same: 0, quarantined: 0 } });
        return store.keep({ ...keeping, cursor: null });
      },
    }),
  },
  { name: 'no-overlap', says: 'reading goes on just where it ended, whoever commits late', source: (source) => ({ ...source, rewind: (cursor) => cursor }) },
  {
    name: 'tie-jumped', says: 'a page goes on after the last moment read, not after the last row',
    source: (source) => ({
      ...source,
      changes: async (selection, cursor, limit) => beyondMoment(await source.changes(selection, cursor, limit)),
    }),
  },
  {
    name: 'null-times-skipped', says: 'rows without a time are not read',
    source: (source) => ({
      ...source,
      changes: async (selection, cursor, limit) => {
        const page = await source.changes(selection, cursor, limit);
        return { ...page, caughtUp: page.caughtUp || placeOf(page.resume)['n'] !== undefined };
      },
    }),
  },
  {
    name: 'future-followed', says: 'a row stamped in the future carries the cursor with it',
    source: (source) => ({
      ...source,
      changes: async (selection, cursor, limit) => {
        const page = await source.changes(selection, cursor, limit);
        const { t, k } = placeOf(page.resume);
        return { ...page, cursor: JSON.stringify({ t, k }) };
      },
    }),
  },
  {
    name: 'full-page-is-the-last', says: 'a sweep ends with a page that is just full',
    source: (source) => ({
      ...source,
      sweep: async (selection, cursor, limit) => {
        const page = await source.sweep(selection, cursor, limit);
        return { ...page, caughtUp: page.caughtUp || page.changes.length === limit };
      },
    }),
  },
  { name: 'deletions-not-sought', says: 'a sweep looks only at rows that are there', store: (store) => ({ ...store, unseen: async () => [] }) },
  { name: 'last-deletion-overlooked', says: 'a sweep overlooks the last of the rows that are gone', store: (store) => ({ ...store, unseen: async (dataset, after, limit) => (await store.unseen(dataset, after, limit)).slice(0, -1) }) },
  {
    name: 'sweep-remembers', says: 'a sweep takes for met what an earlier sweep of the process met',
    store: (store) => {
      let begun = false;
      return {
        ...store,
        beginReading: async () => {
          if (!begun) await store.beginReading();
          begun = true;
        },
      };
    },
  },
  {
    name: 'sweep-forgets', says: 'a sweep forgets the last row of each page it met',
    store: (store) => ({ ...store, meet: async (keys) => store.meet(keys.slice(0, -1)) }),
  },
  {
    name: 'child-overlooked', says: 'the last row that belongs to a record has no part in its fingerprint',
    examine: (examine) => (change) => {
      const mapped = examine(change);
      return mapped.state === 'good' && mapped.records.length > 1 ? { ...mapped, fingerprint: mapped.records.slice(0, -1).map((record) => record.body).join() } : mapped;
    },
  },
  {
    name: 'gone-kept-from-going', says: 'what the county took back is not taken back at the region',
    store: (store) => ({ ...store, keep: async (keeping) => store.keep({ ...keeping, ...withoutRemovals(keeping) }) }),
  },
];

function beyondMoment(page: Page): Page {
  const { t, k } = placeOf(page.resume);
  const beyond = (cursor: string): string => JSON.stringify({ ...placeOf(cursor), k: k === '' ? '' : '~' });
  return t === '' || page.changes.length === 0 ? page : { ...page, resume: beyond(page.resume) };
}

function withoutRemovals({ keeps, counts }: Keeping): Pick<Keeping, 'keeps' | 'counts'> {
  const left = keeps.filter((one) => one.kind !== 'remove');
  return { keeps: left, counts: { ...counts, same: counts.same + keeps.length - left.length } };
}
