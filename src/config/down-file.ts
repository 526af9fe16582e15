import type { DownMapping, DownRecord } from '../mapping/down.ts';
import type { CodeTable, FieldMapping } from '../mapping/dataset.ts';
import type { Decide, Owner } from '../record/issued.ts';
import { fieldMapping } from './field-mapping.ts';
import { identifier } from './identifier.ts';
import type { Known } from './known.ts';
import { nearest } from './nearest.ts';
import { itemsAt, keysAt, pairsAt, spotAt, textAt } from './peek.ts';
import { block, may, must } from './read-block.ts';
import { list, named, oneOf, oneOrMore, text, yes, type Reader } from './read.ts';
import { when } from './record-mapping.ts';
import type { Spot } from './spot.ts';

/** What a mapping of pulled data is read against. */
export interface KnownDown {
  readonly known: Known;
  readonly sinks: readonly string[];
  /** Undefined where the profile could not be read. */
  readonly resources: readonly string[] | undefined;
  readonly datasets: readonly string[];
}

const pointedAt = block({ table: must(identifier), key: must(identifier), by: must(identifier) });

/** A file of `down/`: what the records of one resource mean at the county. */
export function downFile(around: KnownDown): Reader<DownMapping> {
  return (spot) => {
    const objects = [...namesAt(spot, 'objects'), ...keysAt(spot, 'from', 'lookups')];
    const lists = [...namesAt(spot, 'lists'), ...keysAt(spot, 'from', 'rows')];
    const found = block({
      resource: must(oneAmong(around.resources, 'RESOURCE_NOT_ISSUED')),
      title: must(text),
      sink: must(oneAmong(around.sinks, 'SINK_UNKNOWN')),
      from: may(block({ objects: may(list(identifier)), lists: may(list(identifier)), lookups: may(named(() => pointedAt)), rows: may(named(() => pointedAt)) })),
      up: may(block({ dataset: must(oneAmong(around.datasets, 'DATASET_UNKNOWN')), has: may(list(text, 0)) })),
      records: must(list(downRecord({ objects, lists }, around.known))),
    })(spot);
    checkTables(spot);
    const codes = turned(spot, around.known);
    if (found === undefined) return undefined;
    const { from, up, ...rest } = found;
    return {
      ...rest, codes, from: { objects: from?.objects ?? [], lists: from?.lists ?? [], lookups: from?.lookups ?? {}, rows: from?.rows ?? {} },
      ...(up === undefined ? {} : { up: { dataset: up.dataset, has: up.has ?? [] } }),
    };
  };
}

function downRecord({ objects, lists }: { readonly objects: readonly string[]; readonly lists: readonly string[] }, known: Known): Reader<DownRecord> {
  return (spot) => {
    const columns = keysAt(spot, 'fields');
    const rows = { lookups: objects, each: keysAt(spot).includes('each'), paired: false };
    const column = oneAmong(columns, 'COLUMN_NOT_MAPPED');
    const found = block({
      table: must(identifier),
      key: must(oneOrMore(column)),
      each: may(oneAmong(lists, 'CHILD_UNKNOWN')),
      when: may(when(rows)),
      enters: may(yes),
      required: may(list(column)),
      owners: may(block({ county: may(list(column)), empty: may(list(column)), shared: may(shared(columns)) })),
      stamp: may(block({ column: must(identifier), write: must(text) })),
      fields: must(named((_, key) => (one): FieldMapping | undefined => (identifier(key) === undefined ? undefined : fieldMapping({ field: undefined, known }, rows)(one)))),
    })(spot);
    if (found === undefined) return undefined;
    const { owners = {}, enters, required = [], ...rest } = found;
    const owned = (names: readonly string[], owner: Owner): readonly (readonly [string, Owner])[] => names.map((name) => [name, owner]);
    return {
      ...rest, required, enters: enters ?? true, decide: owners.shared ?? {},
      owners: Object.fromEntries([...owned(owners.county ?? [], 'county'), ...owned(owners.empty ?? [], 'empty'), ...owned(Object.keys(owners.shared ?? {}), 'shared')]),
    };
  };
}

function shared(columns: readonly string[]): Reader<Readonly<Record<string, Decide>>> {
  return named((_, key) => (spot) => (oneAmong(columns, 'COLUMN_NOT_MAPPED')(key) === undefined ? undefined : oneOf('region', 'county', 'ask')(spot)));
}

function oneAmong(names: readonly string[] | undefined, code: string): Reader<string> {
  return (spot) => {
    const name = text(spot);
    return name === undefined || names === undefined || names.includes(name) ? name : spot.mistake(code, { name, dataset: name, child: name, near: nearest(name, names) });
  };
}

function namesAt(spot: Spot, key: string): readonly string[] {
  return itemsAt(spot, 'from', key).flatMap((item) => textAt(item) ?? []);
}

/** One record for each table, so that a row is decided on once. */
function checkTables(spot: Spot): void {
  const met = new Set<string>();
  for (const table of itemsAt(spot, 'records').map((record) => spotAt(record, 'table'))) {
    const name = textAt(table);
    if (name !== undefined && met.has(name)) table.mistake('NAME_TWICE', { name });
    if (name !== undefined) met.add(name);
  }
}

/** The code tables in use, the other way round; where several county codes mean one of the region's, `back` must say which is meant. */
function turned(spot: Spot, known: Known): DownMapping['codes'] {
  const codes: Record<string, CodeTable> = {};
  for (const place of itemsAt(spot, 'records').flatMap((record) => pairsAt(record, 'fields')).map(({ value }) => spotAt(value, 'code'))) {
    const file = known.codes.get(textAt(place) ?? '');
    if (file === undefined) continue;
    const { table } = file;
    const back = [...Map.groupBy(table.entries, (entry) => entry.to)].map(([to, entries]) => {
      const chosen = entries.length === 1 ? entries : entries.filter((entry) => entry.back === true);
      if (chosen.length !== 1) place.mistake('CODE_NOT_REVERSIBLE', { table: table.table, value: to, known: entries.map((entry) => entry.from).join('、') });
      return { from: to, to: chosen[0]?.from ?? '', county: chosen[0]?.region ?? '', region: chosen[0]?.county ?? '' };
    });
    codes[table.table] = { ...table, entries: back };
  }
  return codes;
}
