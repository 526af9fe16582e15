import type { IndicatorStore, SaidFields } from '../../src/port/indicators.ts';
import type { FieldOfTable } from '../../src/port/quality.ts';
import { goneFingerprint } from '../../src/record/standing.ts';
import { isPurged } from './content.ts';
import type { Desk } from './desk.ts';

interface SaidRow { id: number; head: string | null; body: string | null }

/** What indicators read; nothing here writes. */
export function indicatorStore(desk: Desk): IndicatorStore {
  return {
    said: async (dataset, fields, after, limit) => {
      const rows = desk.all<SaidRow>(
        `select r.id, c.head, c.body from record r join envelope e on e.seq = r.seq left join content c on c.seq = r.seq
         where r.id > ? and r.dataset = ? and r.fingerprint <> '${goneFingerprint}' and e.state <> 'quarantined' order by r.id limit ?`, after, dataset, limit);
      const records = rows.map(({ head, body }) => saidIn({ head: head ?? '', body: body ?? '' }, fields));
      return { records, next: rows.length < limit ? null : rows.at(-1)?.id ?? null };
    },
    standingsOf: async (dataset) => desk.get<{ live: number; setAside: number; atRegion: number }>(
      `select count(*) as live, coalesce(sum(e.state = 'quarantined'), 0) as setAside, count(l.record) as atRegion
       from record r join envelope e on e.seq = r.seq left join ledger l on l.record = r.id
       where r.dataset = ? and r.fingerprint <> '${goneFingerprint}'`, dataset) ?? { live: 0, setAside: 0, atRegion: 0 },
    delays: async (dataset, withinMs) => desk.get<{ delivered: number; within: number }>(
      `select count(*) as delivered, coalesce(sum(settled_at - kept_at <= ?), 0) as within from envelope where dataset = ? and state = 'delivered'`,
      withinMs, dataset) ?? { delivered: 0, within: 0 },
  };
}

/** Only the rows of tables that are asked about are opened. */
function saidIn({ head, body }: { readonly head: string; readonly body: string }, fields: readonly FieldOfTable[]): SaidFields {
  if (fields.length === 0) return [];
  if (isPurged(body)) return null;
  const heads = head.split('\n');
  const bodies = heads.length === 1 ? [body] : body.split('\n');
  const opened: { readonly table: string; readonly row: Readonly<Record<string, unknown>> }[] = [];
  heads.forEach((line, at) => {
    const table = line.slice(0, line.indexOf('\t'));
    if (fields.some((field) => field.table === table)) opened.push({ table, row: JSON.parse(bodies[at] ?? '{}') as Record<string, unknown> });
  });
  return fields.map(({ table, field }) => opened.flatMap((one) => {
    const value = one.table === table ? one.row[field] : null;
    return typeof value === 'string' || typeof value === 'number' ? [value] : [];
  }));
}
