import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../../src/record/failure.ts';

/** Numbered, forward only; each is applied once, in its own transaction. */
const migrations: readonly string[] = [
  `
  create table record (
    id integer primary key,
    dataset text not null,
    key text not null,
    key_hash integer not null,
    identity text,
    identity_hash integer,
    version integer not null,
    fingerprint text not null,
    seq integer not null,
    behind integer
  ) strict;
  create index record_key on record (key_hash);
  create index record_identity on record (identity_hash) where identity_hash is not null;

  create table envelope (
    seq integer primary key,
    record integer not null,
    dataset text not null,
    version integer not null,
    operation text not null,
    state text not null,
    position integer not null,
    fingerprint text not null,
    run integer not null,
    kept_at integer not null,
    settled_at integer,
    waits text,
    problems text
  ) strict;
  create index envelope_open on envelope (dataset) where state = 'open';
  create index envelope_waiting on envelope (waits) where state = 'waiting';
  create index envelope_held on envelope (record) where state = 'held';
  create index envelope_record on envelope (record);
  create index envelope_quarantined on envelope (dataset) where state = 'quarantined';

  create table content (seq integer primary key, head text not null, body text not null) strict;

  create table ledger (
    record integer primary key,
    version integer not null,
    fingerprint text not null,
    rows text not null,
    settled_at integer not null
  ) strict;

  create table batch (
    id integer primary key,
    no text not null unique,
    dataset text not null,
    tbl text not null,
    state text not null,
    members text not null,
    first_seq integer not null,
    last_seq integer not null,
    time text not null,
    digest text not null,
    count integer not null,
    written_at integer not null,
    receipts text
  ) strict;
  create index batch_open on batch (dataset) where state = 'open';
  create index batch_range on batch (dataset, first_seq, last_seq);

  create table attempt (
    id integer primary key,
    batch text not null,
    at integer not null,
    kind text not null,
    verdict text not null,
    detail text not null
  ) strict;
  create index attempt_batch on attempt (batch);

  create table cursor (stream text primary key, value text not null) strict;

  create table run (
    id integer primary key,
    job text not null,
    dataset text not null,
    mode text not null,
    state text not null,
    started_at integer not null,
    ended_at integer,
    made text not null,
    failure text,
    read integer not null default 0,
    delivered integer not null default 0,
    quarantined integer not null default 0,
    same integer not null default 0,
    pending integer not null default 0
  ) strict;

  create table tally (dataset text not null, what text not null, n integer not null, primary key (dataset, what)) strict, without rowid;
  `,
  `
  alter table record add column renamed integer;
  `,
];

/** The version this code writes. A store written by newer code is refused, never touched. */
export const schemaVersion = migrations.length;

/**
 * Opens the store: WAL with `synchronous=FULL`, so that what a commit has kept survives a power cut.
 * Readers of the same file see the last commit and never block the writer.
 */
export function openDatabase(file: string, mode: 'write' | 'read'): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: mode === 'read', timeout: 5_000 });
  try {
    const found = versionOf(database);
    if (found > schemaVersion) throw new Failure('STORE_TOO_NEW', { found, known: schemaVersion });
    if (mode === 'write') prepare(database, found);
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}

function prepare(database: DatabaseSync, found: number): void {
  database.exec(`
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma cache_size = -65536;
    pragma wal_autocheckpoint = 8000;
    pragma journal_size_limit = 67108864;
    pragma temp_store = file;
  `);
  for (let version = found; version < schemaVersion; version += 1) {
    database.exec(`begin immediate; ${migrations[version] ?? ''}; pragma user_version = ${version + 1}; commit;`);
  }
}

function versionOf(database: DatabaseSync): number {
  return (database.prepare('pragma user_version').get() as { user_version: number }).user_version;
}
