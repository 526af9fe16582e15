import type { Question } from '../county-sql/dialect.ts';
import { indexesFrom } from '../county-sql/indexes.ts';
import type { SourceProbe } from '../../src/port/source.ts';
import type { Row } from '../../src/record/change.ts';

/** Version, clock, the account's rights and the indexes of tables, from the catalogue. */
export async function probe(rows: (question: Question) => Promise<readonly Row[]>, tables: readonly string[]): Promise<SourceProbe> {
  const [server] = await rows({
    sql: `select version() as version, (extract(epoch from clock_timestamp()) * 1000)::bigint as clock, exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = current_schema() and c.relkind in ('r', 'p') and has_table_privilege(c.oid, 'insert, update, delete'))::int as writes`,
    values: [],
  });
  const columns = await rows({
    sql: `select c.relname::text as "table", x.relname::text as "index", a.attname::text as "column", i.indisunique::int as "unique"
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace join pg_class x on x.oid = i.indexrelid
      join lateral unnest(i.indkey::int[]) with ordinality k(number, place) on true join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
      where n.nspname = current_schema() and c.relname = any($1) order by 1, 2, k.place`,
    values: [tables],
  });
  return { version: String(server?.['version']).split(' on ')[0] ?? '', clockMs: Number(server?.['clock']), canWrite: server?.['writes'] === 1, indexes: indexesFrom(columns) };
}
