import type { DownMapping } from '../mapping/down.ts';
import type { DownRow, DownTranslation, DownTranslator } from '../mapping/map-down.ts';
import type { Clock } from '../port/clock.ts';
import type { Agreed, ConflictNote, InboundLook, InboundStore } from '../port/inbound.ts';
import type { Sink } from '../port/sink.ts';
import type { Row } from '../record/change.ts';
import { Failure } from '../record/failure.ts';
import type { Issued } from '../record/issued.ts';
import type { Problem } from '../record/problem.ts';
import type { IssuedRecord } from './issued-text.ts';
import { readIssued } from './issued-text.ts';
import { planRow, textOf, type RowPlan } from './row-plan.ts';
import type { Upward } from './upward.ts';

/** One resource's way from the gateway into the county. */
export interface Applying {
  readonly down: DownMapping;
  readonly translator: DownTranslator;
  readonly sink: Sink;
  readonly store: Pick<InboundStore, 'epoch' | 'received' | 'agreed' | 'conclude'> & Pick<InboundLook, 'issued'>;
  /** When the region had last been read to its end, before these records were fetched; null: never. Used where a version is no moment. */
  readonly readBefore: number | null;
  readonly clock: Clock;
  /** Reads a version that is a moment of the site's local time; null when it is none. */
  readonly moment: (version: string) => number | null;
  /** Writes a moment in the site's local time. */
  readonly stamp: (wallMs: number, write: string) => string;
  readonly upward: Upward;
  readonly signal: AbortSignal;
  readonly progress: () => void;
}

/** Records applied together: one transaction at the county, one here. */
const together = 100;
/** How often a row that moves while it is decided on is looked at again. */
const tries = 5;

/**
 * Applies what was received until nothing is left. The county's database is another than the gateway's, so no transaction
 * spans both; each step may be the last before a crash:
 *
 *     received (here) ──▶ rows and mark (county, one transaction) ──▶ applied, agreed, conflicts, ledger (here, one transaction) ──▶ acknowledged (region)
 *
 * After the first step the record is safe; after the second the mark proves what was written, and what a clerk has changed
 * since is not taken back; after the third it is over; the fourth may be repeated.
 */
export async function apply(applying: Applying): Promise<void> {
  const { down: { resource }, store, sink, signal } = applying;
  const epoch = await store.epoch();
  while (!signal.aborted) {
    const received = await store.received(resource, together);
    if (received.length === 0) return applyToNewcomers(applying, epoch);
    const marked = markOf(await sink.mark(resource), epoch);
    const written = received.filter((one) => one.id <= marked);
    await applyTogether(applying, written.length > 0 ? { issued: written, written: true, epoch } : { issued: received, written: false, epoch });
    applying.progress();
  }
}

/** What was applied before is about rows too that have come to the county since: an item entered later is under its code like the others. */
async function applyToNewcomers(applying: Applying, epoch: string): Promise<void> {
  const { translator, down: { resource }, store, sink, signal } = applying;
  const mark = translator.rows.length === 0 ? null : await sink.mark(resource);
  for (let after: string | null = mark === null ? null : ''; after !== null && mark !== null && !signal.aborted;) {
    const page: Awaited<ReturnType<InboundLook['issued']>> = await store.issued(resource, after, together);
    await applyTogether(applying, { issued: page.filter(({ state }) => state === 'applied'), written: false, epoch, again: mark });
    applying.progress();
    after = page.length < together ? null : page.at(-1)?.key ?? null;
  }
}

/** Clocks of both sides may differ by so much (the region refuses more). */
const skewMs = 300_000;

/** What we sent from here on may have come to the region after it said this. */
function saidAt({ moment, readBefore }: Applying, { version }: Issued): number | null {
  const said = version === null ? null : moment(version);
  return said === null ? readBefore : said - skewMs;
}

/** The id of the last record of ours that the county has; 0 when its mark is not ours. */
function markOf(mark: string | null, epoch: string): number {
  const [whose, id] = (mark ?? '').split('/');
  return whose === epoch ? Number(id) : 0;
}

interface Batch {
  readonly issued: readonly Issued[];
  /** The mark says that the county has them. */
  readonly written: boolean;
  readonly epoch: string;
  /** The county's mark, which stays as it is: all this has been applied before. */
  readonly again?: string;
}

interface Mapped {
  readonly issued: Issued;
  readonly rows: readonly DownRow[];
}

type Ended = { readonly id: number; readonly state: 'applied' | 'overtaken' | 'refused'; readonly problems: readonly Problem[] };

async function applyTogether(applying: Applying, batch: Batch): Promise<void> {
  const { down: { resource }, clock, store, sink } = applying;
  const { ended: unmapped, mapped } = await mapAll(applying, batch.issued);
  // What was applied once stays so, whatever today's mapping makes of it.
  const ended = batch.again === undefined ? unmapped : [];
  let left = mapped;
  for (let attempt = 0; ; attempt += 1) {
    const plans = await planAll(applying, left, batch.written);
    const last = batch.issued.at(-1)?.id ?? 0;
    const writes = plans.flatMap(({ plan }, at) => (plan.write === null ? [] : [{ write: plan.write, at }]));
    if (batch.again !== undefined && writes.length === 0 && ended.length === 0) return;
    const done = batch.written ? { state: 'applied' as const } : await sink.apply({ mark: { stream: resource, value: batch.again ?? `${batch.epoch}/${last}` }, writes: writes.map(({ write }) => write) });
    if (done.state === 'applied') {
      const filled = plans.map(({ row, before, issued }) => ({ row, before, saidAt: saidAt(applying, issued) }));
      return store.conclude({
        resource, at: clock.wallMs(),
        ended: [...ended, ...(batch.again === undefined ? left : []).map(({ issued }): Ended => ({ id: issued.id, state: 'applied', problems: [] }))],
        agreed: agreedOf(plans), conflicts: plans.flatMap(conflictsOf(resource)), adopted: await applying.upward.adopt(filled),
      });
    }
    if (done.state === 'refused') {
      const refused = plans[writes[done.at]?.at ?? -1]?.issued;
      if (refused === undefined) throw new Error('the county refused a write that was not asked for');
      ended.push({ id: refused.id, state: 'refused', problems: [{ code: 'COUNTY_REFUSED', severity: 'refuse', table: writes[done.at]?.write.table ?? '', facts: { reason: done.reason } }] });
      left = left.filter((one) => one.issued.id !== refused.id);
    } else if (attempt >= tries) throw new Failure('COUNTY_MOVING', { resource, tries });
  }
}

/** Of several versions of one record only the newest goes in; what cannot be mapped is set aside. */
async function mapAll(applying: Applying, issued: readonly Issued[]): Promise<{ readonly ended: Ended[]; readonly mapped: readonly Mapped[] }> {
  const newest = new Map(issued.map((one) => [one.key, one.id]));
  const ended: Ended[] = [];
  const mapped: Mapped[] = [];
  for (const one of issued) {
    if (newest.get(one.key) !== one.id) {
      ended.push({ id: one.id, state: 'overtaken', problems: [] });
      continue;
    }
    const record = readIssued(one.text);
    const translation: DownTranslation = record === null ? { state: 'bad', problems: [{ code: 'NO_RECORD', severity: 'refuse', facts: { dataset: one.resource } }] } : applying.translator.translate(record, await lookedUp(applying, record));
    if (translation.state === 'bad') ended.push({ id: one.id, state: 'refused', problems: translation.problems });
    else mapped.push({ issued: one, rows: translation.rows });
  }
  return { ended, mapped };
}

/** The county's rows that the record points to, and those it is about. */
async function lookedUp({ sink, translator: { lookups, rows } }: Applying, record: IssuedRecord): Promise<Readonly<Record<string, readonly Row[]>>> {
  const found: Record<string, readonly Row[]> = {};
  const all = new Set(rows.map(({ name }) => name));
  for (const { name, table, key, by, columns } of [...lookups, ...rows]) {
    const value = record[by];
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    found[name] = await sink.matching(table, columns, { [key]: value }, all.has(name) ? Number.MAX_SAFE_INTEGER : undefined) ?? [];
  }
  return found;
}

interface Planned {
  readonly issued: Issued;
  readonly row: DownRow;
  readonly before: Readonly<Record<string, string | null>> | undefined;
  readonly plan: RowPlan;
}

async function planAll(applying: Applying, mapped: readonly Mapped[], applied: boolean): Promise<readonly Planned[]> {
  const { store, down, clock } = applying;
  const agreed = await store.agreed(down.resource, mapped.map(({ issued }) => issued.key));
  const current = await currentRows(applying.sink, mapped.flatMap(({ rows }) => rows));
  const stamp = (write: string): string => applying.stamp(clock.wallMs(), write);
  const planned: Planned[] = [];
  for (const { issued, rows } of mapped) {
    for (const row of rows) {
      const there = current.get(row);
      const before = await agreedNow(applying, { row, there, agreed: agreed.get(issued.key)?.[placeOf(row)] });
      planned.push({ issued, row, before, plan: planRow(row, { current: there, agreed: before, applied, stamp }) });
    }
  }
  return planned;
}

/** What was agreed, and what the county has changed since and the region has taken over. */
async function agreedNow({ upward }: Applying, { row, there, agreed }: { readonly row: DownRow; readonly there: Row | null | undefined; readonly agreed: Planned['before'] }): Promise<Planned['before']> {
  if (agreed === undefined || there === null || there === undefined) return agreed;
  const moved = Object.keys(agreed).filter((column) => row.record.owners[column] === 'shared' && textOf(there[column]) !== agreed[column]);
  const delivered = moved.length === 0 ? new Set<string>() : await upward.delivered(row, there);
  return { ...agreed, ...Object.fromEntries(moved.filter((column) => delivered.has(column)).map((column) => [column, textOf(there[column])])) };
}

/** The county's rows as they stand, one question for each table; a row that is not there is left out, and null where none can be read. */
async function currentRows(sink: Sink, rows: readonly DownRow[]): Promise<ReadonlyMap<DownRow, Row | null>> {
  const found = new Map<DownRow, Row | null>();
  for (const [record, group] of Map.groupBy(rows, (row) => row.record)) {
    const there = await sink.rows(record.table, Object.keys(record.fields), group.map((row) => row.key));
    group.forEach((row, at) => {
      const one = there === null ? null : there[at];
      if (one !== undefined) found.set(row, one);
    });
  }
  return found;
}

/** Names a row among those a record fills. */
export function placeOf({ record, key }: Pick<DownRow, 'record' | 'key'>): string {
  return `${record.table} ${record.key.map((column) => `${column}=${key[column]}`).join(' ')}`;
}

function agreedOf(plans: readonly Planned[]): readonly { readonly key: string; readonly rows: Agreed }[] {
  return [...Map.groupBy(plans, ({ issued }) => issued.key)].map(([key, of]) => (
    { key, rows: Object.fromEntries(of.map(({ row, before, plan }) => [placeOf(row), { ...before, ...plan.agreed }])) }));
}

function conflictsOf(resource: string): (planned: Planned) => readonly ConflictNote[] {
  return ({ issued, row, plan }) => plan.conflicts.map((one) => ({ ...one, resource, key: issued.key, table: row.record.table, row: row.key }));
}

