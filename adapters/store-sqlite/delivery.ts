import type { Attempt, DeliveryStore, Ended, Ready, Settlement } from '../../src/port/store.ts';
import type { Batch } from '../../src/record/batch.ts';
import { Failure } from '../../src/record/failure.ts';
import { always } from '../../src/record/invariant.ts';
import { mustBalance } from './balance.ts';
import { foldRows, unfoldRecords, unfoldRows } from './content.ts';
import type { Desk } from './desk.ts';
import type { Fresh } from './fresh.ts';
import { arrived, arrivedByName } from './judging.ts';
import { spansOf } from './spans.ts';

/** Delivery's side of the store. */
export function deliveryStore(desk: Desk, fresh: Fresh): DeliveryStore {
  return {
    ready: async (dataset, limit) => readyOf(desk, fresh, desk.cells<ReadyCells>(
      `${readySelect} from envelope e indexed by envelope_open ${readyJoins}
       where e.dataset = ? and e.state = 'open' order by e.seq limit ?`, dataset, limit)),
    members: async (seqs) => readyOf(desk, fresh, desk.cells<ReadyCells>(
      `${readySelect} from json_each(?) j cross join envelope e on e.seq = j.value ${readyJoins} order by e.seq`,
      JSON.stringify(seqs))),
    write: async (batches, at) => {
      const written = desk.transaction(() => batches.filter((batch) => write(desk, batch, at)));
      for (const batch of written) fresh.forget(batch.members.map((member) => member.seq));
      return written;
    },
    openBatches: async (dataset) => desk.all<BatchRow>(
      `select no, dataset, tbl, state, members, time, digest, count from batch where dataset = ? and state = 'open' order by id`,
      dataset).map(toBatch),
    noteAttempt: async (attempt) => desk.transaction(() => noteAttempt(desk, attempt)),
    settle: async (settlements) => desk.transaction(() => settlements.forEach((settlement) => settle(desk, settlement))),
    finish: async (dataset, ended, at) => desk.transaction(() => endAll(desk, { dataset, at, delivered: ended, quarantined: [] })),
    backlog: async (dataset) => desk.get<{ n: number }>(`select n from tally where dataset = ? and what = 'waiting'`, dataset)?.n ?? 0,
    stalled: async (dataset) => desk.get<{ n: number }>(
      `select count(*) as n from envelope indexed by envelope_waiting where state = 'waiting' and dataset = ?`, dataset)?.n ?? 0,
  };
}

const readySelect = `select e.seq, e.record, e.dataset, e.version, e.operation, e.fingerprint, e.position,
  l.version, l.fingerprint, l.rows`;
const readyJoins = `left join ledger l on l.record = e.record`;

type ReadyCells = readonly [
  seq: number, record: number, dataset: string, version: number, operation: 'put' | 'remove', fingerprint: string, position: number,
  ledgerVersion: number | null, ledgerFingerprint: string | null, ledgerRows: string | null,
];

/** Envelopes with their records: those just kept from memory, the others read back. */
function readyOf(desk: Desk, fresh: Fresh, rows: readonly ReadyCells[]): Ready[] {
  const missing = rows.filter(([seq, , , , operation]) => operation === 'put' && fresh.get(seq) === undefined).map(([seq]) => seq);
  const contents = new Map(missing.length === 0 ? [] : desk.cells<readonly [number, string, string]>(
    'select seq, head, body from content where seq in (select value from json_each(?))', JSON.stringify(missing))
    .map(([seq, head, body]) => [seq, unfoldRecords(head, body)]));
  return rows.map(([seq, recordId, dataset, version, operation, fingerprint, position, ledgerVersion, ledgerFingerprint, ledgerRows]) => ({
    recordId,
    envelope: { seq, dataset, version, operation, fingerprint, position, records: operation === 'put' ? fresh.get(seq) ?? contents.get(seq) ?? [] : [] },
    ledger: ledgerVersion === null ? null : { version: ledgerVersion, fingerprint: ledgerFingerprint ?? '', rows: unfoldRows(ledgerRows ?? '') },
  }));
}

interface BatchRow {
  no: string; dataset: string; tbl: string; state: Batch['state']; members: string; time: string; digest: string; count: number;
}

function toBatch(row: BatchRow): Batch {
  const { no, dataset, state, time, digest, count } = row;
  const members = (JSON.parse(row.members) as [number, number, number][]).map(([seq, from, n]) => ({ seq, from, count: n }));
  return { no, dataset, table: row.tbl, state, time, digest, count, members };
}

function write(desk: Desk, batch: Batch, at: number): boolean {
  const seqs = batch.members.map((member) => member.seq);
  const open = spansOf(seqs).reduce((sum, span) => sum
    + (desk.get<{ n: number }>(`select count(*) as n from envelope where ${span.where} and state = 'open'`, ...span.values)?.n ?? 0), 0);
  if (open < seqs.length) return false;
  insertBatch(desk, batch, at);
  setState(desk, seqs, { from: 'open', to: 'lent' });
  return true;
}

function insertBatch(desk: Desk, batch: Batch, at: number): void {
  const seqs = batch.members.map((member) => member.seq);
  const kept = desk.run(
    `insert into batch (no, dataset, tbl, state, members, first_seq, last_seq, time, digest, count, written_at)
     values (?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?) on conflict (no) do nothing`,
    batch.no, batch.dataset, batch.table, JSON.stringify(batch.members.map((m) => [m.seq, m.from, m.count])),
    Math.min(...seqs), Math.max(...seqs), batch.time, batch.digest, batch.count, at);
  if (kept === 0) throw new Failure('BATCH_NO_TAKEN', { batch: batch.no });
}

function setState(desk: Desk, seqs: readonly number[], move: { from: string; to: string }): void {
  for (const span of spansOf(seqs)) {
    desk.run(`update envelope set state = ? where ${span.where} and state = ?`, move.to, ...span.values, move.from);
  }
}

function noteAttempt(desk: Desk, attempt: Attempt): void {
  desk.run('insert into attempt (batch, at, kind, verdict, detail) values (?, ?, ?, ?, ?)',
    attempt.batch, attempt.at, attempt.kind, attempt.verdict, attempt.detail);
}

function settle(desk: Desk, settlement: Settlement): void {
  const { at } = settlement;
  const batch = desk.get<{ dataset: string }>(`select dataset from batch where no = ? and state = 'open'`, settlement.batch);
  always(batch !== undefined, 'a batch that is settled was open', { batch: settlement.batch });
  if (settlement.attempt !== null) noteAttempt(desk, settlement.attempt);
  desk.run('update batch set state = ?, receipts = ? where no = ?', settlement.state, settlement.receipts, settlement.batch);
  for (const half of settlement.halves) insertBatch(desk, half, at);
  for (const { seq, position } of settlement.advanced) {
    desk.run(`update envelope set state = 'open', position = ? where seq = ?`, position, seq);
  }
  setState(desk, settlement.reopened, { from: 'lent', to: 'open' });
  endAll(desk, { dataset: batch.dataset, at, delivered: settlement.delivered, quarantined: settlement.quarantined });
}

interface Endings extends Pick<Settlement, 'at' | 'delivered' | 'quarantined'> {
  readonly dataset: string;
}

/** Envelopes that have come to an end: their state, the ledger, the runs' counts, the totals, and those who waited. */
function endAll(desk: Desk, endings: Endings): void {
  const { at, dataset, delivered, quarantined } = endings;
  const ended: Ended[] = [...delivered, ...quarantined];
  let moved = 0;
  for (const [position, seqs] of byPosition(delivered)) {
    for (const span of spansOf(seqs)) {
      moved += desk.run(`update envelope set state = 'delivered', position = ?, settled_at = ? where ${span.where} and state in ('lent', 'open')`, position, at, ...span.values);
    }
  }
  for (const one of quarantined) {
    moved += desk.run(`update envelope set state = 'quarantined', position = ?, settled_at = ?, problems = ? where seq = ? and state in ('lent', 'open')`,
      one.position, at, JSON.stringify(one.problems), one.seq);
  }
  always(moved === ended.length, 'what comes to an end was on its way', { dataset, moved, ended: ended.length });
  let atRegion = 0;
  for (const one of ended) atRegion += (one.ledger === null ? 0 : 1) - (one.wasAtRegion ? 1 : 0);
  markLedger(desk, ended, at);
  const runs = countEnded(desk, endings);
  dropOvertaken(desk, quarantined);
  freeOthers(desk, ended);
  desk.tally(dataset, 'region', atRegion);
  desk.tally(dataset, 'delivered', delivered.length);
  desk.tally(dataset, 'waiting', -ended.length);
  mustBalance(desk, dataset, runs);
}

function byPosition(ended: readonly Ended[]): ReadonlyMap<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const { position, seq } of ended) {
    const group = groups.get(position);
    if (group === undefined) groups.set(position, [seq]);
    else group.push(seq);
  }
  return groups;
}

function markLedger(desk: Desk, ended: readonly Ended[], at: number): void {
  for (const span of spansOf(ended.filter((one) => one.ledger === 'whole').map((one) => one.seq))) {
    desk.run(
      `insert or replace into ledger (record, version, fingerprint, rows, settled_at)
       select e.record, e.version, e.fingerprint, c.head, ? from envelope e join content c on c.seq = e.seq
       where ${span.where.replace('seq', 'e.seq')}`, at, ...span.values);
  }
  for (const { ledger, recordId, wasAtRegion } of ended) {
    if (ledger === null && wasAtRegion) desk.run('delete from ledger where record = ?', recordId);
    if (ledger === null || ledger === 'whole') continue;
    desk.run('insert or replace into ledger (record, version, fingerprint, rows, settled_at) values (?, ?, ?, ?, ?)',
      recordId, ledger.version, ledger.fingerprint, foldRows(ledger.rows), at);
  }
}

/** The runs that took the envelopes in hear what became of them, and are given; a refused version that is still the newest is in quarantine. */
function countEnded(desk: Desk, endings: Endings): readonly number[] {
  const concerned = new Set<number>();
  for (const [what, list] of [['delivered', endings.delivered], ['quarantined', endings.quarantined]] as const) {
    if (list.length === 0) continue;
    const runs = desk.all<{ run: number; n: number; dataset: string }>(
      `select run, count(*) as n, dataset from envelope where seq in (select value from json_each(?)) group by run`,
      JSON.stringify(list.map((one) => one.seq)));
    for (const { run, n, dataset } of runs) {
      concerned.add(run);
      desk.run(`update run set pending = pending - ?, ${what} = ${what} + ? where id = ?`, n, n, run);
      if (what === 'quarantined') desk.tally(dataset, 'quarantined', n);
    }
  }
  return [...concerned];
}

/** A refused version that is no longer the newest needs nobody's attention. */
function dropOvertaken(desk: Desk, quarantined: readonly Ended[]): void {
  if (quarantined.length === 0) return;
  const overtaken = desk.all<{ seq: number; dataset: string }>(
    `select e.seq, e.dataset from envelope e join record r on r.id = e.record
     where e.seq in (select value from json_each(?)) and r.seq <> e.seq`, JSON.stringify(quarantined.map((one) => one.seq)));
  for (const one of overtaken) {
    desk.run(`update envelope set state = 'superseded' where seq = ?`, one.seq);
    desk.tally(one.dataset, 'quarantined', -1);
  }
}

/** Versions held behind these may go; records that waited for one of these may go. */
function freeOthers(desk: Desk, ended: readonly Ended[]): void {
  const ids = (): string => JSON.stringify(ended.map((one) => one.recordId));
  if (desk.get(`select 1 from envelope where state = 'held' limit 1`) !== undefined) freeHeld(desk, ids());
  if (desk.get(`select 1 from envelope where state = 'waiting' limit 1`) !== undefined) {
    desk.run(
      `update envelope set state = 'open', waits = null where state = 'waiting' and waits in (
         select r.dataset || ':' || r.identity from record r join ledger l on l.record = r.id
         where r.id in (select value from json_each(?)) and ${arrivedByName})`, ids());
  }
}

/** What was held may go, or goes on waiting for what it needs. */
function freeHeld(desk: Desk, ids: string): void {
  const held = desk.all<{ seq: number; waits: string | null }>(
    `select seq, waits from envelope where state = 'held' and record in (select value from json_each(?))`, ids);
  for (const { seq, waits } of held) {
    const free = waits === null || hasArrived(desk, waits);
    desk.run(`update envelope set state = ?, waits = ? where seq = ?`, free ? 'open' : 'waiting', free ? null : waits, seq);
  }
}

function hasArrived(desk: Desk, waits: string): boolean {
  const colon = waits.indexOf(':');
  return arrived(desk, waits.slice(0, colon), [waits.slice(colon + 1)]).size > 0;
}
