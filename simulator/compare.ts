import { createHash } from 'node:crypto';
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
  const buckets = new Map<string, { count: number; readonly lines: ReturnType<typeof createHash> }>();
  for await (const kept of rowsUnder(region, table, prefix)) {
    if (count <= leafRows) {
      rows.push(kept);
      continue;
    }
    const name = kept.rowGuid.slice(0, shared.length + 1);
    const bucket = buckets.get(name) ?? { count: 0, lines: createHash('sm3') };
    buckets.set(name, bucket);
    bucket.count += 1;
    bucket.lines.update(`${kept.rowGuid}:${kept.digest}\n`);
  }
  if (region.closing()) return null;
  if (count <= leafRows) return answer(200, '成功', { prefix, leaf: true, count: rows.length, rows });
  const told = [...buckets].map(([name, bucket]) => ({ prefix: name, count: bucket.count, digest: bucket.lines.digest('hex') }));
  return answer(200, '成功', { prefix, leaf: false, count: told.reduce((sum, bucket) => sum + bucket.count, 0), buckets: told });
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

/** Live rows in the order of (row_guid, id), in pages between which other callers are served; missing digests are made and kept. */
async function* rowsUnder(region: Region, table: string, prefix: string): AsyncGenerator<Kept> {
  const { database } = region.store;
  const next = database.prepare('select id, guid, digest, case when digest is null then body end as body from row where tbl = ? and (guid, id) > (?, ?) and guid < ? and state = 1 order by guid, id limit 2000');
  const keep = database.prepare('update row set digest = ? where id = ?');
  let place: readonly [string, number] = [prefix, 0];
  while (!region.closing()) {
    const page = next.all(region.store.tableId(table), ...place, beyond(prefix)) as unknown as readonly { id: number; guid: string; digest: string | null; body: string | null }[];
    const last = page.at(-1);
    if (last === undefined) return;
    yield* region.store.transaction(() => page.map(({ id, guid, digest, body }) => {
      const made = digest ?? sm3(body ?? '');
      if (digest === null) keep.run(made, id);
      return { rowGuid: guid, digest: made };
    }));
    place = [last.guid, last.id];
    await setImmediate();
  }
}
