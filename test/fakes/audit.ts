import { DatabaseSync } from 'node:sqlite';
import type { Store } from '../../src/port/store.ts';

const sums: readonly (readonly [string, string])[] = [
  ['waiting', `select dataset, count(*) as n from envelope where state in ('open', 'waiting', 'held', 'lent') group by dataset`],
  ['quarantined', `select dataset, count(*) as n from envelope where state = 'quarantined' group by dataset`],
  ['delivered', `select dataset, count(*) as n from envelope where state = 'delivered' group by dataset`],
  ['region', 'select r.dataset, count(*) as n from ledger l join record r on r.id = l.record group by r.dataset'],
];

/** Looks into a store's file from outside and says what does not add up; empty when all is well. */
export function audit(file: string): readonly string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const all = <T>(sql: string): T[] => database.prepare(sql).all() as unknown as T[];
  try {
    const faults: string[] = [];
    for (const [what, sql] of sums) {
      const found = new Map(all<{ dataset: string; n: number }>(sql).map((row) => [row.dataset, row.n]));
      const told = new Map(all<{ dataset: string; n: number }>(`select dataset, n from tally where what = '${what}'`).map((row) => [row.dataset, row.n]));
      for (const dataset of new Set([...found.keys(), ...told.keys()])) {
        if ((found.get(dataset) ?? 0) !== (told.get(dataset) ?? 0)) faults.push(`${dataset} ${what}: told ${told.get(dataset) ?? 0}, found ${found.get(dataset) ?? 0}`);
      }
    }
    const runs = all<{ id: number; line: string }>(
      `select id, 'read ' || read || ' delivered ' || delivered || ' quarantined ' || quarantined || ' same ' || same || ' pending ' || pending as line
       from run where read <> delivered + quarantined + same + pending
          or pending <> (select count(*) from envelope e where e.run = run.id and e.state in ('open', 'waiting', 'held', 'lent'))`);
    for (const run of runs) faults.push(`run ${run.id} does not add up: ${run.line}`);
    const twice = all<{ record: number }>(`select record from envelope where state = 'lent' or (state = 'open' and position > 0) group by record having count(*) > 1`);
    for (const { record } of twice) faults.push(`record ${record} has two versions on the road`);
    return faults;
  } finally {
    database.close();
  }
}

/** The same store, looked into after each thing that is written. */
export function audited(store: Store, file: string, found: (fault: string) => void): Store {
  const after = <A extends readonly unknown[], R>(work: (...given: A) => Promise<R>) => async (...given: A): Promise<R> => {
    const result = await work(...given);
    audit(file).forEach(found);
    return result;
  };
  return {
    ...store, keep: after(store.keep), write: after(store.write), settle: after(store.settle), finish: after(store.finish), noteAttempt: after(store.noteAttempt),
  };
}
