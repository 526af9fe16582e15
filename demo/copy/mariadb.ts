import { createConnection } from 'mysql2/promise';
import type { Server } from './server.ts';

const types = { whole: () => 'bigint', moment: () => 'datetime', day: () => 'date', short: () => 'varchar(255)', long: () => 'longtext' };

/** MariaDB or MySQL, with the tables as a vendor would make them there. */
export async function openMariadb(url: string): Promise<Server> {
  const connection = await createConnection({ uri: url, charset: 'utf8mb4' });
  await connection.query(`set session sql_mode = 'STRICT_ALL_TABLES'`);
  return {
    names: async () => {
      const [rows] = await connection.query('select table_name as name from information_schema.tables where table_schema = database()');
      return (rows as { name: string }[]).map((row) => row.name);
    },
    drop: async (name) => void await connection.query(`drop table ??`, [name]),
    empty: async (name) => void await connection.query('delete from ??', [name]),
    make: async ({ name, columns, key }) => {
      const defined = columns.map((column) => `\`${column.name}\` ${types[column.kind]()}${column.name === key ? ' not null primary key' : ' null'}`);
      await connection.query(`create table \`${name}\` (${defined.join(', ')}) character set utf8mb4`);
    },
    fill: async ({ name, columns }, rows) => void await connection.query(`insert into \`${name}\` (${columns.map((column) => `\`${column.name}\``).join(', ')}) values ?`, [rows]),
    finish: async ({ name, indexes }) => {
      for (const index of indexes) await connection.query(`create index \`IDX_${name}_${index[0]}\` on \`${name}\` (${index.map((column) => `\`${column}\``).join(', ')})`);
    },
    close: () => connection.end(),
  };
}
