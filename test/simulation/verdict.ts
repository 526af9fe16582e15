import type { DatabaseSync } from 'node:sqlite';
import type { County, Dataset, Fact } from './county.ts';
import type { Notes } from './notes.ts';
import { rowsOf, type Oracle, type Place } from './oracle.ts';
import type { RegionRows } from './region-rows.ts';
import { recordOf } from './witness.ts';

interface Standing {
  readonly state: string;
  readonly operation: string;
  readonly identity: string | null;
  readonly problems: string;
}

/** What the end is judged by. */
export interface Case {
  readonly county: County;
  readonly oracle: Oracle;
  readonly region: RegionRows;
  readonly database: DatabaseSync;
  readonly notes: Notes;
}

/** At the end, when nothing moves any more: the region has what the county has, row by row, and what it lacks is accounted for. */
export function judgeEnd(about: Case): void {
  const { county, database, notes, region } = about;
  for (const [place, texts] of region.rows) if (texts.length > 1) notes.breach(`${place} is there ${texts.length} times`);
  for (const { fault } of database.prepare(leftovers).all() as { fault: string }[]) notes.breach(`at the end ${fault}`);
  const standings = new Map((database.prepare(newest).all() as unknown as (Standing & { record: string })[]).map((row) => [row.record, row]));
  const atRegion = Map.groupBy(region.rows.keys(), (place) => recordOf(place.slice(place.indexOf('\t') + 1)));
  const records = new Set([...standings.keys(), ...atRegion.keys(), ...(['items', 'cases'] as const).flatMap((dataset) => [...county.truth[dataset].keys()].map((key) => `${dataset}/${key}`))]);
  for (const record of records) {
    const [dataset, key] = record.split('/') as [Dataset, string];
    const fact = county.truth[dataset].get(key);
    const wrong = judgeRecord(about, { record, dataset, fact: fact?.withdrawn === true ? undefined : fact, standing: standings.get(record), places: atRegion.get(record) ?? [], standings });
    if (wrong !== null) notes.breach(`at the end ${record} ${wrong}`);
  }
}

interface Record {
  readonly record: string;
  readonly dataset: Dataset;
  readonly fact: Fact | undefined;
  readonly standing: Standing | undefined;
  readonly places: readonly Place[];
  readonly standings: ReadonlyMap<string, Standing>;
}

function judgeRecord(about: Case, one: Record): string | null {
  const { fact, standing, places } = one;
  if (fact === undefined) return places.length === 0 ? null : `is gone from the county and still at the region: ${places.join(', ')}`;
  if (standing === undefined) return 'was never taken in';
  if (standing.operation === 'put' && standing.state === 'delivered') {
    if (fact.bad) return 'was delivered although it is bad';
    return difference(rowsOf(one.dataset, fact), about.region.rows, places);
  }
  if (standing.state === 'waiting') return hasItem(about, one) ? 'waits for an item that is there' : met(about, 'a case waits to the end for an item that never came');
  return standing.state === 'quarantined' ? unaccounted(about, one) : `is ${standing.state} (${standing.operation})`;
}

function met({ notes }: Case, state: string): null {
  notes.sometimes(state);
  return null;
}

function difference(wanted: ReadonlyMap<Place, string>, rows: RegionRows['rows'], places: readonly Place[]): string | null {
  for (const place of places) if (!wanted.has(place)) return `has a row at the region that the county has not: ${place}`;
  for (const [place, text] of wanted) if (rows.get(place)?.[0] !== text) return `should be "${text}" at the region and is "${rows.get(place)?.[0] ?? 'absent'}"`;
  return null;
}

/** The item is what the county calls so today, and has arrived as it is today. */
function hasItem({ county }: Case, { fact, standings }: Record): boolean {
  return [...county.truth.items.values()].some((item) => !item.withdrawn && item.code === fact?.item && standings.get(`items/${item.key}`)?.state === 'delivered');
}

/** A record is set aside with reason when it is bad, when the region refused just this, or when another one holds its identity. */
function unaccounted(about: Case, one: Record): string | null {
  const { fact, standing, dataset } = one;
  if (fact === undefined || standing === undefined) return 'is set aside and nowhere';
  const [problem] = JSON.parse(standing.problems) as { code: string }[];
  switch (problem?.code) {
    case 'VALUE_MISSING': return fact.bad ? null : 'is set aside as bad and is good';
    case 'REGION_REFUSED': return [...rowsOf(dataset, fact)].some(([place, text]) => about.region.refused.get(place)?.has(text) === true)
      ? met(about, 'a refusal of the region stands at the end') : 'is set aside and the region never refused it';
    case 'DUPLICATE_IDENTITY': return heldByAnother(about, one) ? met(about, 'an identity is held twice at the end') : 'is set aside for a rival it does not have';
    default: return `is set aside for no known reason: ${standing.problems}`;
  }
}

/** Another live record has this identity, or had it when it was last good. */
function heldByAnother({ county, oracle }: Case, { record, dataset, fact, standings }: Record): boolean {
  return [...county.truth[dataset].values()].some((other) => {
    const name = `${dataset}/${other.key}`;
    if (name === record || other.withdrawn) return false;
    return other.code === fact?.code || (standings.get(name)?.state === 'quarantined' && oracle.codes.get(name)?.has(fact?.code ?? '') === true);
  });
}

const newest = `
  select r.dataset || '/' || r.key as record, r.identity, e.state, e.operation, coalesce(e.problems, '[]') as problems
  from record r join envelope e on e.seq = r.seq`;

const leftovers = `
  select 'envelope ' || seq || ' is ' || state as fault from envelope where state in ('open', 'held', 'lent')
  union all select 'batch ' || no || ' is open' from batch where state = 'open'
  union all select 'run ' || id || ' is running' from run where state = 'running'
  union all select 'batch ' || no || ' was settled and no attempt is noted' from batch b where state in ('settled', 'split') and not exists (select 1 from attempt a where a.batch = b.no)
  union all select 'envelope ' || e.seq || ' is quarantined and not the newest' from envelope e join record r on r.id = e.record where e.state = 'quarantined' and r.seq <> e.seq
  union all select 'identity ' || a.identity || ' was delivered for ' || a.key || ' and ' || b.key from record a join record b on a.identity = b.identity and a.dataset = b.dataset and a.id < b.id
    join envelope x on x.seq = a.seq and x.state = 'delivered' join envelope y on y.seq = b.seq and y.state = 'delivered'`;
