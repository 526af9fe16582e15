import type { Resting, RestStore } from '../../src/port/rest.ts';
import type { Desk } from './desk.ts';

/** Which datasets rest; those that were let go on stay on record. */
export function restStore(desk: Desk): RestStore {
  return {
    resting: async () => desk.all<Resting>('select dataset, since, what from rest where resumed_at is null order by id'),
    rest: async ({ dataset, since, what }) => void desk.run(
      'insert into rest (dataset, since, what) select ?1, ?2, ?3 where not exists (select 1 from rest where dataset = ?1 and resumed_at is null)', dataset, since, what),
    resume: async (dataset, { at, who, why }) =>
      desk.run('update rest set resumed_at = ?, who = ?, why = ? where dataset = ? and resumed_at is null', at, who, why, dataset) > 0,
  };
}
