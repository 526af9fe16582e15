import type { Found } from '../../../src/port/finding.ts';
import type { TraceVersion } from '../../../src/port/store.ts';
import type { SealedRecord } from '../../../src/record/envelope.ts';
import { bodyOf, checkDataset, scopeOf, type Asked, type Handlers } from '../asked.ts';
import type { Holders } from '../holders.ts';
import { holderOf, scrubbed, secretsOf, shownField, shownIdentity, shownRows } from '../masking.ts';
import { Refusal } from '../refusal.ts';
import { shownProblem } from '../shown-problem.ts';
import type { World } from '../world.ts';

interface Wanted { readonly dataset?: string; readonly by?: 'any' | 'key' | 'identity' | 'holder'; readonly text: string; readonly state?: string; readonly limit?: number }

/** Finding a record, its whole walk, what its versions say, and in what two of them differ; always masked here. */
export function recordRoutes(world: World, holders: Holders): Handlers {
  return {
    reads: {
      searchRecords: (asked) => search(asked, world, holders),
      getRecord: (asked) => walk(asked, world),
      getRecordVersion: async (asked) => {
        const { record, dataset } = await recordFor(asked, world);
        const version = Number(asked.path['version']);
        const records = await rowsOf(record, version, world);
        return { json: { record, dataset, version, masked: true, endsAt: null, rows: shownRows(records, world.site(), 'masked') } };
      },
      getRecordDifferences: async (asked) => {
        const { record } = await recordFor(asked, world);
        const [from, to] = [await rowsOf(record, Number(asked.query['from']), world), await rowsOf(record, Number(asked.query['to']), world)];
        return { json: { fields: differences(from, to, world) } };
      },
    },
  };
}

async function search(asked: Asked, world: World, holders: Holders): Promise<{ readonly json: unknown }> {
  const { dataset, by = 'any', text, state, limit = 50 } = bodyOf<Wanted>(asked);
  if (dataset !== undefined) checkDataset(asked, dataset);
  const scope = dataset === undefined ? scopeOf(asked) : [dataset];
  const wanted = text.trim();
  const found = by === 'holder'
    ? (await world.read.found(await holders.find(wanted, limit))).filter((one) => scope === null || scope.includes(one.dataset))
    : await world.read.find(wanted, by, scope);
  const records = found.filter((one) => state === undefined || one.state === state).slice(0, limit).map((one) => shownFound(one, world));
  return { json: { records, next: null } };
}

function shownFound(one: Found, world: World): unknown {
  const site = world.site();
  const { record, dataset, key, identity, state, keptAt, version, atRegion, records } = one;
  return { record, dataset, title: titleOf(dataset, world), key, identity: shownIdentity(dataset, identity, site), holder: holderOf(records, site), state, keptAt, version, atRegion };
}

/** The record asked for, if the account's rights reach to its dataset. */
export async function recordFor(asked: Asked, world: World): Promise<Found> {
  const [found] = await world.read.found([Number(asked.path['record'])]);
  if (found === undefined) throw new Refusal(404, 'RECORD_UNKNOWN', { dataset: '—', key: String(asked.path['record']) });
  checkDataset(asked, found.dataset);
  return found;
}

async function walk(asked: Asked, world: World): Promise<{ readonly json: unknown }> {
  const { record, dataset, key, identity, records } = await recordFor(asked, world);
  const trace = await world.read.trace(dataset, key);
  if (trace === null) throw new Refusal(404, 'RECORD_UNKNOWN', { dataset, key });
  const site = world.site();
  const acknowledged = (await world.read.acknowledged(dataset, [key])).get(key);
  const secrets = secretsOf([...records, ...(acknowledged?.records ?? [])], site);
  return {
    json: {
      record, dataset, title: titleOf(dataset, world), key, identity: shownIdentity(dataset, identity, site), holder: holderOf(records, site), department: departmentOf(dataset, records, world),
      atRegion: trace.ledger === null ? null : { version: trace.ledger.version, rows: trace.ledger.rows.length },
      versions: trace.versions.map((one) => shownVersion(one, { asked, world, secrets })),
    },
  };
}

function shownVersion(one: TraceVersion, { asked, world, secrets }: { readonly asked: Asked; readonly world: World; readonly secrets: readonly string[] }): unknown {
  const { seq, version, operation, state, keptAt, settledAt, run, made, waits } = one;
  return {
    seq, version, operation, state, keptAt, settledAt, run, made, waits, problems: one.problems.map((problem) => shownProblem(problem, { site: world.site(), texts: asked.texts, secrets })),
    batches: one.batches.map(({ no, table, state: stands, writtenAt, attempts, receipts }) => ({
      no, table, state: stands, writtenAt, attempts: attempts.map(({ at, kind, verdict, detail }) => ({ at, kind, verdict, detail: scrubbed(detail, secrets) })),
      receipts: receipts.map(({ verdict, code, field, message }) => ({ verdict, code, field, message: scrubbed(message, secrets) })),
    })),
  };
}

/** What a version says; 0 is what the region has. */
export async function rowsOf(record: number, version: number, { read }: World): Promise<readonly SealedRecord[]> {
  if (version > 0) {
    const rows = await read.versionRows(record, version);
    if (rows === null) throw new Refusal(404, 'VERSION_WITHOUT_BODY', { version });
    return rows;
  }
  const name = await read.recordName(record);
  return name === null ? [] : (await read.acknowledged(name.dataset, [name.key])).get(name.key)?.records ?? [];
}

function differences(from: readonly SealedRecord[], to: readonly SealedRecord[], world: World): readonly unknown[] {
  const names = [...new Map([...from, ...to].map((one) => [`${one.table} ${one.rowGuid}`, one])).values()];
  return names.flatMap(({ table, rowGuid }, row) => {
    const [before, after] = [from, to].map((side) => side.find((one) => one.table === table && one.rowGuid === rowGuid))
      .map((one) => (one === undefined ? {} : JSON.parse(one.body) as Record<string, string | number | null>));
    return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].flatMap((field) => {
      const [was, is] = [before?.[field] ?? null, after?.[field] ?? null];
      if (was === is) return [];
      const shown = (value: string | number | null): string | number | null => shownField({ table, field, value }, world.site(), 'masked').value;
      return [{ table, row, field, label: shownField({ table, field, value: null }, world.site(), 'masked').label, from: shown(was), to: shown(is) }];
    });
  });
}

/** The department answerable for it, by its newest rows. */
function departmentOf(dataset: string, records: readonly SealedRecord[], world: World): string | null {
  for (const { table, field } of world.site().datasets.find((one) => one.dataset === dataset)?.department ?? []) {
    const record = records.find((one) => one.table === table);
    const value = record === undefined ? null : (JSON.parse(record.body) as Record<string, string | number | null>)[field] ?? null;
    if (value !== null) return String(value);
  }
  return null;
}

export function titleOf(dataset: string, { site }: World): string {
  return site().datasets.find((one) => one.dataset === dataset)?.title ?? dataset;
}
