import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../../src/record/failure.ts';
import { telling, told } from './troubles.ts';
import { inboundTables } from './inbound-tables.ts';

/** Numbered, forward only; each is applied once, in its own transaction. */
export const migrations: readonly string[] = [
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
  `
  create table deed (run integer primary key, at integer not null, who text not null, why text not null) strict;
  `,
  `
  create table correction (
    id integer primary key, dataset text not null, key text not null, key_hash integer not null, child text not null, at integer not null,
    col text not null, value text not null, mark text not null, who text not null, why text not null, made_at integer not null, lapsed_at integer
  ) strict;
  create index correction_key on correction (key_hash);
  create index correction_holding on correction (dataset) where lapsed_at is null;
  `,
  `
  create table gate (
    gate text primary key,
    state text not null,
    since integer not null,
    reason text not null,
    try_at integer not null,
    tries integer not null,
    heard integer not null
  ) strict;
  create table gate_word (
    id integer primary key,
    gate text not null,
    word text not null,
    reason text not null,
    by text not null,
    at integer not null
  ) strict;
  create index gate_word_gate on gate_word (gate);
  create table missed (
    id integer primary key,
    job text not null,
    reason text not null,
    first_due integer not null,
    last_due integer not null,
    times integer not null,
    run integer
  ) strict;
  create table lease (name text primary key, generation integer not null, holder text not null, renewed_at integer not null) strict;
  create table shape (dataset text primary key, columns text not null, seen_at integer not null) strict;
  `,
  `
  create table rest (id integer primary key, dataset text not null, since integer not null, what text not null, resumed_at integer, who text, why text) strict;
  `,
  `
  create table comparison (id integer primary key, dataset text not null, at integer not null, total integer not null, found text not null) strict;
  create index comparison_dataset on comparison (dataset);
  `,
  inboundTables,
  'alter table inbound_stream add column caught_up_at integer',
  // How people look for runs; a run's counts are in none of them.
  `
  create index run_job on run (job);
  create index run_dataset on run (dataset, state);
  create index run_state on run (state);
  `,
  'alter table conflict add column county_moved integer not null default 0; alter table conflict add column region_moved integer not null default 0',
  'create table bulletin (month text primary key, at integer not null, lines text not null) strict',
];

/** The version this code writes. A store written by newer code is refused, never touched. */
export const schemaVersion = migrations.length;

/**
 * Opens the store: WAL with `synchronous=FULL`, so that what a commit has kept survives a power cut.
 * Readers of the same file see the last commit and never block the writer. A lock of another's is waited for at most `timeout` ms.
 */
export function openDatabase(file: string, mode: 'write' | 'read', timeout = 5_000): DatabaseSync {
  const database = telling(() => new DatabaseSync(file, { readOnly: mode === 'read', timeout }));
  try {
    if (mode === 'write') mustBeSound(database);
    const found = versionOf(database);
    if (found > schemaVersion) throw new Failure('STORE_TOO_NEW', { found, known: schemaVersion });
    if (mode === 'write') prepare(database, found);
    return database;
  } catch (cause) {
    database.close();
    throw told(cause);
  }
}

/** Pages of a store up to which it is looked through at each start; a larger one is found out when a damaged page is read. */
const mostLookedThrough = 32_768;

function mustBeSound(database: DatabaseSync): void {
  const pages = Number(database.prepare('pragma page_count').get()?.['page_count'] ?? 0);
  if (pages > mostLookedThrough) return;
  const found = String(database.prepare('pragma quick_check(1)').get()?.['quick_check'] ?? 'ok');
  if (found !== 'ok') throw new Failure('STORE_DAMAGED', { number: 11 });
}

/**
 * Moves what a process that did not end well has left in the log into the store, and begins the log anew. Where its last sync
 * had failed, the log may be whole in memory and have a hole on the disk, and all that was added behind it would go with a power cut.
 */
export function emptyLog(database: DatabaseSync): void {
  telling(() => database.exec('pragma wal_checkpoint(truncate)'));
}

/** Bytes of a page in a new store; what is mostly appended is written in fewer, larger ones than SQLite's own 4,096. */
const pageSize = 8192;
/** Pages of the log after which its content moves into the store. */
const logPages = 4000;

function prepare(database: DatabaseSync, found: number): void {
  database.exec(`
    pragma page_size = ${pageSize};
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma cache_size = -65536;
    pragma wal_autocheckpoint = ${logPages};
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
