import type { LateOutcome, LateRefusal, MendingStore } from '../../src/port/mending.ts';
import { foldRows, unfoldProblems, unfoldRows } from './content.ts';
import { correct, lapse } from './corrections.ts';
import type { Desk } from './desk.ts';
import { setAside } from './quality.ts';

/** Mending's side of the store. */
export function mendingStore(desk: Desk): MendingStore {
  return {
    setAside: async (after, limit) => setAside(desk, after, limit),
    sign: async (run, { at, who, why }) => void desk.run('insert into deed (run, at, who, why) values (?, ?, ?, ?)', run, at, who, why),
    correct: async (made) => desk.transaction(() => correct(desk, made)),
    lapse: async (ids, at) => lapse(desk, ids, at),
    refuseLate: async (refusals, at) => desk.transaction(() => refusals.map((refusal) => refuseLate(desk, refusal, at))),
  };
}

interface Travelled { seq: number; record: number; newest: number; state: string; dataset: string; run: number; problems: string | null }

function refuseLate(desk: Desk, refusal: LateRefusal, at: number): LateOutcome {
  const found = travelled(desk, refusal);
  if (found === null) return 'unknown';
  if (found.newest !== found.seq) return 'overtaken';
  if (found.state !== 'delivered' && found.state !== 'quarantined') return 'overtaken';
  const problems = [...unfoldProblems(found.problems), refusal.problem];
  desk.run(`update envelope set state = 'quarantined', problems = ?, settled_at = ? where seq = ?`, JSON.stringify(problems), at, found.seq);
  markLedger(desk, found, refusal);
  if (found.state === 'quarantined') return 'before';
  desk.run('update run set delivered = delivered - 1, quarantined = quarantined + 1 where id = ?', found.run);
  desk.tally(found.dataset, 'delivered', -1);
  desk.tally(found.dataset, 'quarantined', 1);
  return 'set-aside';
}

/** The envelope in whose part of the batch the row stood. */
function travelled(desk: Desk, { batch, table, rowGuid }: LateRefusal): Travelled | null {
  const members = desk.get<{ members: string }>('select members from batch where no = ? and tbl = ?', batch, table)?.members;
  if (members === undefined) return null;
  const place = `${table}\t${rowGuid}\t`;
  const rows = desk.all<Travelled & { head: string | null }>(
    `select e.seq, e.record, r.seq as newest, e.state, e.dataset, e.run, e.problems, c.head
     from json_each(?) m join envelope e on e.seq = m.value ->> 0 join record r on r.id = e.record left join content c on c.seq = e.seq`, members);
  return rows.find(({ head }) => (head ?? '').split('\n').some((line) => line.startsWith(place))) ?? null;
}

/** What the region holds is no longer what it was sent: the row must travel again, whatever it says. */
function markLedger(desk: Desk, { record, dataset }: Travelled, { table, rowGuid, regionKeeps }: LateRefusal): void {
  const ledger = desk.get<{ rows: string }>('select rows from ledger where record = ?', record);
  if (ledger === undefined) return;
  const rows = unfoldRows(ledger.rows).flatMap((row) => {
    if (row.table !== table || row.rowGuid !== rowGuid) return [row];
    return regionKeeps ? [{ ...row, digest: '' }] : [];
  });
  if (rows.length > 0) desk.run(`update ledger set rows = ?, fingerprint = '' where record = ?`, foldRows(rows), record);
  else {
    desk.run('delete from ledger where record = ?', record);
    desk.tally(dataset, 'region', -1);
  }
}
