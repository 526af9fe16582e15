import type { ExchangeProbe, ExchangeTable } from '../../src/port/region.ts';
import type { FrontdbProfile } from '../../src/port/profile.ts';
import { Failure } from '../../src/record/failure.ts';
import { Fault, type Server, type Session } from './server.ts';

/** Outside the basic plane: what a utf8mb3 connection would lose. */
const rare = '𠮷';
const lock = 'qilian:probe';

/** Looks at an exchange database without writing: whoever may insert no row at all may insert some. */
export async function probe(server: Server, profile: FrontdbProfile, wanted: ReadonlyMap<string, readonly string[]>): Promise<ExchangeProbe> {
  const postgres = 'schema' in profile.database;
  const tables: ExchangeTable[] = [];
  try {
    const about = await server.locked(lock, async (session) => {
      const clock = postgres ? 'extract(epoch from clock_timestamp()) * 1000' : 'unix_timestamp(now(3)) * 1000';
      const [row] = await session.ask(`select version() as version, ${clock} as clock, ? as back`, [rare]);
      return { version: String(row?.['version'] ?? '').split(' ').slice(0, 2).join(' '), clockMs: Math.round(Number(row?.['clock'])), wide: row?.['back'] === rare };
    });
    for (const [table, columns] of wanted) tables.push(await tableOf(server, { table, columns, use: 'write', postgres }));
    for (const { table, batch, rowGuid, code, message } of profile.exchange.errors) {
      tables.push(await tableOf(server, { table, columns: [batch, rowGuid, message, ...(code === undefined ? [] : [code])], use: 'read', postgres }));
    }
    return { ...about, tables };
  } catch (cause) {
    throw cause instanceof Fault ? new Failure('SOURCE_AWAY', { source: profile.database.host, reason: cause.code }) : cause;
  }
}

interface Wanted extends Pick<ExchangeTable, 'table' | 'use'> {
  readonly columns: readonly string[];
  readonly postgres: boolean;
}

async function tableOf(server: Server, { table, columns, use, postgres }: Wanted): Promise<ExchangeTable> {
  const there = await server.locked(lock, async (session) => namesIn(session, table, postgres));
  if (there.length === 0) return { table, use, missing: null, refused: null };
  const known = new Set(postgres ? there : there.map((name) => name.toLowerCase()));
  const missing = columns.filter((name) => !known.has(postgres ? name : name.toLowerCase()));
  if (missing.length > 0) return { table, use, missing, refused: null };
  const [names, from] = [columns.map((name) => server.quote(name)).join(', '), server.quote(table)];
  const none = `select ${names} from ${from} where 1 = 0`;
  const refused = await server.locked(lock, (session) => session.ask(use === 'read' ? none : `insert into ${from} (${names}) ${none}`, []))
    .then(() => null, (cause: unknown) => {
      if (cause instanceof Fault) return cause.code;
      throw cause;
    });
  return { table, use, missing: [], refused };
}

async function namesIn(session: Session, table: string, postgres: boolean): Promise<readonly string[]> {
  const schema = postgres ? 'current_schema()' : 'database()';
  const rows = await session.ask(`select column_name as name from information_schema.columns where table_schema = ${schema} and table_name = ?`, [table]);
  return rows.map((row) => String(row['name']));
}
