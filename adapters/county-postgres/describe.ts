import { described } from '../county-sql/described.ts';
import type { Question } from '../county-sql/dialect.ts';
import type { TableDescription } from '../../src/port/source.ts';
import type { Row } from '../../src/record/change.ts';

/** From the catalogue alone; rows are the engine's own estimate, because counting them would read whole tables. */
const sql = `select c.relname::text as "table", greatest(c.reltuples, 0)::bigint as "rows", obj_description(c.oid, 'pg_class') as title,
    a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type, (not a.attnotnull)::int as nullable,
    coalesce((select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any(i.indkey)), 0) as "key", col_description(c.oid, a.attnum) as says
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where n.nspname = current_schema() and c.relkind in ('r', 'v', 'm', 'f', 'p') order by c.relname, a.attnum`;

/** Tables and views of the schema, with their comments. */
export async function describe(rows: (question: Question) => Promise<readonly Row[]>): Promise<readonly TableDescription[]> {
  return described(await rows({ sql, values: [] }));
}
