import type { Belonging, ExplainingStore, Said } from '../../src/port/compare.ts';
import { unfoldRows } from './content.ts';
import type { Desk } from './desk.ts';

interface BelongingRow { record: number; dataset: string; key: string; version: number; on_the_way: number; set_aside: number }

/** What explains a difference; nothing here writes. */
export function explainingStore(desk: Desk): ExplainingStore {
  return {
    belongings: async (records) => belongings(desk, records),
    everSaid: async (places) => said(desk, places),
  };
}

function belongings(desk: Desk, records: readonly number[]): ReadonlyMap<number, Belonging> {
  const rows = desk.all<BelongingRow>(
    `select r.id as record, r.dataset, r.key, r.version, n.state = 'quarantined' as set_aside,
       exists (select 1 from envelope e indexed by envelope_record where e.record = r.id and e.state in ('open', 'waiting', 'held', 'lent')) as on_the_way
     from record r join envelope n on n.seq = r.seq where r.id in (select value from json_each(?))`, JSON.stringify([...new Set(records)]));
  return new Map(rows.map(({ record, dataset, key, version, on_the_way: way, set_aside: aside }) => [record, { record, dataset, key, version, onTheWay: way === 1, setAside: aside === 1 }]));
}

interface HeadRow { record: number; version: number; head: string }

function said(desk: Desk, places: readonly { readonly table: string; readonly rowGuid: string; readonly record: number | null }[]): ReadonlyMap<string, readonly Said[]> {
  const wanted = new Set(places.map((place) => `${place.table}\t${place.rowGuid}`));
  const known = places.flatMap((place) => (place.record === null ? [] : [place.record]));
  const found = new Map<string, { record: number; said: number; digest: string }[]>();
  const note = ({ record, version, head }: HeadRow): void => {
    for (const { table, rowGuid, digest } of unfoldRows(head)) {
      const place = `${table}\t${rowGuid}`;
      if (wanted.has(place)) found.set(place, [...(found.get(place) ?? []), { record, said: version, digest: Buffer.from(digest, 'base64url').toString('hex') }]);
    }
  };
  const ofRecords = desk.all<HeadRow>(
    `select e.record, e.version, c.head from envelope e indexed by envelope_record join content c on c.seq = e.seq
     where e.record in (select value from json_each(?)) and c.head <> ''`, JSON.stringify([...new Set(known)]));
  ofRecords.forEach(note);
  if (known.length < places.length) {
    const all = desk.statement(`select e.record, e.version, c.head from content c join envelope e on e.seq = c.seq where c.head <> ''`).iterate();
    for (const row of all as Iterable<unknown>) note(row as HeadRow);
  }
  const owners = belongings(desk, [...found.values()].flat().map((one) => one.record));
  return new Map([...found].map(([place, all]) => [place, all.flatMap((one): readonly Said[] => {
    const owner = owners.get(one.record);
    return owner === undefined ? [] : [{ ...owner, ...one }];
  }).toSorted((a, b) => b.said - a.said)]));
}
