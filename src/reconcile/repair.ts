import type { DatasetMapping } from '../mapping/dataset.ts';
import type { Clock } from '../port/clock.ts';
import type { Acknowledged, FoundAtRegion, IntakeStore, Keep, LedgerEntry, LookStore, RepairStore } from '../port/store.ts';
import type { Difference } from '../record/comparison.ts';
import type { Mapped, Need, SealedRecord } from '../record/envelope.ts';
import { goneFingerprint, type Standing } from '../record/standing.ts';

/** How found differences are mended: by whom and with what. */
export interface Repairing {
  readonly dataset: DatasetMapping;
  readonly differences: readonly Difference[];
  readonly run: number;
  readonly store: RepairStore & Pick<IntakeStore, 'standings' | 'arrived'> & Pick<LookStore, 'acknowledged'>;
  /** The record as the county has it now, for texts that are no longer kept. */
  readonly readAgain: (key: string) => Promise<Mapped>;
  readonly clock: Clock;
  /** False when it must end here. */
  readonly room: () => Promise<boolean>;
  readonly progress: (records: number) => void;
}

const together = 200;

interface Broken {
  readonly key: string;
  readonly differences: readonly Difference[];
  readonly standing: Standing;
  readonly had: Acknowledged | undefined;
}

/**
 * Mends by telling the ledger the truth and letting the record's version go out again: what delivery then asks of the region
 * is just what it lacks, has wrong or has too much of. Each repair is an envelope like every other, so order, need, receipts
 * and quarantine hold for it; a record that is on its way is left to what travels.
 */
export async function keepRepairs(repairing: Repairing): Promise<void> {
  const byKey = [...Map.groupBy(repairing.differences, (one) => one.key ?? `${one.table}/${one.rowGuid}`)];
  for (let from = 0; from < byKey.length; from += together) {
    if (!(await repairing.room())) return;
    const page = byKey.slice(from, from + together);
    while (!(await keepPage(repairing, page))) { /* something has moved on: judged anew */ }
    repairing.progress(page.length);
  }
}

async function keepPage(repairing: Repairing, page: readonly (readonly [string, readonly Difference[]])[]): Promise<boolean> {
  const { dataset, store, run, clock } = repairing;
  const keys = page.map(([key]) => key);
  const standings = await store.standings(dataset.dataset, keys);
  const had = await store.acknowledged(dataset.dataset, keys);
  const broken = page.flatMap(([key, differences]): Broken[] => {
    const standing = standings.get(key);
    return standing === undefined || isMoving(standing) ? [] : [{ key, differences, standing, had: had.get(key) }];
  });
  const strangers = page.filter(([key]) => !standings.has(key)).map(([key, differences]) => ({ key, rows: differences.flatMap(copiesOf) }));
  const keeps = (await Promise.all(broken.map((one) => keepOf(repairing, one)))).filter((one) => one !== null);
  const found = broken.map((one): FoundAtRegion => ({ key: one.key, rows: rowsFound(one) }));
  return store.repair({
    dataset: dataset.dataset, run, at: clock.wallMs(), keeps: await withNeeds(store, keeps), read: new Map(), cursor: null,
    counts: { read: broken.length, same: broken.length - keeps.length, quarantined: 0 },
  }, found, strangers);
}

function isMoving({ begun, state }: Standing): boolean {
  return begun !== null || state === 'open' || state === 'waiting' || state === 'held';
}

/** What is to be sent so that the region has what it should; null when that is for a later version to bring, once a person has mended it. */
async function keepOf(repairing: Repairing, { key, standing: before, had }: Broken): Promise<Keep | null> {
  if (before.fingerprint === goneFingerprint) return { kind: 'remove', key, state: 'open', before };
  if (before.state === 'quarantined') return null;
  const whole = had !== undefined && had.ledger.fingerprint !== '' && had.records.length === had.ledger.rows.length;
  if (whole) return put(repairing.dataset, { key, identity: before.identity, fingerprint: had.ledger.fingerprint, records: had.records, before });
  const again = await repairing.readAgain(key);
  return again.state === 'good' ? put(repairing.dataset, { ...again, before }) : null;
}

function put(dataset: DatasetMapping, version: Pick<Extract<Keep, { kind: 'put' }>, 'key' | 'identity' | 'fingerprint' | 'records' | 'before'>): Keep {
  const { key, identity, fingerprint, records, before } = version;
  return { kind: 'put', key, identity, fingerprint, records, problems: [], state: 'open', need: needOf(dataset, records), before };
}

/** What a version needs at the region, read from what it says. */
function needOf({ needs }: DatasetMapping, records: readonly SealedRecord[]): Need | null {
  if (needs === null) return null;
  for (const { table, field } of needs.identity) {
    const record = records.find((one) => one.table === table);
    const value = record === undefined ? null : (JSON.parse(record.body) as Readonly<Record<string, unknown>>)[field] ?? null;
    if (value !== null) return { dataset: needs.dataset, identity: String(value) };
  }
  return null;
}

/** Versions whose need the region does not hold wait for it, as in every other run. */
async function withNeeds(store: Pick<IntakeStore, 'arrived'>, keeps: readonly Keep[]): Promise<readonly Keep[]> {
  const needs = keeps.flatMap((one) => (one.kind === 'put' && one.need !== null ? [one.need] : []));
  const [first] = needs;
  if (first === undefined) return keeps;
  const there = await store.arrived(first.dataset, [...new Set(needs.map((need) => need.identity))]);
  return keeps.map((one) => (one.kind === 'put' && one.need !== null && !there.has(one.need.identity) ? { ...one, state: 'waiting' } : one));
}

type Rows = LedgerEntry['rows'];

/** What the region has of the record: what the ledger says, but for what was found otherwise. */
function rowsFound({ had, differences }: Broken): Rows {
  const otherwise = new Map(differences.map((one) => [placeOf(one), one]));
  const rows = (had?.ledger.rows ?? []).flatMap((row): Rows => {
    const difference = otherwise.get(placeOf(row));
    otherwise.delete(placeOf(row));
    return difference === undefined ? [row] : copiesOf(difference);
  });
  return [...rows, ...[...otherwise.values()].flatMap(copiesOf)];
}

function copiesOf({ table, rowGuid, theirs }: Difference): Rows {
  return theirs.map((digest) => ({ table, rowGuid, digest: digest === null ? '' : Buffer.from(digest, 'hex').toString('base64url') }));
}

function placeOf({ table, rowGuid }: { readonly table: string; readonly rowGuid: string }): string {
  return `${table}\t${rowGuid}`;
}
