import { setImmediate } from 'node:timers/promises';
import type { Grouping } from '../../src/port/digests.ts';
import type { LedgerEntry } from '../../src/port/store.ts';
import { sentOf } from './acknowledged.ts';
import { unfoldRows } from './content.ts';
import type { Desk } from './desk.ts';

interface Place { tbl: number; guid: string }
interface Known { record: number; places: string }
interface Settled { record: number; version: number; settled_at: number; size: number; rows: string; places: string | null }
interface Line extends Place { record: number; sm3: string; day: string; type: string }

/** Records taken over in one transaction; others get their turn between two. */
const together = 20_000;

/** Beyond so many changed rows all that was worked out is let go, which is cheaper than looking for each. */
const mostSingly = 5_000;

/** Takes over what the ledger says otherwise than when it was last looked at: by version, moment and size of its entry, never by the clock. */
export async function refresh(desk: Desk, datasets: readonly string[], grouping: Grouping): Promise<number> {
  let [taken, after] = [desk.transaction(() => takeBack(desk)), 0];
  for (;;) {
    await setImmediate();
    const settled = desk.transaction(() => {
      const found = changed(desk, datasets, after);
      if (found.length > 0) take(desk, found, grouping);
      return found;
    });
    if (settled.length === 0) return taken;
    taken += settled.length;
    after = settled.at(-1)?.record ?? after;
  }
}

function changed(desk: Desk, datasets: readonly string[], after: number): readonly Settled[] {
  return desk.all<Settled>(
    `select l.record, l.version, l.settled_at, octet_length(l.rows) as size, l.rows, f.places from gateway.ledger l
     join gateway.record r on r.id = l.record left join leaf f on f.record = l.record
     where l.record > ? and r.dataset in (select value from json_each(?))
       and (f.record is null or f.version <> l.version or f.settled_at <> l.settled_at or f.size <> octet_length(l.rows))
     order by l.record limit ?`, after, JSON.stringify(datasets), together);
}

/** What the region no longer has from us. */
function takeBack(desk: Desk): number {
  const gone = desk.all<Known>('select record, places from leaf f where not exists (select 1 from gateway.ledger l where l.record = f.record)');
  drop(desk, gone);
  forget(desk, gone.flatMap((one) => placesIn(one.places)));
  return gone.length;
}

function take(desk: Desk, settled: readonly Settled[], grouping: Grouping): void {
  const before = settled.flatMap(({ record, places }) => (places === null ? [] : [{ record, places }]));
  drop(desk, before);
  const lines = linesOf(desk, settled, grouping);
  const insert = desk.statement('insert or replace into line (tbl, guid, record, sm3, day, type) values (?, ?, ?, ?, ?, ?)');
  for (const { tbl, guid, record, sm3, day, type } of lines) insert.run(tbl, guid, record, sm3, day, type);
  const places = new Map<number, string>();
  for (const { tbl, guid, record } of lines) places.set(record, `${places.has(record) ? `${places.get(record) ?? ''}\n` : ''}${tbl}\t${guid}`);
  const leaf = desk.statement('insert or replace into leaf (record, version, settled_at, size, places) values (?, ?, ?, ?, ?)');
  for (const { record, version, settled_at: at, size } of settled) leaf.run(record, version, at, size, places.get(record) ?? '');
  forget(desk, [...before.flatMap((one) => placesIn(one.places)), ...lines]);
}

function drop(desk: Desk, known: readonly Known[]): void {
  const line = desk.statement('delete from line where tbl = ? and guid = ? and record = ?');
  const leaf = desk.statement('delete from leaf where record = ?');
  for (const { record, places } of known) {
    for (const { tbl, guid } of placesIn(places)) line.run(tbl, guid, record);
    leaf.run(record);
  }
}

function placesIn(places: string): readonly Place[] {
  return places === '' ? [] : places.split('\n').map((place) => {
    const tab = place.indexOf('\t');
    return { tbl: Number(place.slice(0, tab)), guid: place.slice(tab + 1) };
  });
}

function linesOf(desk: Desk, settled: readonly Settled[], grouping: Grouping): readonly Line[] {
  const grouped = Object.keys(grouping).length > 0;
  const ledgers = settled.map(({ record, rows }) => ({ record, rows: unfoldRows(rows) }));
  const sent = grouped ? sentOf(desk, ledgers) : null;
  const idOf = tableNumbers(desk);
  const lines: Line[] = [];
  for (const { record, rows } of ledgers) {
    const groups = sent === null ? null : groupsOf(sent.get(record) ?? [], grouping);
    for (const row of rows) lines.push({ tbl: idOf(row.table), guid: row.rowGuid, record, sm3: row.digest, ...(groups === null ? noGroup : groupOf(groups, row)) });
  }
  return lines;
}

const noGroup = { day: '', type: '' };

type Groups = ReadonlyMap<string, { readonly day: string; readonly type: string }>;

function groupOf(groups: Groups, { table, rowGuid }: LedgerEntry['rows'][number]): { readonly day: string; readonly type: string } {
  return groups.get(`${table}\t${rowGuid}`) ?? { day: '?', type: '?' };
}

function groupsOf(records: readonly { readonly table: string; readonly rowGuid: string; readonly body: string }[], grouping: Grouping): Groups {
  return new Map(records.flatMap(({ table, rowGuid, body }) => {
    const by = grouping[table];
    if (by === undefined) return [];
    const row = JSON.parse(body) as Readonly<Record<string, unknown>>;
    return [[`${table}\t${rowGuid}`, { day: dayOf(text(row, by.day)), type: text(row, by.type) }] as const];
  }));
}

function text(row: Readonly<Record<string, unknown>>, field: string | undefined): string {
  const value = field === undefined ? null : row[field] ?? null;
  return value === null ? '' : String(value);
}

/** The day of `yyyy-MM-dd HH:mm:ss` and of `yyyyMMdd`, as it is written. */
function dayOf(moment: string): string {
  return /^\d{8}/.test(moment) ? moment.slice(0, 8) : moment.slice(0, 10);
}

/** Lets go of what was worked out over these rows, at every depth at which something is kept. */
function forget(desk: Desk, places: readonly Place[]): void {
  if (places.length > mostSingly) {
    for (const tbl of new Set(places.map((one) => one.tbl))) desk.run('delete from node where tbl = ?', tbl);
    return;
  }
  const depths = new Map<number, readonly number[]>();
  for (const { tbl, guid } of places) {
    const known = depths.get(tbl) ?? desk.all<{ n: number }>('select distinct length(prefix) as n from node where tbl = ?', tbl).map((one) => one.n);
    depths.set(tbl, known);
    for (const depth of known) desk.run('delete from node where tbl = ? and prefix = substr(?, 1, ?)', tbl, guid, depth);
  }
}

function tableNumbers(desk: Desk): (name: string) => number {
  const known = new Map(desk.all<{ id: number; name: string }>('select id, name from tbl').map((one) => [one.name, one.id]));
  return (name) => {
    const id = known.get(name) ?? Number(desk.statement('insert into tbl (name) values (?)').run(name).lastInsertRowid);
    known.set(name, id);
    return id;
  };
}
