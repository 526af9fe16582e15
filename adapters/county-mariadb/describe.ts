import { described } from '../county-sql/described.ts';
import type { Question } from '../county-sql/dialect.ts';
import type { TableDescription } from '../../src/port/source.ts';
import type { Row } from '../../src/record/change.ts';

/** From the catalogue alone; rows are the engine's own estimate, because counting them would read whole tables. */
const sql = `select c.table_name as \`table\`, coalesce(t.table_rows, 0) as \`rows\`, if(t.table_comment = 'VIEW', '', t.table_comment) as title,
    c.column_name as name, c.column_type as type, c.is_nullable as nullable, if(c.column_key = 'PRI', 1, 0) as \`key\`, c.column_comment as says
  from information_schema.columns c join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
  where c.table_schema = database() order by c.table_name, c.ordinal_position`;

/** Tables and views of the database, with their comments. */
export async function describe(rows: (question: Question) => Promise<readonly Row[]>): Promise<readonly TableDescription[]> {
  return described(await rows({ sql, values: [] }));
}
