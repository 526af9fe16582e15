import type { Attempt, LedgerEntry, LookStore, OpenBatch, QuarantineGroup, Quarantined, Trace, TraceBatch, TraceVersion } from '../../src/port/store.ts';
import type { Change } from '../../src/record/change.ts';
import { acknowledged } from './acknowledged.ts';
import { unfoldProblems, unfoldRows } from './content.ts';
import { tracedCorrections } from './corrections.ts';
import type { Desk } from './desk.ts';
import { inboundLook } from './inbound-look.ts';
import { nameHash } from './name-hash.ts';

/** What people look at; nothing here writes. */
export function lookStore(desk: Desk): LookStore {
  return {
    ...inboundLook(desk),
    acknowledged: async (dataset, keys) => acknowledged(desk, dataset, keys),
    totals: async () => totals(desk),
    trace: async (dataset, keyOrIdentity) => trace(desk, dataset, keyOrIdentity),
    quarantine: async (dataset, after, limit) => desk.all<QuarantineRow>(
      `${quarantineSelect} where e.state = 'quarantined' and (?1 is null or e.dataset = ?1) and e.seq > ?2 order by e.seq limit ?3`,
      dataset, after, limit).map(toQuarantined),
    quarantineGroups: async () => desk.all<QuarantineGroup>(
      `select e.dataset, p.value ->> 'code' as code, coalesce(p.value ->> 'field', '') as field,
         iif(p.value ->> 'code' in ('CODE_UNMAPPED', 'CODE_UNKNOWN'), coalesce(p.value ->> '$.facts.value', ''), '') as value,
         count(distinct e.seq) as count
       from envelope e, json_each(e.problems) p
       where e.state = 'quarantined' and p.value ->> 'severity' = 'refuse' group by 1, 2, 3, 4 order by 5 desc, 1, 2, 3, 4`),
    quarantinedChange: async (seq) => {
      const row = desk.get<QuarantineRow & { body: string | null }>(`${quarantineSelect.replace('e.problems', `e.problems, iif(c.head = '', c.body, null) as body`)}
        left join content c on c.seq = e.seq where e.seq = ? and e.state = 'quarantined'`, seq);
      if (row === undefined) return null;
      const change = row.body?.startsWith('{') === true
        ? JSON.parse(row.body) as Change
        : { state: 'gone' as const, key: row.key };
      return { about: toQuarantined(row), change };
    },
    unconcluded: async () => desk.all<OpenBatch>(
      `select no, dataset, tbl as "table", time, count, (select detail from attempt a where a.batch = no order by a.id desc limit 1) as said
       from batch where state = 'open' order by dataset, id`),
  };
}

const quarantineSelect = `select e.seq, e.dataset, r.key, e.version, e.kept_at, e.problems from envelope e join record r on r.id = e.record`;

interface QuarantineRow { seq: number; dataset: string; key: string; version: number; kept_at: number; problems: string | null }

function toQuarantined(row: QuarantineRow): Quarantined {
  const { seq, dataset, key, version } = row;
  return { seq, dataset, key, version, keptAt: row.kept_at, problems: unfoldProblems(row.problems) };
}

function totals(desk: Desk): ReturnType<LookStore['totals']> extends Promise<infer T> ? T : never {
  const rows = desk.all<{ dataset: string; what: string; n: number }>('select dataset, what, n from tally');
  const names = [...new Set(rows.map((row) => row.dataset))];
  const count = (dataset: string, what: string): number => rows.find((row) => row.dataset === dataset && row.what === what)?.n ?? 0;
  return names.map((dataset) => ({
    dataset,
    atRegion: count(dataset, 'region'),
    waiting: count(dataset, 'waiting'),
    quarantined: count(dataset, 'quarantined'),
    delivered: count(dataset, 'delivered'),
    oldestWaitingAt: oldest(desk, dataset),
  }));
}

function oldest(desk: Desk, dataset: string): number | null {
  return desk.get<{ at: number | null }>(
    `select min(kept_at) as at from (
       select kept_at from (select kept_at from envelope where dataset = ?1 and state = 'open' order by seq limit 1)
       union all select kept_at from (select kept_at from envelope where state = 'waiting' and dataset = ?1 order by seq limit 1)
       union all select written_at from batch where dataset = ?1 and state = 'open')`, dataset)?.at ?? null;
}

function trace(desk: Desk, dataset: string, keyOrIdentity: string): Trace | null {
  const hash = nameHash(dataset, keyOrIdentity);
  const record = desk.get<{ id: number; key: string; identity: string | null }>(
    'select id, key, identity from record where key_hash = ?1 and dataset = ?2 and key = ?3', hash, dataset, keyOrIdentity)
    ?? desk.get<{ id: number; key: string; identity: string | null }>(
      'select id, key, identity from record where identity_hash = ?1 and dataset = ?2 and identity = ?3', hash, dataset, keyOrIdentity);
  if (record === undefined) return null;
  const ledger = desk.get<{ version: number; fingerprint: string; rows: string }>(
    'select version, fingerprint, rows from ledger where record = ?', record.id);
  return {
    dataset, key: record.key, identity: record.identity,
    ledger: ledger === undefined ? null : { ...ledger, rows: unfoldRows(ledger.rows) } satisfies LedgerEntry,
    versions: versions(desk, dataset, record.id),
    corrections: tracedCorrections(desk, dataset, record.key),
  };
}

interface VersionRow {
  seq: number; version: number; operation: string; state: TraceVersion['state']; fingerprint: string; kept_at: number;
  settled_at: number | null; run: number; made: string | null; who: string | null; why: string | null; done_at: number | null; waits: string | null; problems: string | null; body: string | null;
}

function versions(desk: Desk, dataset: string, recordId: number): TraceVersion[] {
  const rows = desk.all<VersionRow>(
    `select e.seq, e.version, e.operation, e.state, e.fingerprint, e.kept_at, e.settled_at, e.run, run.made, e.waits, e.problems, c.body,
       deed.who, deed.why, deed.at as done_at
     from envelope e indexed by envelope_record left join run on run.id = e.run left join deed on deed.run = e.run left join content c on c.seq = e.seq
     where e.record = ? order by e.version`, recordId);
  return rows.map((row) => ({
    seq: row.seq, version: row.version, operation: row.operation, state: row.state, fingerprint: row.fingerprint,
    keptAt: row.kept_at, settledAt: row.settled_at, run: row.run, made: row.made ?? '', waits: row.waits,
    deed: row.who === null ? null : { who: row.who, why: row.why ?? '', at: row.done_at ?? row.kept_at },
    problems: unfoldProblems(row.problems), batches: batches(desk, dataset, row.seq),
  }));
}

interface TraceBatchRow { no: string; tbl: string; state: string; members: string; written_at: number; receipts: string | null }

function batches(desk: Desk, dataset: string, seq: number): TraceBatch[] {
  const rows = desk.all<TraceBatchRow>(
    `select no, tbl, state, members, written_at, receipts from batch
     where dataset = ?1 and first_seq <= ?2 and last_seq >= ?2 order by id`, dataset, seq);
  return rows.flatMap((row) => {
    const members = JSON.parse(row.members) as [number, number, number][];
    const index = members.findIndex(([member]) => member === seq);
    if (index < 0) return [];
    const from = members.slice(0, index).reduce((sum, [, , count]) => sum + count, 0);
    const count = members[index]?.[2] ?? 0;
    const lines = row.receipts === null || row.receipts === '' ? [] : row.receipts.split('\n').slice(from, from + count);
    return [{
      no: row.no, table: row.tbl, state: row.state, writtenAt: row.written_at,
      attempts: desk.all<Attempt>('select batch, at, kind, verdict, detail from attempt where batch = ? order by id', row.no),
      receipts: lines.map((line) => {
        const [rowGuid = '', verdict = '', code = '', field = '', message = ''] = line.split('\t');
        return { rowGuid, verdict, code, field, message };
      }),
    }];
  });
}
