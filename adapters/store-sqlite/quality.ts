import type { FieldOfTable, QualityDay, QualityStore, Remark, SetAside } from '../../src/port/quality.ts';
import type { Change } from '../../src/record/change.ts';
import { goneFingerprint } from '../../src/record/standing.ts';
import { fieldIn, unfoldProblems, unfoldRecords } from './content.ts';
import type { Desk } from './desk.ts';

/** What a report on data quality asks; nothing here writes. */
export function qualityStore(desk: Desk): QualityStore {
  return {
    passedBy: async (dataset, fields) => passedBy(desk, dataset, fields),
    setAside: async (after, limit) => setAside(desk, after, limit),
    remarks: async () => desk.all<Remark>(
      `select e.dataset, p.value ->> 'code' as code, p.value ->> 'severity' as severity, coalesce(p.value ->> 'table', '') as "table",
              coalesce(p.value ->> 'field', '') as field, coalesce(p.value ->> 'rule', '') as rule, count(distinct e.seq) as count
       from envelope e join record r on r.seq = e.seq and r.id = e.record, json_each(e.problems) p
       where e.problems is not null and e.state not in ('quarantined', 'superseded') and r.fingerprint <> '${goneFingerprint}'
       group by 1, 2, 3, 4, 5, 6 order by count desc, 1, 2, 5`),
    days: async (zoneMinutes, limit) => desk.all<QualityDay>(
      `select dataset, date(kept_at / 1000 + ? * 60, 'unixepoch') as day, count(*) as kept,
              sum(problems is not null and exists (select 1 from json_each(problems) p where p.value ->> 'severity' = 'refuse')) as refused
       from envelope where operation = 'put' group by 1, 2 order by day desc, dataset limit ?`, zoneMinutes, limit),
  };
}

interface SetAsideRow {
  seq: number; dataset: string; key: string; kept_at: number; aside_at: number; operation: SetAside['operation']; problems: string | null; head: string | null; body: string | null;
}

/** Records set aside now, in the order of keeping. */
export function setAside(desk: Desk, after: number, limit: number): readonly SetAside[] {
  return desk.all<SetAsideRow>(
    `select e.seq, e.dataset, r.key, e.kept_at, coalesce(e.settled_at, e.kept_at) as aside_at, e.operation, e.problems, c.head, c.body
     from envelope e join record r on r.id = e.record left join content c on c.seq = e.seq
     where e.state = 'quarantined' and e.seq > ? order by e.seq limit ?`, after, limit).map((row) => ({
    seq: row.seq, dataset: row.dataset, key: row.key, keptAt: row.kept_at, asideAt: row.aside_at, operation: row.operation, problems: unfoldProblems(row.problems),
    change: row.head === '' && row.body?.startsWith('{') === true ? JSON.parse(row.body) as Change : null,
    records: unfoldRecords(row.head ?? '', row.body ?? ''),
  }));
}

/** Reads the newest version of every record that is not set aside, one at a time. */
function passedBy(desk: Desk, dataset: string, fields: readonly FieldOfTable[]): ReadonlyMap<string | null, number> {
  const found = new Map<string | null, number>();
  const rows = desk.statement(
    `select c.head, c.body from record r join envelope e on e.seq = r.seq left join content c on c.seq = r.seq
     where r.dataset = ? and r.fingerprint <> '${goneFingerprint}' and e.state <> 'quarantined'`).iterate(dataset) as Iterable<{ head: string | null; body: string | null }>;
  for (const { head, body } of rows) {
    const value = fieldIn({ head: head ?? '', body: body ?? '' }, fields);
    found.set(value, (found.get(value) ?? 0) + 1);
  }
  return found;
}
