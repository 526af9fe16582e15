import type { Agreed, Arrival, Arrived, ConflictNote, InboundLook, InboundStore, Outcome } from '../../src/port/inbound.ts';
import type { Issued, IssuedState } from '../../src/record/issued.ts';
import { adopt } from './adopt.ts';
import type { Desk } from './desk.ts';
import { inboundLook, issuedSelect } from './inbound-look.ts';

/** Pulling's side of the store. */
export function inboundStore(desk: Desk): InboundStore & InboundLook {
  return {
    ...inboundLook(desk),
    epoch: async () => desk.get<{ epoch: string }>('select epoch from inbound_epoch')?.epoch ?? '',
    knows: async (resource, records) => records.every(({ key, fingerprint }) => desk.get('select 1 from inbound where resource = ? and key = ? and fingerprint = ?', resource, key, fingerprint) !== undefined),
    receive: async (arrival) => desk.transaction(() => receive(desk, arrival)),
    received: async (resource, limit) => desk.all<Issued & { run: number }>(
      `${issuedSelect}, run from inbound where resource = ? and state = 'received' order by id limit ?`, resource, limit),
    agreed: async (resource, keys) => new Map(desk.all<{ key: string; rows: string }>(
      'select key, rows from inbound_agreed where resource = ? and key in (select value from json_each(?))', resource, JSON.stringify(keys))
      .map(({ key, rows }) => [key, JSON.parse(rows) as Agreed])),
    conclude: async (outcome) => desk.transaction(() => conclude(desk, outcome)),
    noteCaughtUp: async (resource, at) => void desk.run(
      'insert into inbound_stream (resource, caught_up_at) values (?, ?) on conflict (resource) do update set caught_up_at = excluded.caught_up_at', resource, at),
    noteAcknowledged: async (resource, cursor) => void desk.run('update inbound_stream set acknowledged = ? where resource = ?', cursor, resource),
    decide: async (id, { state, by, why, at }) => desk.run(
      `update conflict set state = ?, by = ?, why = ?, decided_at = ? where id = ? and state = 'open'`, state, by, why, at, id) > 0,
  };
}

function receive(desk: Desk, arrival: Arrival): Arrived {
  const { resource, via, at, run } = arrival;
  if (via.kind === 'callback' && !claim(desk, via, at)) return 'replayed';
  const sums = { fresh: 0, repeated: 0, overtaken: 0 };
  for (const record of arrival.records) {
    const verdict = verdictOn(desk, resource, record);
    sums[verdict] += 1;
    if (verdict === 'repeated') continue;
    desk.run(`insert into inbound (resource, key, version, fingerprint, body, via, run, received_at, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      resource, record.key, record.version, record.fingerprint, record.text, via.kind, run, at, verdict === 'fresh' ? 'received' : 'overtaken');
  }
  if (via.kind === 'page') {
    desk.run(`insert into inbound_stream (resource, cursor, page_from, page_digest, page_count) values (?, ?, ?, ?, ?)
      on conflict (resource) do update set cursor = excluded.cursor, page_from = excluded.page_from, page_digest = excluded.page_digest, page_count = excluded.page_count`,
    resource, via.cursor, via.from, via.digest, arrival.records.length);
  }
  desk.run('update run set read = read + ?, same = same + ?, pending = pending + ? where id = ?',
    arrival.records.length, sums.repeated + sums.overtaken, sums.fresh, run);
  return sums;
}

/** The first to use a nonce has it; those that have expired make room. */
function claim(desk: Desk, { nonce, expiresAt }: Extract<Arrival['via'], { kind: 'callback' }>, at: number): boolean {
  desk.run('delete from inbound_nonce where expires_at < ?', at);
  return desk.run('insert or ignore into inbound_nonce (nonce, expires_at) values (?, ?)', nonce, expiresAt) > 0;
}

/** The same as was said last is a repetition; with versions, the same version said before is one too, and an older one comes too late. */
function verdictOn(desk: Desk, resource: string, { key, version, fingerprint }: Arrival['records'][number]): 'fresh' | 'repeated' | 'overtaken' {
  const newest = desk.get<{ version: string | null; fingerprint: string }>(
    `select version, fingerprint from inbound where resource = ? and key = ? and state <> 'overtaken' order by id desc limit 1`, resource, key);
  if (newest === undefined) return 'fresh';
  if (newest.fingerprint === fingerprint) return 'repeated';
  if (version === null || newest.version === null || version >= newest.version) return 'fresh';
  return desk.get('select 1 from inbound where resource = ? and key = ? and fingerprint = ?', resource, key, fingerprint) === undefined ? 'overtaken' : 'repeated';
}

function conclude(desk: Desk, outcome: Outcome): void {
  const { resource, at } = outcome;
  for (const { id, state, problems } of outcome.ended) {
    const row = desk.get<{ run: number; state: IssuedState }>('select run, state from inbound where id = ?', id);
    if (row === undefined) throw new Error(`no record ${id} of ${resource} was received`);
    desk.run('update inbound set state = ?, settled_at = ?, problems = ? where id = ?', state, at, problems.length === 0 ? null : JSON.stringify(problems), id);
    if (row.state === 'received') count(desk, row.run, state);
  }
  for (const { key, rows } of outcome.agreed) {
    desk.run('insert or replace into inbound_agreed (resource, key, rows) values (?, ?, ?)', resource, key, JSON.stringify(rows));
  }
  for (const note of outcome.conflicts) noteConflict(desk, note, at);
  for (const adoption of outcome.adopted) adopt(desk, adoption, at);
}

/** The run that brought the record hears what became of it. */
function count(desk: Desk, run: number, state: IssuedState): void {
  const column = state === 'applied' ? 'delivered' : state === 'overtaken' ? 'same' : 'quarantined';
  desk.run(`update run set pending = pending - 1, ${column} = ${column} + 1 where id = ?`, run);
}

function noteConflict(desk: Desk, note: ConflictNote, at: number): void {
  const { resource, key, table, column, agreed, county, region, state, by, why } = note;
  const row = JSON.stringify(note.row);
  const open = desk.get<{ id: number }>(`select id from conflict where state = 'open' and tbl = ? and row = ? and col = ?`, table, row, column);
  const decidedAt = state === 'open' ? null : at;
  if (open !== undefined) {
    desk.run(`update conflict set county_moved = county_moved + (county is not ?1), region_moved = region_moved + (region is not ?2), county = ?1, region = ?2, state = ?3, by = ?4, why = ?5, decided_at = ?6
      where id = ?7`, county, region, state, by, why, decidedAt, open.id);
  } else if (state !== 'settled') {
    desk.run(`insert into conflict (resource, key, tbl, row, col, agreed, county, region, state, by, why, opened_at, decided_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      resource, key, table, row, column, agreed, county, region, state, by, why, at, decidedAt);
  }
}
