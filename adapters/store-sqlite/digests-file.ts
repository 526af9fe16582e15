import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * What is worked out from the ledger, in a file beside the store: it can be thrown away and is then made again. So
 * comparing never waits for the store's writer, and delivering never waits for comparing.
 */
const schema = `
  create table tbl (id integer primary key, name text not null unique) strict;
  create table leaf (record integer primary key, version integer not null, settled_at integer not null, size integer not null, places text not null) strict;
  create table line (
    tbl integer not null, guid text not null, record integer not null, sm3 text not null, day text not null, type text not null,
    primary key (tbl, guid, record)) strict, without rowid;
  create table node (tbl integer not null, prefix text not null, count integer not null, sm3 text not null, primary key (tbl, prefix)) strict, without rowid;
  create table made (of text primary key) strict, without rowid;`;

const schemaVersion = 2;

/** Opens the digests beside a store; what was made by another profile, another version, or is damaged, is made anew. */
export function openDigestsFile(storeFile: string, of: string): DatabaseSync {
  const file = `${storeFile.replace(/\.db$/, '')}-digests.db`;
  try {
    return prepared(file, { storeFile, of });
  } catch (cause) {
    if (!damaged(cause)) throw cause;
    for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
    return prepared(file, { storeFile, of });
  }
}

function prepared(file: string, { storeFile, of }: { readonly storeFile: string; readonly of: string }): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 30_000 });
  try {
    database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -65536; pragma temp_store = memory');
    database.exec('begin immediate');
    const { user_version: version } = database.prepare('pragma user_version').get() as { user_version: number };
    if (version !== schemaVersion || database.prepare('select 1 from made where of = ?').get(of) === undefined) remake(database, of);
    database.exec('commit');
    database.prepare('attach database ? as gateway').run(storeFile);
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}

function remake(database: DatabaseSync, of: string): void {
  for (const table of ['tbl', 'leaf', 'line', 'node', 'made']) database.exec(`drop table if exists ${table}`);
  database.exec(`${schema} pragma user_version = ${schemaVersion}`);
  database.prepare('insert into made (of) values (?)').run(of);
}

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
function damaged(cause: unknown): boolean {
  return cause instanceof Error && 'errcode' in cause && (cause.errcode === 11 || cause.errcode === 26);
}
