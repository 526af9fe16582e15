import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { answer, sm3 } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Region } from './region.ts';

type Asked = Readonly<Record<string, unknown>>;

interface Row { readonly id: number; readonly guid: string; readonly body: string }

const mostKeys = 5_000;

/** `POST /v1/compare/{table}/keys` with `{cursor?, limit}`: `{rows: [{rowGuid, digest}], next}`; `next` is absent on the last page. */
export function keyPage({ store }: Region, table: string, asked: Asked): Answer {
  const limit = Math.min(mostKeys, Math.max(1, Number(asked['limit'] ?? mostKeys)));
  const [guid, id] = String(asked['cursor'] ?? '').split('\u0000');
  const rows = store.database.prepare('select id, guid, body from row where tbl = ? and (guid, id) > (?, ?) and state = 1 order by guid, id limit ?')
    .all(store.tableId(table), guid ?? '', Number(id ?? 0), limit) as unknown as readonly Row[];
  const last = rows.at(-1);
  return answer(200, '成功', {
    rows: rows.map((row) => ({ rowGuid: row.guid, digest: sm3(row.body) })), ...(last === undefined || rows.length < limit ? {} : { next: `${last.guid}\u0000${last.id}` }),
  });
}

/** `POST /v1/compare/{table}/groups` with `{day?, type?}`, names of fields: `{groups: [{day, type, count, digest}]}`. */
export function groupsOf({ store }: Region, table: string, asked: Asked): Answer {
  const groups = new Map<string, { readonly day: string; readonly type: string; count: number; readonly lines: Hash }>();
  const rows = store.database.prepare('select guid, body from row where tbl = ? and state = 1 order by guid, id').iterate(store.tableId(table));
  for (const one of rows as Iterable<unknown>) {
    const { guid, body } = one as Row;
    const row = JSON.parse(body) as Asked;
    const [day, type] = [dayOf(textAt(row, asked['day'])), textAt(row, asked['type'])];
    const group = groups.get(`${day}\t${type}`) ?? { day, type, count: 0, lines: createHash('sm3') };
    groups.set(`${day}\t${type}`, group);
    group.count += 1;
    group.lines.update(`${guid}:${sm3(body)}\n`);
  }
  return answer(200, '成功', { groups: [...groups.values()].map(({ lines, ...group }) => ({ ...group, digest: lines.digest('hex') })) });
}

function textAt(row: Asked, field: unknown): string {
  const value = typeof field === 'string' ? row[field] : undefined;
  return value === null || value === undefined ? '' : String(value);
}

/** Of `yyyy-MM-dd HH:mm:ss` and of `yyyyMMdd`. */
function dayOf(moment: string): string {
  return /^\d{8}/.test(moment) ? moment.slice(0, 8) : moment.slice(0, 10);
}
