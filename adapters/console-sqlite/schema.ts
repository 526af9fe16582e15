import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../../src/record/failure.ts';

/** Numbered, forward only; each is applied once, in its own transaction. */
const migrations: readonly string[] = [
  `
  create table account (
    id integer primary key,
    login text not null unique,
    name text not null,
    role text,
    datasets text,
    state text not null,
    password text not null,
    password_at integer not null,
    must_change integer not null,
    secret text,
    new_secret text,
    used_step integer not null,
    created_at integer not null,
    created_by text not null,
    last_login_at integer
  ) strict;
  create table old_password (id integer primary key, account integer not null, password text not null) strict;
  create index old_password_account on old_password (account);

  create table failure (kind text not null, subject text not null, at integer not null) strict;
  create index failure_subject on failure (kind, subject, at);

  create table session (
    hash text primary key,
    account integer not null,
    csrf text not null,
    stage text not null,
    address text not null,
    started_at integer not null,
    seen_at integer not null
  ) strict, without rowid;
  create index session_account on session (account);

  create table setting (name text primary key, value text not null) strict, without rowid;

  create table unmasking (
    id integer primary key,
    record integer not null,
    dataset text not null,
    asked_by integer not null,
    asked_at integer not null,
    reason text not null,
    decided_by integer,
    decided_at integer,
    granted integer,
    decision text,
    ends_at integer
  ) strict;
  create index unmasking_asked on unmasking (asked_by);

  create table audit (
    seq integer primary key,
    at integer not null,
    actor text not null,
    role text not null,
    action text not null,
    result text not null,
    line text not null
  ) strict;
  create index audit_at on audit (at);
  create index audit_actor on audit (actor);
  create index audit_action on audit (action);
  create index audit_result on audit (result);
  create index audit_role on audit (role);

  create table alarm (
    id integer primary key,
    rule text not null,
    kind text not null,
    severity text not null,
    subject text not null,
    facts text not null,
    count integer not null,
    first_at integer not null,
    last_at integer not null,
    over_at integer,
    acknowledged_by text,
    acknowledged_at integer,
    reason text
  ) strict;
  create unique index alarm_open on alarm (rule, subject) where over_at is null;

  create table pause (job text primary key, at integer not null, by text not null, reason text not null) strict, without rowid;
  `,
  `
  create table holder (mark integer not null, record integer not null, primary key (mark, record)) strict, without rowid;
  `,
  // Every two filters together, so that none walks through what the other leaves out.
  `
  create index audit_actor_action on audit (actor, action, result);
  create index audit_actor_result on audit (actor, result);
  create index audit_action_result on audit (action, result);
  create index audit_role_actor on audit (role, actor, action);
  create index audit_role_action on audit (role, action, result);
  create index audit_role_result on audit (role, result);
  `,
];

/** Opens the console's own memory: accounts, sessions, alarms, and the audit's entries for finding. It is no part of the gateway's. */
export function openConsoleDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    const found = (database.prepare('pragma user_version').get() as { user_version: number }).user_version;
    if (found > migrations.length) throw new Failure('STORE_TOO_NEW', { found, known: migrations.length });
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; pragma temp_store = memory;');
    for (let version = found; version < migrations.length; version += 1) {
      database.exec(`begin immediate; ${migrations[version] ?? ''}; pragma user_version = ${version + 1}; commit;`);
    }
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}
