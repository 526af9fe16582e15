import type { Contract } from '../contract/contract.ts';
import { masked } from '../contract/masked.ts';
import type { Value } from '../contract/table-shape.ts';
import type { Belonging, ExplainingStore, Said, ShownRow } from '../port/compare.ts';
import type { CompareProfile } from '../port/compare-profile.ts';
import type { Digests } from '../port/digests.ts';
import type { LookStore } from '../port/store.ts';
import type { Difference, DifferenceKind, FieldDifference, Mending } from '../record/comparison.ts';
import type { SealedRecord } from '../record/envelope.ts';
import type { Asking } from './asking.ts';
import type { Found } from './found.ts';

/** What explaining is done with. */
export interface Explaining {
  readonly profile: CompareProfile;
  readonly digests: Digests;
  readonly asking: Asking;
  readonly store: ExplainingStore & Pick<LookStore, 'acknowledged'>;
  readonly contract: Contract;
  /** The dataset compared: whose county key a row is traced by when its record is known. */
  readonly dataset: string;
  /** All datasets that fill its tables. */
  readonly datasets: readonly string[];
}

/** Rows the region is asked to show at most; the others are told without their fields. */
const mostShown = 1_000;
const together = 500;

interface Standing {
  readonly found: Found;
  readonly belongs: Belonging | null;
  readonly said: readonly Said[];
}

/** Says of each row why both sides disagree; rows whose record is on its way are set apart, for nothing can be said of them yet. */
export async function explain(explaining: Explaining, found: readonly Found[]): Promise<{ readonly differences: readonly Difference[]; readonly onTheWay: number }> {
  const standing: Standing[] = [];
  let onTheWay = 0;
  if (found.length > 0) await explaining.digests.refresh(explaining.datasets);
  for (let from = 0; from < found.length; from += together) {
    for (const one of await standingOf(explaining, found.slice(from, from + together))) {
      if (one === 'moving') onTheWay += 1;
      else standing.push(one);
    }
  }
  const shown = await showAll(explaining, standing.filter((one) => kindOf(one) === 'different').slice(0, mostShown));
  return { onTheWay, differences: standing.map((one) => differenceOf(explaining, one, shown)) };
}

/** A row that has been settled since it was compared, or whose record waits or travels, is `moving`. */
async function standingOf({ store, digests }: Explaining, found: readonly Found[]): Promise<readonly (Standing | 'moving')[]> {
  const owners = await store.belongings(found.flatMap(({ ours }) => (ours === null ? [] : [ours.record])));
  const said = await store.everSaid(found.filter(needsHistory).map(({ table, rowGuid, ours }) => ({ table, rowGuid, record: ours?.record ?? null })));
  return Promise.all(found.map(async (one) => {
    const now = (await digests.rows(one.table, one.rowGuid)).find((row) => row.rowGuid === one.rowGuid) ?? null;
    const versions = said.get(`${one.table}\t${one.rowGuid}`) ?? [];
    const belongs = (one.ours === null ? undefined : owners.get(one.ours.record)) ?? versions[0] ?? null;
    return now?.digest !== one.ours?.digest || belongs?.onTheWay === true ? 'moving' : { found: one, belongs, said: versions };
  }));
}

function needsHistory({ theirs }: Found): boolean {
  return theirs.length > 0;
}

function kindOf({ found: { ours, theirs }, said }: Standing): DifferenceKind {
  if (theirs.length === 0) return 'missing';
  if (ours === null) return 'extra';
  if (theirs.length > 1) return 'duplicate';
  return said.some((one) => one.digest === theirs[0] && one.digest !== ours.digest) ? 'older' : 'different';
}

function mendingOf(kind: DifferenceKind, profile: CompareProfile): Mending {
  switch (kind) {
    case 'missing': return 'create';
    case 'different': case 'older': return 'update';
    case 'extra': return 'remove';
    case 'duplicate': return profile.mode !== 'receipts' && profile.removes === 'newest' ? 'remove' : 'person';
  }
}

function differenceOf({ profile }: Explaining, one: Standing, shown: ReadonlyMap<Found, readonly FieldDifference[]>): Difference {
  const { found, belongs, said } = one;
  const kind = kindOf(one);
  return {
    kind, table: found.table, rowGuid: found.rowGuid, key: belongs?.key ?? null, ours: found.ours?.digest ?? null, theirs: found.theirs,
    version: kind === 'older' ? said.find((version) => version.digest === found.theirs[0])?.said ?? null : null,
    fields: shown.get(found) ?? null, mending: mendingOf(kind, profile),
  };
}

/** Field by field what the region shows beside what it acknowledged, as far as that is still kept. */
async function showAll(explaining: Explaining, standing: readonly Standing[]): Promise<ReadonlyMap<Found, readonly FieldDifference[]>> {
  const { profile, asking, store, dataset } = explaining;
  const shown = new Map<Found, readonly FieldDifference[]>();
  if (profile.mode === 'receipts' || profile.show === undefined || standing.length === 0) return shown;
  const had = await store.acknowledged(dataset, standing.flatMap(({ belongs }) => (belongs === null ? [] : [belongs.key])));
  for (const { found, belongs } of standing) {
    const ours = had.get(belongs?.key ?? '')?.records.find((record) => record.table === found.table && record.rowGuid === found.rowGuid);
    if (ours === undefined) continue;
    const [theirs] = await asking.ask({ table: found.table }, (region) => region.show(found.table, found.rowGuid));
    if (theirs !== undefined) shown.set(found, fieldsOf(explaining, ours, theirs));
  }
  return shown;
}

function fieldsOf({ contract }: Explaining, ours: SealedRecord, theirs: ShownRow): readonly FieldDifference[] {
  const said = JSON.parse(ours.body) as Readonly<Record<string, Value>>;
  const shape = contract.shape(ours.table);
  const strange = Object.keys(theirs).filter((name) => !shape.position.has(name));
  return [...shape.fields.flatMap((field): FieldDifference[] => {
    const [our, their] = [said[field.name] ?? null, valueOf(theirs[field.name])];
    return our === their ? [] : [{ field: field.name, ours: masked(field, our), theirs: masked(field, their) }];
  }), ...strange.map((field): FieldDifference => ({ field, ours: null, theirs: '…' }))];
}

function valueOf(value: unknown): Value {
  return value === null || value === undefined ? null : typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}
