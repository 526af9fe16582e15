import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { openMariadb } from './copy/mariadb.ts';
import { openPostgres } from './copy/postgres.ts';
import { rowsOf, tablesOf, type Table } from './copy/shape.ts';

// The address has a password in it, so it comes by the environment, which others on this machine do not see.
const url = process.env['COUNTY_URL'] ?? '';
const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (values.data === undefined || url === '') throw new Error('用法：COUNTY_URL=mysql://… 或 postgres://… node demo/copy-county.ts --data 目录');
const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const county = new DatabaseSync(join(values.data, 'county.db'), { readOnly: true });
const server = /^(?:mysql|mariadb):/.test(url) ? await openMariadb(url.replace(/^mariadb:/, 'mysql:')) : await openPostgres(url);
const tables = tablesOf(county);
const there = await server.names();
const strange = there.filter((name) => !tables.some((table) => table.name.toLowerCase() === name.toLowerCase()));
if (strange.length > 0) {
  say({ strange: strange.slice(0, 5), count: strange.length });
} else {
  let rows = 0;
  for (const table of tables) {
    const old = there.find((name) => name.toLowerCase() === table.name.toLowerCase());
    // A vendor does not change his tables with every row: they stay as they are while the rows fit into them.
    rows += old === undefined ? await made(table) : await refilled(table).catch(async () => {
      await server.drop(old);
      return made(table);
    });
  }
  say({ tables: tables.length, rows });
}
await server.close();
county.close();

async function made(table: Table): Promise<number> {
  await server.make(table);
  const count = await filled(table);
  await server.finish(table);
  return count;
}

async function refilled(table: Table): Promise<number> {
  await server.empty(table.name);
  return filled(table);
}

async function filled(table: Table): Promise<number> {
  let count = 0;
  for (const some of rowsOf(county, table, 1000)) {
    await server.fill(table, some);
    count += some.length;
  }
  return count;
}
