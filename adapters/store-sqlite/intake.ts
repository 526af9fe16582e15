import type { IntakeStore, Keep, Keeping } from '../../src/port/store.ts';
import type { SealedRecord } from '../../src/record/envelope.ts';
import { always } from '../../src/record/invariant.ts';
import { goneFingerprint, type Standing } from '../../src/record/standing.ts';
import { mustBalance } from './balance.ts';
import { foldBodies, foldRows } from './content.ts';
import type { Desk } from './desk.ts';
import type { Fresh } from './fresh.ts';
import { arrived, judgingStore, standings } from './judging.ts';
import { nameHash } from './name-hash.ts';

/** The intake's side of the store. */
export function intakeStore(desk: Desk, fresh: Fresh): IntakeStore {
  return {
    ...judgingStore(desk),
    keep: async (keeping) => {
      const plain = new Map<number, readonly SealedRecord[]>();
      const kept = desk.transaction(() => keep(desk, keeping, plain));
      if (kept) fresh.remember(plain);
      return kept;
    },
  };
}

/** Whether delivery has moved something on since the intake judged it. */
function hasMoved(desk: Desk, { dataset, keeps }: Keeping): boolean {
  const judged = keeps.flatMap((one) => (one.before === undefined ? [] : [one.before]));
  if (judged.length > 0) {
    const now = standings(desk, dataset, judged.map((one) => one.key));
    if (judged.some((one) => !sameStanding(one, now.get(one.key)))) return true;
  }
  const needs = keeps.flatMap((one) => (one.kind === 'put' && one.state === 'waiting' && one.need !== null ? [one.need] : []));
  return [...Map.groupBy(needs, (need) => need.dataset)].some(([needed, all]) => arrived(desk, needed, all.map((need) => need.identity)).size > 0);
}

function sameStanding(one: Standing, now: Standing | undefined): boolean {
  return now !== undefined && one.seq === now.seq && one.state === now.state && one.begun === now.begun && one.atRegion === now.atRegion;
}

/** Puts the records of plain envelopes, as they were kept, into `kept`. */
export function keep(desk: Desk, keeping: Keeping, kept: Map<number, readonly SealedRecord[]>): boolean {
  if (hasMoved(desk, keeping)) return false;
  let seq = (desk.get<{ top: number | null }>('select max(seq) as top from envelope')?.top ?? 0) + 1;
  const sums = { waiting: 0, quarantined: 0, opened: 0 };
  const plain = keeping.keeps.filter(isPlain);
  keepPlain(desk, { keeping, plain, seq });
  plain.forEach(({ records }, index) => kept.set(seq + index, records));
  sums.waiting += plain.length;
  sums.opened += plain.length;
  seq += plain.length;
  for (const one of keeping.keeps) {
    if (isPlain(one)) continue;
    keepOne(desk, { keeping, one, seq, sums });
    seq += 1;
  }
  if (keeping.cursor !== null) {
    desk.run('insert into cursor (stream, value) values (?, ?) on conflict (stream) do update set value = excluded.value',
      keeping.cursor.stream, keeping.cursor.value);
  }
  desk.tally(keeping.dataset, 'waiting', sums.waiting);
  desk.tally(keeping.dataset, 'quarantined', sums.quarantined);
  const { read, same, quarantined } = keeping.counts;
  desk.run('update run set read = read + ?, same = same + ?, quarantined = quarantined + ?, pending = pending + ? where id = ?',
    read, same, quarantined, sums.opened, keeping.run);
  mustBalance(desk, keeping.dataset, [keeping.run]);
  return true;
}

type Put = Extract<Keep, { kind: 'put' }>;

/** A record met for the first time, with nothing to say about it: nearly all of a first reading. */
function isPlain(one: Keep): one is Put {
  return one.kind === 'put' && one.before === undefined && one.state === 'open' && one.problems.length === 0;
}

/** Records first, their envelopes from them in one statement: their numbers follow each other. */
function keepPlain(desk: Desk, { keeping, plain, seq }: { keeping: Keeping; plain: readonly Put[]; seq: number }): void {
  if (plain.length === 0) return;
  const insertRecord = desk.statement(
    'insert into record (dataset, key, key_hash, identity, identity_hash, version, fingerprint, seq) values (?, ?, ?, ?, ?, 1, ?, ?)');
  const insertContent = desk.statement('insert into content (seq, head, body) values (?, ?, ?)');
  const { dataset } = keeping;
  plain.forEach(({ key, identity, fingerprint, records }, index) => {
    insertRecord.run(dataset, key, nameHash(dataset, key), identity, identity === null ? null : nameHash(dataset, identity), fingerprint, seq + index);
    insertContent.run(seq + index, foldRows(records), foldBodies(records));
  });
  const last = desk.get<{ id: number }>('select max(id) as id from record')?.id ?? 0;
  const kept = desk.run(
    `insert into envelope (seq, record, dataset, version, operation, state, position, fingerprint, run, kept_at)
     select seq, id, dataset, 1, 'put', 'open', 0, fingerprint, ?, ? from record where id between ? and ? order by id`,
    keeping.run, keeping.at, last - plain.length + 1, last);
  always(kept === plain.length, 'every record has its envelope', { kept, records: plain.length });
}

interface Step {
  readonly keeping: Keeping;
  readonly one: Keep;
  readonly seq: number;
  readonly sums: { waiting: number; quarantined: number; opened: number };
}

function keepOne(desk: Desk, step: Step): void {
  const { keeping, one, seq, sums } = step;
  if (one.before !== undefined) supersede(desk, one.before, sums);
  const version = (one.before?.version ?? 0) + 1;
  const fingerprint = one.kind === 'remove' || one.kind === 'withdraw' ? goneFingerprint : one.fingerprint;
  const identity = one.kind === 'put' ? one.identity : one.kind === 'quarantine' ? one.before?.identity ?? null : null;
  const record = markRecord(desk, step, { version, fingerprint, identity });
  const state = one.kind === 'withdraw' ? 'superseded' : one.kind === 'quarantine' ? 'quarantined' : one.state;
  const problems = 'problems' in one && one.problems.length > 0 ? JSON.stringify(one.problems) : null;
  const waits = one.kind === 'put' && one.need !== null && state !== 'open' ? `${one.need.dataset}:${one.need.identity}` : null;
  desk.run(
    `insert into envelope (seq, record, dataset, version, operation, state, position, fingerprint, run, kept_at, waits, problems)
     values (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)`,
    seq, record, keeping.dataset, version, one.kind === 'put' || one.kind === 'quarantine' ? 'put' : 'remove',
    state, fingerprint, keeping.run, keeping.at, waits, problems);
  if (one.kind === 'put') desk.run('insert into content (seq, head, body) values (?, ?, ?)', seq, foldRows(one.records), foldBodies(one.records));
  if (one.kind === 'quarantine') {
    desk.run(`insert into content (seq, head, body) values (?, '', ?)`, seq, JSON.stringify(keeping.read.get(one.key) ?? null));
    sums.quarantined += 1;
  }
  if (one.kind === 'put' || one.kind === 'remove') {
    sums.waiting += 1;
    sums.opened += 1;
  }
}

/** A later version takes the place of one that has not begun to travel. */
function supersede(desk: Desk, before: Standing, sums: Step['sums']): void {
  if (before.state === 'quarantined') {
    desk.run(`update envelope set state = 'superseded' where seq = ?`, before.seq);
    sums.quarantined -= 1;
  } else if (before.begun !== before.seq && (before.state === 'open' || before.state === 'waiting' || before.state === 'held')) {
    desk.run(`update envelope set state = 'superseded', waits = null where seq = ?`, before.seq);
    desk.run(`update run set pending = pending - 1, same = same + 1 where id = (select run from envelope where seq = ?)`, before.seq);
    sums.waiting -= 1;
  }
}

function markRecord(desk: Desk, step: Step, now: { version: number; fingerprint: string; identity: string | null }): number {
  const { one, seq, keeping } = step;
  const { dataset } = keeping;
  const identityHash = now.identity === null ? null : nameHash(dataset, now.identity);
  if (one.before === undefined) {
    return Number(desk.statement(
      'insert into record (dataset, key, key_hash, identity, identity_hash, version, fingerprint, seq) values (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(dataset, one.key, nameHash(dataset, one.key), now.identity, identityHash, now.version, now.fingerprint, seq).lastInsertRowid);
  }
  const renamed = now.identity === one.before.identity ? null : now.version;
  desk.run(`update record set identity = ?, identity_hash = ?, version = ?, fingerprint = ?, seq = ?, behind = ?, renamed = coalesce(?, renamed)
    where id = ?`, now.identity, identityHash, now.version, now.fingerprint, seq, one.before.begun, renamed, one.before.id);
  return one.before.id;
}
