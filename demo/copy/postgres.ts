import pg from 'pg';
import type { Server } from './server.ts';

const types = { whole: () => 'bigint', moment: () => 'timestamp', day: () => 'date', short: () => 'varchar(255)', long: () => 'text' };

/** PostgreSQL, with the tables as a vendor would make them there; names keep their capitals. */
export async function openPostgres(url: string): Promise<Server> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    names: async () => (await client.query<{ name: string }>(`select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = current_schema() and c.relkind in ('r', 'p', 'v', 'm', 'f')`)).rows.map((row) => row.name),
    drop: async (name) => void await client.query(`drop table "${name.replaceAll('"', '""')}"`),
    empty: async (name) => void await client.query(`delete from "${name.replaceAll('"', '""')}"`),
    make: async ({ name, columns, key }) => {
      const defined = columns.map((column) => `"${column.name}" ${types[column.kind]()}${column.name === key ? ' primary key' : ''}`);
      await client.query(`create table "${name}" (${defined.join(', ')})`);
    },
    fill: async ({ name, columns }, rows) => {
      const arrays = columns.map((column, at) => `$${at + 1}::${types[column.kind]()}[]`);
      await client.query(`insert into "${name}" select * from unnest(${arrays.join(', ')})`, columns.map((_, at) => rows.map((row) => storable(row[at] ?? null))));
    },
    finish: async ({ name, indexes }) => {
      for (const index of indexes) await client.query(`create index on "${name}" (${index.map((column) => `"${column}"`).join(', ')})`);
      await client.query(`analyze "${name}"`);
    },
    close: () => client.end(),
  };
}

/** PostgreSQL's text cannot hold the sign 0; another control sign garbles it just as well. */
function storable(value: string | number | null): string | number | null {
  return typeof value === 'string' ? value.replaceAll('\u0000', '\u0001') : value;
}
