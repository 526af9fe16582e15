import { Desk } from '../../../adapters/store-sqlite/desk.ts';
import type { Keep, Store } from '../../../src/port/store.ts';
import { altering } from '../altered-desk.ts';
import type { Mutant } from '../mutant.ts';

const keepingAs = (change: (keep: Keep) => Keep): NonNullable<Mutant['store']> => (store) => ({
  ...store, keep: async (keeping) => store.keep({ ...keeping, keeps: keeping.keeps.map(change) }),
});

/** Bugs in what is kept, and in what stands beside it. */
export const keepingMutants: readonly Mutant[] = [
  { name: 'sleeper-writes-on', says: 'a process that wakes up writes on although another has taken the store over', desk: (database) => new Desk(database) },
  { name: 'held-opened-early', says: 'a version may go although an earlier one is on the road', store: keepingAs((one) => (one.kind === 'put' && one.state === 'held' ? { ...one, state: 'open' } : one)) },
  { name: 'removal-opened-early', says: 'a removal may go although a version is on the road', store: keepingAs((one) => (one.kind === 'remove' && one.state === 'held' ? { ...one, state: 'open' } : one)) },
  { name: 'held-never-opened', says: 'a version that was held is forgotten', desk: altering({ of: `select seq, waits from envelope where state = 'held'`, to: null }) },
  { name: 'held-needs-nothing', says: 'a version that was held goes without what it needs', desk: altering({ of: 'select seq, waits from envelope', to: 'select seq, null as waits from envelope' }) },
  { name: 'needs-nothing', says: 'a case goes although the region does not have its item', store: keepingAs((one) => (one.kind === 'put' && one.state === 'waiting' ? { ...one, state: 'open', need: null } : one)) },
  { name: 'never-woken', says: 'what waits is not woken when the item arrives', desk: altering({ of: `update envelope set state = 'open', waits = null where state = 'waiting'`, to: null }) },
  { name: 'identity-not-freed', says: 'a record that is gone keeps its identity', desk: altering({ of: 'set identity = ?, identity_hash = ?,', to: 'set identity = coalesce(?, identity), identity_hash = coalesce(?, identity_hash),' }) },
  { name: 'identity-not-looked-up', says: 'two records of one identity are both delivered', store: (store) => ({ ...store, owners: async () => new Map() }) },
  { name: 'moved-on-not-seen', says: 'a page is kept by what was true when it was judged', store: keptAnyway },
  { name: 'superseded-still-pending', says: 'a run goes on counting a version that was superseded', desk: altering({ of: 'update run set pending = pending - 1, same = same + 1', to: null }) },
  { name: 'superseded-travels', says: 'a version that was superseded may still go', desk: altering({ of: `update envelope set state = 'superseded', waits = null`, to: null }) },
  {
    name: 'counted-twice', says: 'of several unchanged records on a page one is counted twice',
    store: (store) => ({ ...store, keep: async (keeping) => store.keep({ ...keeping, counts: { ...keeping.counts, same: keeping.counts.same + (keeping.counts.same > 1 ? 1 : 0) } }) }),
  },
  { name: 'abandoned-runs-left', says: 'a run that a crash ended runs for ever', store: (store) => ({ ...store, closeAbandonedRuns: async () => undefined }) },
  { name: 'purges-what-travels', says: 'retention purges the body of a version that has not arrived yet', desk: altering({ of: `e.state in ('delivered', 'superseded') and coalesce`, to: `e.state in ('delivered', 'superseded', 'open', 'waiting', 'held') and coalesce` }) },
  { name: 'overtaken-refusal-kept', says: 'a refused version stays set aside although a later one is there', desk: altering({ of: `update envelope set state = 'superseded' where seq = ?`, to: `update envelope set state = state where seq = ?` }) },
];

/** What was judged is kept with the standings of the moment of keeping, so that the store sees no difference. */
function keptAnyway(store: Store): Store {
  return {
    ...store,
    keep: async (keeping) => {
      if (await store.keep(keeping)) return true;
      const now = await store.standings(keeping.dataset, keeping.keeps.map((one) => one.key));
      const keeps = keeping.keeps.map((one): Keep => {
        const before = now.get(one.key);
        return one.before === undefined || before === undefined ? one : { ...one, before };
      });
      return store.keep({ ...keeping, keeps });
    },
  };
}
