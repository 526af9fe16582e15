import { hash } from 'node:crypto';
import type { Contract } from '../contract/contract.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { DownRow } from '../mapping/map-down.ts';
import type { Adoption } from '../port/inbound.ts';
import type { Source } from '../port/source.ts';
import type { LookStore } from '../port/store.ts';
import type { Change, PresentChange, Row } from '../record/change.ts';
import type { Mapped, SealedRecord } from '../record/envelope.ts';
import { textOf } from './row-plan.ts';

/** The dataset by which the county reports the rows that a resource fills. */
export interface UpwardParts {
  readonly mapping: Mapping;
  readonly contract: Contract;
  /** Tables in which the region has the record when it issues it. */
  readonly has: readonly string[];
  readonly examine: (change: Change) => Mapped;
  readonly source: Pick<Source, 'one'>;
  readonly store: Pick<LookStore, 'acknowledged'>;
}

/** A row that a record has filled, with what both sides agreed on before. */
export interface Filled {
  readonly row: DownRow;
  readonly before: Readonly<Record<string, string | null>> | undefined;
  /** What we sent from then on may have come to the region after it said this. */
  readonly saidAt: number | null;
}

/** What pulling must know of reporting, so that nothing is sent back to where it came from. */
export interface Upward {
  /** Columns of a row in which the county's value has reached the region, so that both agree on it whatever was agreed before. */
  delivered(row: DownRow, current: Row): Promise<ReadonlySet<string>>;
  /** What the region has of these rows because it said so itself. */
  adopt(filled: readonly Filled[]): Promise<readonly Adoption[]>;
}

/** A resource whose rows the county does not report. */
export const notReported: Upward = { delivered: async () => new Set(), adopt: async () => [] };

/** Values of the region's rows that a county row becomes, by table and row_guid, then by field. */
type Values = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** Holds pulled rows against what their dataset has sent and would send. */
export function upwardOf(parts: UpwardParts): Upward {
  const { mapping: { selection }, store } = parts;
  const keyOf = (row: DownRow): string | null => (row.record.table === selection.table ? textOf(row.key[selection.key] ?? row.values[selection.key]) : null);
  return {
    delivered: async (row, current) => {
      const key = keyOf(row);
      const had = key === null ? undefined : (await store.acknowledged(parts.mapping.dataset, [key])).get(key);
      if (key === null || had === undefined) return new Set();
      const change = await changeOf(parts, key, current);
      return new Set(Object.keys(row.values).filter((column) => row.record.owners[column] === 'shared' && hasCounty(parts, { change, column, records: had.records })));
    },
    adopt: async (filled) => {
      const adopted: Adoption[] = [];
      for (const one of filled) {
        const key = keyOf(one.row);
        const adoption = key === null ? null : await adoptionOf(parts, key, one);
        if (adoption !== null) adopted.push(adoption);
      }
      return adopted;
    },
  };
}

/** Whether every field that hangs on this column says at the region what the county's value makes of it. */
function hasCounty(parts: UpwardParts, { change, column, records }: { readonly change: PresentChange; readonly column: string; readonly records: readonly SealedRecord[] }): boolean {
  const now = valuesOf(parts, change);
  const without = valuesOf(parts, withColumns(change, { [column]: null }));
  const fields = differing(now, without);
  return fields.length > 0 && fields.every(({ place, field }) => {
    const record = records.find((one) => placeOf(one) === place);
    return record !== undefined && (JSON.parse(record.body) as Record<string, unknown>)[field] === now.get(place)?.[field];
  });
}

async function adoptionOf(parts: UpwardParts, key: string, filled: Filled): Promise<Adoption | null> {
  const { mapping, store, examine, source } = parts;
  const had = (await store.acknowledged(mapping.dataset, [key])).get(key);
  const region = Object.fromEntries(Object.entries(filled.row.values).filter(([column]) => ['region', 'shared'].includes(filled.row.record.owners[column] ?? 'region')));
  const change = await changeOf(parts, key, { ...filled.row.key, ...filled.row.values });
  const said = valuesOf(parts, withColumns(change, region));
  if (had === undefined) return firstAdoption(parts, { key, change, said });
  const empty = Object.fromEntries(Object.keys(region).map((column) => [column, null]));
  const touched = [valuesOf(parts, withColumns(change, empty)), valuesOf(parts, withColumns(change, { ...empty, ...filled.before })), valuesOf(parts, change)].flatMap((other) => differing(said, other));
  const records = had.ledger.rows.map((row): SealedRecord => patched(had.records.find((one) => placeOf(one) === placeOf(row)) ?? { ...row, body: '' }, touched, said));
  if (records.every((one, at) => one.digest === had.ledger.rows[at]?.digest)) return null;
  const now = await source.one(mapping.selection, key);
  const mapped = now.state === 'gone' ? null : examine(now);
  const same = mapped?.state === 'good' && samePlaces(mapped.records, records);
  return { dataset: mapping.dataset, key, identity: null, unlessSentSince: filled.saidAt, records, fingerprint: same ? mapped.fingerprint : null };
}

/** The region has what it issued in these tables, and nobody here knows in which words. */
function firstAdoption({ mapping, has }: UpwardParts, { key, change, said }: { readonly key: string; readonly change: PresentChange; readonly said: Values }): Adoption | null {
  const records = [...said.keys()].map((place): SealedRecord => ({ table: place.split('\t')[0] ?? '', rowGuid: place.split('\t')[1] ?? '', body: '', digest: '' })).filter((one) => has.includes(one.table));
  const translation = mapping.translate(change);
  return records.length === 0 ? null : { dataset: mapping.dataset, key, identity: translation.state === 'present' ? translation.identity : null, unlessSentSince: null, records, fingerprint: null };
}

function patched(record: SealedRecord, touched: readonly { readonly place: string; readonly field: string }[], said: Values): SealedRecord {
  if (record.body === '') return record;
  const place = placeOf(record);
  const body = JSON.parse(record.body) as Record<string, unknown>;
  for (const { field } of touched.filter((one) => one.place === place)) body[field] = said.get(place)?.[field] ?? null;
  const text = JSON.stringify(body);
  return { ...record, body: text, digest: hash('sm3', text, 'base64url') };
}

function differing(a: Values, b: Values): readonly { readonly place: string; readonly field: string }[] {
  return [...a].flatMap(([place, fields]) => Object.keys(fields).filter((field) => fields[field] !== b.get(place)?.[field]).map((field) => ({ place, field })));
}

function valuesOf({ mapping, contract }: UpwardParts, change: PresentChange): Values {
  const translation = mapping.translate(change);
  if (translation.state === 'gone') return new Map();
  return new Map(translation.records.map(({ table, values }) => {
    const { fields } = contract.shape(table);
    return [`${table}\t${values[0]}`, Object.fromEntries(fields.map(({ name }, at) => [name, values[at] ?? null]))];
  }));
}

/** The county's record as it stands; one that is not published is looked at as if it were, with what is known of its row. */
async function changeOf({ mapping: { selection }, source }: UpwardParts, key: string, known: Row): Promise<PresentChange> {
  const change = await source.one(selection, key);
  if (change.state === 'present') return change;
  const columns = [...selection.columns, selection.key, ...selection.lookups.map((one) => one.by), ...(selection.time === undefined ? [] : [selection.time])];
  const published = Object.fromEntries(Object.entries(selection.where ?? {}).map(([column, values]) => [column, values[0] ?? null]));
  const row: Row = { ...Object.fromEntries(columns.map((column) => [column, null])), ...known, ...published };
  return {
    state: 'present', key, row,
    children: Object.fromEntries(selection.children.map((one) => [one.name, []])),
    lookups: Object.fromEntries(selection.lookups.map((one) => [one.name, undefined])),
  };
}

function withColumns(change: PresentChange, columns: Row): PresentChange {
  return { ...change, row: { ...change.row, ...columns } };
}

function placeOf({ table, rowGuid }: { readonly table: string; readonly rowGuid: string }): string {
  return `${table}\t${rowGuid}`;
}

function samePlaces(a: readonly SealedRecord[], b: readonly SealedRecord[]): boolean {
  return a.length === b.length && a.every((one) => b.some((other) => placeOf(other) === placeOf(one) && other.digest === one.digest));
}
