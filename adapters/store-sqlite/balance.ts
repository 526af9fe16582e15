import { always } from '../../src/record/invariant.ts';
import type { Desk } from './desk.ts';

/** In these runs, and in the dataset's totals, what is counted adds up; asked in the transaction that has changed them, which is undone when not. */
export function mustBalance(desk: Desk, dataset: string, runs: readonly number[]): void {
  for (const run of runs) {
    const off = desk.get(`select 1 from run where id = ? and (read <> delivered + quarantined + same + pending or min(read, delivered, quarantined, same, pending) < 0)`, run);
    always(off === undefined, 'a run adds up', { run });
  }
  always(desk.get('select 1 from tally where dataset = ? and n < 0', dataset) === undefined, 'no total is below nothing', { dataset });
}
