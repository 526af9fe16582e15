import { createPool } from 'mysql2/promise';
import pg from 'pg';

/** Where the exchange database is. */
export interface Place {
  readonly engine: 'mariadb' | 'postgres';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export type Row = Readonly<Record<string, unknown>>;

/** The poller's own way to the exchange database; `?` stands for a value. */
export interface Database {
  quote(name: string): string;
  ask(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export function openDatabase(place: Place): Database {
  return place.engine === 'mariadb' ? mariadb(place) : postgres(place);
}

function mariadb({ host, port, user, password, database }: Place): Database {
  const pool = createPool({ host, port, user, password, database, charset: 'utf8mb4_bin', connectionLimit: 1, dateStrings: true });
  return {
    quote: (name) => `\`${name}\``,
    ask: async (sql, values = []) => (await pool.query(sql, [...values]))[0] as readonly Row[],
    close: () => pool.end(),
  };
}

function postgres({ host, port, user, password, database }: Place): Database {
  const pool = new pg.Pool({ host, port, user, password, database, max: 1, types: { getTypeParser: () => (text: string) => text } });
  pool.on('error', () => undefined);
  return {
    quote: (name) => `"${name}"`,
    ask: async (sql, values = []) => {
      let nth = 0;
      return (await pool.query(sql.replaceAll('?', () => `$${nth += 1}`), [...values])).rows as readonly Row[];
    },
    close: () => pool.end(),
  };
}
