import type { JudgingStore } from '../../src/port/store.ts';
import { goneFingerprint, type Standing } from '../../src/record/standing.ts';
import { corrections } from './corrections.ts';
import type { Desk } from './desk.ts';
import { nameHash } from './name-hash.ts';

/**
 * What judging asks of the store. What a reading meets and supposes is in temporary tables: they spill to disk, belong to
 * this connection alone, and can be written where the store itself can only be read.
 */
export function judgingStore(desk: Desk): JudgingStore {
  let supposing = false;
  const supposeNothing = async (): Promise<void> => {
    supposing = false;
    desk.database.exec(`create temp table if not exists supposed (key text primary key, identity text) without rowid;
      create index if not exists temp.supposed_identity on supposed (identity); delete from temp.supposed`);
  };
  return {
    cursor: async (stream) => desk.get<{ value: string }>('select value from cursor where stream = ?', stream)?.value ?? null,
    standings: async (dataset, keys) => standings(desk, dataset, keys),
    owners: async (dataset, identities) => (supposing ? supposedOwners : owners)(desk, dataset, identities),
    arrived: async (dataset, identities) => arrived(desk, dataset, identities),
    atRegion: async (dataset) => desk.get<{ n: number }>(`select n from tally where dataset = ? and what = 'region'`, dataset)?.n ?? 0,
    corrections: async (dataset) => corrections(desk, dataset),
    beginReading: async () => {
      desk.database.exec('create temp table if not exists seen (key text primary key) without rowid; delete from temp.seen');
      await supposeNothing();
    },
    meet: async (keys) => void desk.run('insert or ignore into temp.seen (key) select value from json_each(?)', JSON.stringify(keys)),
    unseen: async (dataset, after, limit) => desk.all<{ key: string }>(
      `select key from record where dataset = ? and key > ? and fingerprint <> '${goneFingerprint}'
       and key not in (select key from temp.seen) order by key limit ?`, dataset, after, limit).map((row) => row.key),
    suppose: async (holders) => {
      supposing = true;
      desk.run(`insert or replace into temp.supposed (key, identity) select value ->> 0, value ->> 1 from json_each(?)`,
        JSON.stringify(holders.map(({ key, identity }) => [key, identity])));
    },
    supposeNothing,
  };
}

interface StandingRow {
  id: number; key: string; identity: string | null; version: number; fingerprint: string; seq: number;
  state: Standing['state']; position: number; behind: number | null; behind_state: string | null; region_has: string | null;
}

/** Where the newest version of each of these records stands; a key never read is absent. */
export function standings(desk: Desk, dataset: string, keys: readonly string[]): ReadonlyMap<string, Standing> {
  if (keys.length === 0) return new Map();
  const rows = desk.all<StandingRow>(
    `select r.id, r.key, r.identity, r.version, r.fingerprint, r.seq, e.state, e.position,
            r.behind, b.state as behind_state, l.fingerprint as region_has
     from json_each(?) asked cross join record r indexed by record_key on r.key_hash = asked.value
     join envelope e on e.seq = r.seq
     left join envelope b on b.seq = r.behind
     left join ledger l on l.record = r.id
     where r.dataset = ?`, hashes(dataset, keys), dataset);
  const wanted = new Set(keys);
  return new Map(rows.filter((row) => wanted.has(row.key)).map((row) => [row.key, {
    id: row.id, key: row.key, identity: row.identity, version: row.version, fingerprint: row.fingerprint,
    seq: row.seq, state: row.state, begun: begun(row), atRegion: row.region_has !== null, regionHas: row.region_has,
  }]));
}

function begun(row: StandingRow): number | null {
  if (row.state === 'lent' || (row.state === 'open' && row.position > 0)) return row.seq;
  return row.behind !== null && (row.behind_state === 'lent' || row.behind_state === 'open') ? row.behind : null;
}

function owners(desk: Desk, dataset: string, identities: readonly string[]): ReadonlyMap<string, string> {
  if (identities.length === 0) return new Map();
  const rows = desk.all<{ identity: string; key: string }>(
    `select r.identity, r.key from json_each(?) asked cross join record r indexed by record_identity on r.identity_hash = asked.value
     where r.dataset = ?`,
    hashes(dataset, identities), dataset);
  return new Map(rows.map((row) => [row.identity, row.key]));
}

/** The store's own answer, but for the keys something is supposed of. */
function supposedOwners(desk: Desk, dataset: string, identities: readonly string[]): ReadonlyMap<string, string> {
  const kept = [...owners(desk, dataset, identities)];
  const moved = new Set(desk.all<{ key: string }>(
    'select key from temp.supposed where key in (select value from json_each(?))', JSON.stringify(kept.map(([, key]) => key))).map((row) => row.key));
  const supposed = desk.all<{ identity: string; key: string }>(
    'select identity, key from temp.supposed where identity in (select value from json_each(?))', JSON.stringify(identities));
  return new Map([...kept.filter(([, key]) => !moved.has(key)), ...supposed.map((row) => [row.identity, row.key] as const)]);
}

/** The region has the record under the identity it has here: not yet, when it was renamed and that has not arrived. */
export const arrivedByName = `(r.renamed is null or exists (
  select 1 from envelope e indexed by envelope_record where e.record = r.id and e.version >= r.renamed and e.state = 'delivered'))`;

/** Which of these identities the region holds. */
export function arrived(desk: Desk, dataset: string, identities: readonly string[]): ReadonlySet<string> {
  const rows = desk.all<{ identity: string }>(
    `select r.identity from record r join ledger l on l.record = r.id
     where r.identity_hash in (select value from json_each(?)) and r.dataset = ? and ${arrivedByName}`, hashes(dataset, identities), dataset);
  return new Set(rows.map((row) => row.identity));
}

/** In their own order, so that an index is walked through and not jumped about in. */
function hashes(dataset: string, names: readonly string[]): string {
  return JSON.stringify([...new Set(names.map((name) => nameHash(dataset, name)))].toSorted((a, b) => a - b));
}
