import type { TableDescription } from '../../src/port/source.ts';
import type { Row } from '../../src/record/change.ts';
import { described } from './described.ts';
import type { Question } from './dialect.ts';
import type { ColumnTypes } from './statements.ts';

type Rows = (question: Question) => Promise<readonly Row[]>;

/** Columns of a table by the views that Oracle has and 达梦 has taken over. `owner`: the schema, as the session's current one. */
export async function columnsOf(rows: Rows, { owner, value, table }: { readonly owner: string; readonly value: (n: number) => string; readonly table: string }): Promise<ColumnTypes> {
  const found = await rows({ sql: `select column_name as "name", data_type as "type" from all_tab_columns where owner = ${owner} and table_name = ${value(1)}`, values: [table] });
  return new Map(found.map(({ name, type }) => [String(name).toLowerCase(), String(type)]));
}

/** Tables and views of the schema with their comments; rows are what the server counted last. */
export async function describe(rows: Rows, owner: string): Promise<readonly TableDescription[]> {
  return described(await rows({
    sql: `select c.table_name as "table", to_char(nvl(t.num_rows, 0)) as "rows", tc.comments as "title", c.column_name as "name", c.data_type as "type", c.nullable as "nullable",
        case when k.column_name is null then 'N' else 'Y' end as "key", cc.comments as "says"
      from all_tab_columns c
      left join all_tables t on t.owner = c.owner and t.table_name = c.table_name
      left join all_tab_comments tc on tc.owner = c.owner and tc.table_name = c.table_name
      left join all_col_comments cc on cc.owner = c.owner and cc.table_name = c.table_name and cc.column_name = c.column_name
      left join (select o.owner, o.table_name, i.column_name from all_constraints o
        join all_cons_columns i on i.owner = o.owner and i.constraint_name = o.constraint_name where o.constraint_type = 'P') k
        on k.owner = c.owner and k.table_name = c.table_name and k.column_name = c.column_name
      where c.owner = ${owner} order by c.table_name, c.column_id`,
    values: [],
  }));
}
