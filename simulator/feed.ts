import { answer, answerText, sm3 } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Illness } from './illness.ts';
import { ailing } from './receipts.ts';
import { fileOnline } from './online-filing.ts';
import { localMoment } from './local-moment.ts';
import { objectIn } from './region.ts';
import type { Call, Region } from './region.ts';

/** What the region issues to counties. */
export const resources: readonly string[] = ['directory', 'items', 'applications', 'evaluations', 'dictionaries'];

interface Line {
  readonly id: number;
  readonly body: string;
}

/** `GET /v1/down/{resource}?cursor=&limit=`: what was issued, oldest first, with count and digest of the page. */
export function issuedPage(region: Region, call: Call): Answer {
  const resource = call.path.slice('/v1/down/'.length);
  if (!resources.includes(resource)) return answer(400, '[下发]没有这种数据');
  const lines = region.store.database.prepare('select id, body from issued where resource = ? and id > ? order by id limit ?');
  return page(call, (after, limit) => lines.all(resource, after, limit) as unknown as Line[]);
}

/** `POST /v1/down/{resource}/ack` with `{cursor}`: the county has everything up to there. */
export function acknowledge(region: Region, call: Call): Answer {
  const resource = call.path.slice('/v1/down/'.length, -'/ack'.length);
  const { cursor } = objectIn(call.body);
  if (!resources.includes(resource) || positionOf(cursor) === null) return answer(400, '[下发]数据种类或游标不正确');
  region.store.database.prepare('insert into acknowledged (resource, cursor, at) values (?, ?, ?) on conflict (resource) do update set cursor = excluded.cursor, at = excluded.at')
    .run(resource, String(cursor), region.wallMs());
  return answer(200, '成功', { resource, cursor });
}

/** `GET /v1/receipts?cursor=`: refusals found later, each `{table, rowGuid, record}` shaped like the named `dn_` table. */
export function lateReceipts(region: Region, call: Call): Answer {
  const lines = region.store.database.prepare('select id, body from late where id > ? order by id limit ?');
  return page(call, (after, limit) => lines.all(after, limit) as unknown as Line[]);
}

/** Puts records on the way down; returns how many. */
export function issue(region: Region, resource: string, records: readonly unknown[]): number {
  const add = region.store.database.prepare('insert into issued (resource, body) values (?, ?)');
  region.store.transaction(() => {
    records.forEach((record) => add.run(resource, JSON.stringify(record)));
    if (resource === 'applications') fileOnline(region, records);
  });
  return records.length;
}

/** Finds fault, after the fact, with a record that was accepted; false when the region has no such record. */
export function refuseLater(region: Region, rowGuid: string, message: string): boolean {
  const { database } = region.store;
  const row = database.prepare(`select t.name, t.id as tbl, r.body, b.no, b.at from row r join tbl t on t.id = r.tbl join batch b on b.id = r.batch
    where r.tbl in (select id from tbl) and r.guid = ? and r.state = 1 order by r.id desc limit 1`).get(rowGuid) as LateRow | undefined;
  if (row === undefined) return false;
  const moments = { sent: localMoment(row.at, region.zone), now: localMoment(region.wallMs(), region.zone) };
  const licence = row.name === 'up_lic_data';
  const record = licence ? licenceError(row, message, moments) : abnormal(row, { rowGuid, message }, moments);
  const body = JSON.stringify({ table: licence ? 'dn_lic_data_error' : 'dn_audit_abnormal', rowGuid, record });
  database.prepare('insert into late (tbl, guid, body) values (?, ?, ?)').run(row.tbl, rowGuid, body);
  return true;
}

interface LateRow {
  readonly name: string;
  readonly tbl: number;
  readonly body: string;
  readonly no: string;
  readonly at: number;
}
interface Moments {
  readonly sent: string;
  readonly now: string;
}

function licenceError(row: LateRow, message: string, { now }: Moments): Readonly<Record<string, unknown>> {
  return { ...(JSON.parse(row.body) as Record<string, unknown>), cd_batch: row.no, cd_time: now, error_remark: message.slice(0, 512) };
}

function abnormal(row: LateRow, { rowGuid, message }: { readonly rowGuid: string; readonly message: string }, { sent, now }: Moments): Readonly<Record<string, unknown>> {
  return {
    row_guid: sm3(`${row.no}/${rowGuid}/${now}`).slice(0, 32), err_type: '数据质量', remark: message.slice(0, 1000), table_cd_batch: row.no,
    table_cd_source: '150', table_cd_time: sent, table_name: row.name, table_row_guid: rowGuid, table_sql_name: row.name, table_update_time: sent, cd_time: now,
  };
}

/** A cursor is the last id handed out, as text; nothing stands for the beginning. */
function positionOf(cursor: unknown): number | null {
  if (cursor === undefined || cursor === null || cursor === '') return 0;
  const position = Number(cursor);
  return Number.isSafeInteger(position) && position >= 0 ? position : null;
}

function page(call: Call, read: (after: number, limit: number) => readonly Line[]): Answer {
  const asked = positionOf(call.query.get('cursor'));
  const limit = Number(call.query.get('limit') ?? 500);
  if (asked === null || !Number.isInteger(limit) || limit < 1 || limit > 1000) return answer(400, '[分页]游标或条数不正确');
  const after = has(call, 'page-loop') ? 0 : asked;
  const found = read(after, limit + 1);
  const lines = found.slice(0, limit);
  const next = pageEnd(call, { asked, last: lines.at(-1)?.id ?? after });
  const records = ailingText((has(call, 'page-repeated') ? read(0, limit) : lines).map((line) => line.body), call);
  const text = `[${records.join(',')}]`;
  const told = has(call, 'page-short') ? records.slice(0, -1) : has(call, 'page-altered') ? records.toReversed() : records;
  return answerText(200, '成功', `{"nextCursor":"${next}","more":${found.length > limit},"count":${records.length},"digest":"${sm3(text)}","records":[${told.join(',')}]}`);
}

/** Where a healthy region goes on, or where an ill one says it does: back where it was asked from, or before it. */
function pageEnd(call: Call, { asked, last }: { readonly asked: number; readonly last: number }): number {
  return has(call, 'page-back') ? Math.max(0, asked - 1) : last;
}

function has(call: Call, kind: Illness['kind']): boolean {
  return call.struck.some((illness) => illness.kind === kind);
}

function ailingText(bodies: readonly string[], call: Call): readonly string[] {
  if (call.struck.length === 0) return bodies;
  return ailing(bodies.map((body) => JSON.parse(body) as { readonly rowGuid?: unknown }), call.struck).map((record) => JSON.stringify(record));
}
