import type { DatabaseSync } from 'node:sqlite';
import type { Alarm, AlarmStore, Condition } from '../../src/port/alarm.ts';

interface AlarmRow {
  id: number; rule: string; kind: Alarm['kind']; severity: Alarm['severity']; subject: string; facts: string; count: number; first_at: number; last_at: number;
  over_at: number | null; acknowledged_by: string | null; acknowledged_at: number | null; reason: string | null;
}

const states = {
  open: 'over_at is null and acknowledged_at is null',
  acknowledged: 'over_at is null and acknowledged_at is not null',
  over: 'over_at is not null',
} as const;

/** Alarms: one line for each condition for as long as it lasts, however often it is met. */
export function alarmStore(database: DatabaseSync): AlarmStore {
  const read = (tail: string, ...values: (string | number | null)[]): readonly Alarm[] =>
    (database.prepare(`select * from alarm ${tail}`).all(...values) as unknown as AlarmRow[]).map(toAlarm);
  const write = (conditions: readonly Condition[], ended: readonly Alarm[], at: number): void => {
    const met = database.prepare(`insert into alarm (rule, kind, severity, subject, facts, count, first_at, last_at) values (?1, ?2, ?3, ?4, ?5, 1, ?6, ?6)
      on conflict (rule, subject) where over_at is null do update set count = count + 1, last_at = ?6, facts = ?5`);
    for (const one of conditions) met.run(one.rule, one.kind, one.severity, one.subject, JSON.stringify(one.facts), at);
    const over = database.prepare('update alarm set over_at = ? where id = ?');
    for (const one of ended) over.run(at, one.id);
  };
  return {
    meet: async (conditions, at) => {
      const before = read('where over_at is null');
      const same = (one: Condition, other: Condition): boolean => one.rule === other.rule && one.subject === other.subject;
      const opened = conditions.filter((one) => !before.some((other) => same(one, other)));
      const ended = before.filter((one) => !conditions.some((other) => same(one, other)));
      database.exec('begin immediate');
      try {
        write(conditions, ended, at);
        database.exec('commit');
      } catch (cause) {
        if (database.isTransaction) database.exec('rollback');
        throw cause;
      }
      const open = read('where over_at is null');
      return { opened: open.filter((one) => opened.some((other) => same(one, other))), ended: ended.map((one) => ({ ...one, overAt: at })) };
    },
    open: async () => read('where over_at is null order by id desc'),
    alarm: async (id) => read('where id = ?', id)[0] ?? null,
    alarms: async ({ state, before, limit }) => read(
      `where (?1 is null or id < ?1) and ${state === null ? 'true' : states[state]} order by id desc limit ?2`, before, limit),
    acknowledge: async (id, { by, at, reason }) => Number(database.prepare(
      'update alarm set acknowledged_by = ?, acknowledged_at = ?, reason = ? where id = ? and acknowledged_at is null').run(by, at, reason, id).changes) === 1,
  };
}

function toAlarm(row: AlarmRow): Alarm {
  return {
    id: row.id, rule: row.rule, kind: row.kind, severity: row.severity, subject: row.subject, facts: JSON.parse(row.facts) as Alarm['facts'],
    count: row.count, firstAt: row.first_at, lastAt: row.last_at, overAt: row.over_at,
    acknowledged: row.acknowledged_at === null ? null : { by: row.acknowledged_by ?? '', at: row.acknowledged_at, reason: row.reason ?? '' },
  };
}
