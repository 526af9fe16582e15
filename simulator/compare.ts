import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { answer, sm3 } from './answer.ts';
import type { Answer } from './answer.ts';
import { groupsOf, keyPage } from './compare-less.ts';
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
  const [table = '', what] = call.path.slice('/v1/compare/'.length).split('/');
  if (!region.tables.has(table)) return answer(400, '[对账]没有这张数据表');
  if (what === 'row') return showRow(region, table, objectIn(call.body)['rowGuid']);
  if (what === 'keys') return keyPage(region, table, objectIn(call.body));
  if (what === 'groups') return groupsOf(region, table, objectIn(call.body));
  if (what !== undefined) return answer(404, '[地址]没有这个接口');
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

/** `POST /v1/compare/{table}/row` with `{rowGuid}`: every copy of it that is in effect, the oldest first. */
function showRow({ store }: Region, table: string, rowGuid: unknown): Answer {
  const rows = store.database.prepare('select body from row where tbl = ? and guid = ? and state = 1 order by id').all(store.tableId(table), String(rowGuid));
  return answer(200, '成功', { rows: rows.map((row) => JSON.parse(String(row['body'])) as unknown) });
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

/** Live rows in the order of (row_guid, id), in pages between which other callers are served; digests are made when first asked for. */
async function* rowsUnder({ store, closing }: Region, table: string, prefix: string): AsyncGenerator<readonly Kept[]> {
  const { database } = store;
  const next = database.prepare(`select r.id, r.guid, d.sm3, case when d.sm3 is null then r.body end as body from row r left join digest d on d.id = r.id
    where r.tbl = ? and (r.guid, r.id) > (?, ?) and r.guid < ? and r.state = 1 order by r.guid, r.id limit 2000`);
  const made: (readonly [number, string])[] = [];
  const unchanged = changesSince(store);
  let place: readonly [string, number] = [prefix, 0];
  while (!closing()) {
    const page = next.all(store.tableId(table), ...place, beyond(prefix)) as unknown as readonly { id: number; guid: string; sm3: string | null; body: string | null }[];
    const last = page.at(-1);
    if (last === undefined) break;
    yield page.map((row) => {
      const digest = row.sm3 ?? sm3(row.body ?? '');
      if (row.sm3 === null) made.push([row.id, digest]);
      return { rowGuid: row.guid, digest };
    });
    place = [last.guid, last.id];
    await setImmediate();
  }
  await keepDigests(store, made, unchanged);
}

/** Keeps digests in the order in which the rows lie on disk: row_guids are random, and so would be the pages written. Nothing once a row may have changed. */
async function keepDigests(store: Region['store'], made: readonly (readonly [number, string])[], unchanged: (ours?: number) => boolean): Promise<void> {
  const keep = store.database.prepare('insert or replace into digest (id, sm3) values (?, ?)');
  const sorted = made.toSorted(([a], [b]) => a - b);
  for (let from = 0; from < sorted.length && unchanged(); from += 20_000) {
    const some = sorted.slice(from, from + 20_000);
    store.transaction(() => some.forEach(([id, digest]) => keep.run(id, digest)));
    if (!unchanged(some.length)) return;
    await setImmediate();
  }
}

/** Whether nothing has been written since, but for so many rows of our own. */
function changesSince({ database }: Region['store']): (ours?: number) => boolean {
  const total = database.prepare('select total_changes() as n');
  let known = Number(total.get()?.['n']);
  return (ours = 0) => Number(total.get()?.['n']) === (known += ours);
}
