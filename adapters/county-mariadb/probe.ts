import type { Question } from '../county-sql/dialect.ts';
import { indexesFrom } from '../county-sql/indexes.ts';
import type { SourceProbe } from '../../src/port/source.ts';
import type { Row } from '../../src/record/change.ts';

/** Version, clock, the account's rights and the indexes of tables, from the catalogue. */
export async function probe(rows: (question: Question) => Promise<readonly Row[]>, tables: readonly string[]): Promise<SourceProbe> {
  const [server] = await rows({ sql: 'select version() as version, unix_timestamp(now(3)) * 1000 as clock', values: [] });
  const grants = await rows({ sql: 'show grants', values: [] });
  const canWrite = grants.some((row) => /\b(?:ALL PRIVILEGES|INSERT|UPDATE|DELETE|DROP|ALTER|CREATE)\b/.test(String(Object.values(row)[0]).split(' ON ')[0] ?? ''));
  const columns = tables.length === 0 ? [] : await rows({
    sql: `select table_name as \`table\`, index_name as \`index\`, column_name as \`column\`, 1 - non_unique as \`unique\` from information_schema.statistics
      where table_schema = database() and table_name in (${tables.map(() => '?').join(', ')}) order by table_name, index_name, seq_in_index`,
    values: tables,
  });
  return { version: String(server?.['version']), clockMs: Math.round(Number(server?.['clock'])), canWrite, indexes: indexesFrom(columns) };
}
