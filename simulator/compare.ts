import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { answer, sm3 } from './answer.ts';
import type { Answer } from './answer.ts';
import { objectIn } from './region.ts';
import type { Call, Region } from './region.ts';

/** With no more rows than this under a prefix, the rows themselves are told. */
export const leafRows = 256;

interface Kept {
  readonly rowGuid: string;
  readonly digest: string;
}

/**
 * `POST /v1/compare/{table}` with `{prefix}`. Few rows: `{leaf: true, rows: [{rowGuid, digest}]}`. Many:
 * `{leaf: false, buckets: [{prefix, count, digest}]}`, by the first character in which their row_guids differ. A row's
 * digest is SM3 of its stored JSON; a bucket's is SM3 over the lines `rowGuid:digest\n` in the order of row_guids.
 */
export async function compare(region: Region, call: Call): Promise<Answer | null> {
  const table = call.path.slice('/v1/compare/'.length);
  if (!region.tables.has(table)) return answer(400, '[对账]没有这张数据表');
  const { prefix = '' } = objectIn(call.body);
  if (typeof prefix !== 'string') return answer(400, '[对账]前缀应为文本');
  const { count, shared } = reach(region, table, prefix);
  const rows: Kept[] = [];
  const buckets = new Map<string, Bucket>();
  for await (const page of rowsUnder(region, table, prefix)) {
    if (count <= leafRows) rows.push(...page);
    else for (const kept of page) drop(buckets, kept.rowGuid.slice(0, shared.length + 1), kept);
  }
  if (region.closing()) return null;
  if (count <= leafRows) return answer(200, '成功', { prefix, leaf: true, count: rows.length, rows });
  const told = [...buckets].map(([name, bucket]) => ({ prefix: name, count: bucket.count, digest: bucket.lines.digest('hex') }));
  return answer(200, '成功', { prefix, leaf: false, count: told.reduce((sum, bucket) => sum + bucket.count, 0), buckets: told });
}

interface Bucket {
  count: number;
  readonly lines: Hash;
}

function drop(buckets: Map<string, Bucket>, name: string, { rowGuid, digest }: Kept): void {
  const bucket = buckets.get(name) ?? { count: 0, lines: createHash('sm3') };
  buckets.set(name, bucket);
  bucket.count += 1;
  bucket.lines.update(`${rowGuid}:${digest}\n`);
}

/** Greater than every row_guid that begins with the prefix. */
const beyond = (prefix: string): string => `${prefix}\u{10ffff}`;

function reach(region: Region, table: string, prefix: string): { readonly count: number; readonly shared: string } {
  const { database } = region.store;
  const found = database.prepare('select count(*) as n, min(guid) as first, max(guid) as last from row where tbl = ? and guid >= ? and guid < ? and state = 1')
    .get(region.store.tableId(table), prefix, beyond(prefix)) ?? {};
  const first = String(found['first'] ?? '');
  const last = String(found['last'] ?? '');
  let length = prefix.length;
  while (length < first.length && first[length] === last[length]) length += 1;
  return { count: Number(found['n'] ?? 0), shared: first.slice(0, length) };
}

/** Digests of rows that have come since the last comparison, in the order in which they lie on disk. */
async function digestNew({ store, closing }: Region): Promise<void> {
  const { database } = store;
  const next = database.prepare('select id, body from row where id > ? order by id limit 2000');
  const keep = database.prepare('insert or replace into digest (id, sm3) values (?, ?)');
  let after = Number(database.prepare('select coalesce(max(id), 0) as id from digest').get()?.['id'] ?? 0);
  while (!closing()) {
    const page = next.all(after) as unknown as readonly { id: number; body: string }[];
    const last = page.at(-1);
    if (last === undefined) return;
    store.transaction(() => page.forEach(({ id, body }) => keep.run(id, sm3(body))));
    after = last.id;
    await setImmediate();
  }
}

/** Live rows in the order of (row_guid, id), in pages between which other callers are served; a changed row's digest is made again. */
async function* rowsUnder(region: Region, table: string, prefix: string): AsyncGenerator<readonly Kept[]> {
  await digestNew(region);
  const { database } = region.store;
  const next = database.prepare(`select r.id, r.guid, d.sm3, case when d.sm3 is null then r.body end as body from row r left join digest d on d.id = r.id
    where r.tbl = ? and (r.guid, r.id) > (?, ?) and r.guid < ? and r.state = 1 order by r.guid, r.id limit 2000`);
  let place: readonly [string, number] = [prefix, 0];
  while (!region.closing()) {
    const page = next.all(region.store.tableId(table), ...place, beyond(prefix)) as unknown as readonly { id: number; guid: string; sm3: string | null; body: string | null }[];
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.map((row) => ({ rowGuid: row.guid, digest: row.sm3 ?? sm3(row.body ?? '') }));
    place = [last.guid, last.id];
    await setImmediate();
  }
}
