import type { FieldOfTable } from '../../src/port/quality.ts';
import type { Expired, KeptSince, PurgeStep, RetentionStore } from '../../src/port/retention.ts';
import { purgedBody } from './content.ts';
import type { Desk } from './desk.ts';

/** Versions looked at in one transaction: other work goes on between. */
const step = 1_000;

/** Retention's side of the store. */
export function retentionStore(desk: Desk): RetentionStore {
  return {
    expired: async (since) => expired(desk, since),
    purgeBodies: async (since, after, keeping) => overwriting(desk, () => purgeBodies(desk, since, { after, keeping })),
    purgeEvidence: async (since, after) => overwriting(desk, () => purgeEvidence(desk, since, after)),
    shrink: async () => shrink(desk),
  };
}

/** Settled, and in no batch that is still open. */
const settled = `e.state in ('delivered', 'superseded') and coalesce(e.settled_at, e.kept_at) < ?
  and not exists (select 1 from batch b where b.state = 'open' and b.dataset = e.dataset and e.seq between b.first_seq and b.last_seq)`;

/** Replaced by a later version that the region has. */
const replaced = `${settled} and e.seq <> (select r.seq from record r where r.id = e.record)
  and e.version < coalesce((select l.version from ledger l where l.record = e.record), 0)`;

const hasBody = `c.body <> '' and substr(c.body, 1, 1) <> '='`;

function expired(desk: Desk, since: KeptSince): Expired {
  const bodies = desk.get<{ n: number; bytes: number | null }>(
    `select count(*) as n, sum(length(cast(c.body as blob))) as bytes from envelope e join content c on c.seq = e.seq where ${settled} and ${hasBody}`, since.bodies);
  const count = (sql: string, at: number): number => desk.get<{ n: number }>(sql, at)?.n ?? 0;
  return {
    bodies: bodies?.n ?? 0, bodyBytes: bodies?.bytes ?? 0,
    versions: count(`select count(*) as n from envelope e where ${replaced}`, since.evidence),
    batches: count(`select count(*) as n from batch where state <> 'open' and written_at < ?`, since.evidence),
    corrections: count(`select count(*) as n from correction where lapsed_at < ? and value <> ''`, since.bodies),
  };
}

interface Purgeable { seq: number; dataset: string; newest: number; head: string; body: string }

function purgeBodies(desk: Desk, since: KeptSince, about: { readonly after: number; readonly keeping: (dataset: string) => readonly FieldOfTable[] }): PurgeStep {
  const rows = desk.all<Purgeable>(
    `select e.seq, e.dataset, e.seq = r.seq as newest, c.head, c.body from envelope e join content c on c.seq = e.seq join record r on r.id = e.record
     where ${settled} and ${hasBody} and e.seq > ? order by e.seq limit ?`, since.bodies, about.after, step);
  // Deleted and put back, for a page of the database is given up only when rows are deleted, not when they become shorter.
  desk.run('delete from content where seq in (select value from json_each(?))', JSON.stringify(rows.map((row) => row.seq)));
  for (const { seq, dataset, newest, head, body } of rows) {
    desk.run('insert into content (seq, head, body) values (?, ?, ?)', seq, head, newest === 1 ? purgedBody(head, body, about.keeping(dataset)) : '');
    desk.run(`update envelope set problems = (select json_group_array(json_remove(value, '$.facts')) from json_each(problems)) where seq = ? and problems is not null`, seq);
  }
  if (about.after === 0) desk.run(`update correction set value = '', mark = '' where lapsed_at < ?`, since.bodies);
  return { purged: rows.length, next: rows.length < step ? null : rows.at(-1)?.seq ?? null };
}

function purgeEvidence(desk: Desk, since: KeptSince, after: number): PurgeStep {
  const rows = desk.all<{ seq: number }>(`select e.seq from envelope e where ${replaced} and e.seq > ? order by e.seq limit ?`, since.evidence, after, step);
  const seqs = JSON.stringify(rows.map((row) => row.seq));
  desk.run('delete from content where seq in (select value from json_each(?))', seqs);
  desk.run('delete from envelope where seq in (select value from json_each(?))', seqs);
  if (rows.length === step) return { purged: step, next: rows.at(-1)?.seq ?? null };
  desk.run(`delete from attempt where batch in (select no from batch where state <> 'open' and written_at < ?)`, since.evidence);
  // The last one stays: the mark beside the store goes by its number.
  desk.run(`delete from batch where state <> 'open' and written_at < ? and id < (select max(id) from batch)`, since.evidence);
  desk.run('delete from run where ended_at < ? and id not in (select run from envelope) and id < (select max(id) from run) - 1000', since.evidence);
  desk.run('delete from deed where run not in (select id from run)');
  return { purged: rows.length, next: null };
}

/** Written anew when a quarter of the file or more is free: nobody else is served meanwhile, so it is not done for less. */
function shrink(desk: Desk): number {
  const { database } = desk;
  const pragma = (name: string): number => Object.values(database.prepare(`pragma ${name}`).get() as Record<string, number>)[0] ?? 0;
  desk.mustHold();
  desk.syncing(() => {
    if (pragma('freelist_count') * 4 >= pragma('page_count')) database.exec('vacuum');
    database.exec('pragma wal_checkpoint(truncate)');
  });
  return pragma('page_count') * pragma('page_size');
}

/** What is deleted meanwhile is overwritten on the disk. Nothing else deletes what a record said. */
function overwriting<T>(desk: Desk, work: () => T): T {
  desk.database.exec('pragma secure_delete = on');
  try {
    return desk.transaction(work);
  } finally {
    desk.database.exec('pragma secure_delete = off');
  }
}
