import { explainingStore } from '../../adapters/store-sqlite/explaining.ts';
import { lookStore } from '../../adapters/store-sqlite/look.ts';
import type { Desk } from '../../adapters/store-sqlite/desk.ts';
import { compileContract } from '../../src/contract/contract.ts';
import type { DatasetMapping } from '../../src/mapping/dataset.ts';
import type { Bucket, Counterpart, ToldRow } from '../../src/port/compare.ts';
import type { CompareProfile } from '../../src/port/compare-profile.ts';
import type { Digests, OurRow } from '../../src/port/digests.ts';
import { compareRegion } from '../../src/reconcile/compare.ts';
import type { Comparison, DifferenceKind } from '../../src/record/comparison.ts';
import type { Dice } from './dice.ts';
import type { Notes } from './notes.ts';
import { wording, type Place } from './oracle.ts';

const tables = { items: ['up_task_general_basic'], cases: ['up_pro_accept', 'up_pro_process', 'up_pro_material'] } as const;
type Dataset = keyof typeof tables;
type Rows = ReadonlyMap<Place, readonly string[]>;

const contract = compileContract({ tables: {}, dictionaries: {}, fields: {}, rules: [], text: { unit: 'characters', repertoire: 'unicode' }, control: [], replacements: {} });
const profile: CompareProfile = {
  mode: 'digests', method: 'POST', path: '', prefix: '', rows: '', row: { rowGuid: '', digest: '' }, buckets: '', bucket: { prefix: '', count: '', digest: '' }, digest: 'hex', line: '',
};
const leaf = 3;

/** At the end both sides, compared, agree; and what a hand then does to the region is found, each row by its kind. */
export async function judgeComparing(about: { readonly desk: Desk; readonly rows: Rows; readonly notes: Notes; readonly dice: Dice }): Promise<void> {
  const { desk, rows, notes, dice } = about;
  for (const dataset of ['items', 'cases'] as const) {
    const found = await compare(desk, dataset, rows);
    for (const one of found.differences) notes.breach(`compared at the end, ${one.table} ${one.rowGuid} is ${one.kind}`);
  }
  const { changed, planted } = plant(rows, dice);
  const met = new Map<Place, DifferenceKind>();
  let owed = 0;
  for (const dataset of ['items', 'cases'] as const) {
    const found = await compare(desk, dataset, changed);
    owed += found.onTheWay;
    for (const one of found.differences) met.set(`${one.table}\t${one.rowGuid}`, one.kind);
  }
  for (const [place, kind] of met) if (planted.get(place) !== kind) notes.breach(`${place} was made ${planted.get(place) ?? 'nothing'} by hand, and found ${kind}`);
  if (met.size + owed !== planted.size) notes.breach(`of ${planted.size} rows changed by hand ${met.size} were found, and ${owed} are on their way`);
  if (met.size > 1) notes.sometimes('a hand changes the region, and it is found');
}

function plant(rows: Rows, dice: Dice): { readonly changed: Rows; readonly planted: ReadonlyMap<Place, DifferenceKind> } {
  const changed = new Map(rows);
  const planted = new Map<Place, DifferenceKind>();
  for (const [place, texts] of rows) {
    if (!dice.chance(0.2)) continue;
    const kind = dice.pick(['missing', 'different', 'duplicate', 'extra'] as const);
    const at: Place = kind === 'extra' ? `${place}-x` : place;
    planted.set(at, kind);
    if (kind === 'missing') changed.delete(place);
    else changed.set(at, kind === 'duplicate' ? [...texts, ...texts] : ['由手改过']);
  }
  return { changed, planted };
}

async function compare(desk: Desk, dataset: Dataset, rows: Rows): Promise<Comparison> {
  const clock = { wallMs: () => 0, steadyMs: () => 0, rest: async () => undefined };
  return compareRegion({
    dataset: mappingOf(dataset), datasets: [dataset], profile, counterpart: counterpartOf(rows), digests: digestsOf(desk),
    store: { ...explainingStore(desk), ...lookStore(desk) }, contract, clock, signal: new AbortController().signal,
  });
}

function mappingOf(dataset: Dataset): DatasetMapping {
  return {
    dataset, title: dataset, source: 'hall', from: { table: dataset, key: 'ID', where: {}, gone: {}, lookups: {}, children: {} }, identity: [], needs: null,
    records: tables[dataset].map((table) => ({ table, fields: {} })), codes: {},
  };
}

/** Rows under a prefix, and what a bucket of them says: here nothing is hashed. */
function bucketOf(prefix: string, rows: readonly ToldRow[]): Bucket {
  return { prefix, count: rows.length, digest: rows.map((row) => `${row.rowGuid}:${row.digest ?? ''}`).join('\n') };
}

function counterpartOf(rows: Rows): Counterpart {
  const silent = async (): Promise<{ verdict: 'denied'; reason: string }> => ({ verdict: 'denied', reason: 'NOT_IN_PROFILE' });
  return {
    digests: async (table, prefix) => {
      const found = sorted([...rows].filter(([place]) => place.startsWith(`${table}\t${prefix}`))
        .flatMap(([place, texts]) => texts.map((digest): ToldRow => ({ rowGuid: place.slice(table.length + 1), digest }))));
      const [first = '', last = ''] = [found[0]?.rowGuid, found.at(-1)?.rowGuid];
      if (found.length <= leaf || first === last) return { verdict: 'told', value: { rows: found } };
      let depth = prefix.length;
      while (depth < first.length && first[depth] === last[depth]) depth += 1;
      const buckets = Map.groupBy(found, (row) => row.rowGuid.slice(0, depth + 1));
      // A row whose key is where the others go on is told among the rows of a bucket of its own.
      return [...buckets.keys()].some((name) => name.length <= prefix.length) ? { verdict: 'told', value: { rows: found } }
        : { verdict: 'told', value: { buckets: [...buckets].map(([name, all]) => bucketOf(name, all)) } };
    },
    groups: silent, keys: silent, show: silent,
  };
}

/** Our side, straight from the ledger. */
function digestsOf(desk: Desk): Digests {
  const all = (table: string): readonly OurRow[] => desk.all<{ record: number; rows: string }>('select record, rows from ledger').flatMap(({ record, rows }) => (
    rows.split('\n').map((line) => line.split('\t')).filter(([one]) => one === table)
      .map(([, rowGuid = '', body = '']) => ({ record, rowGuid, digest: wording(JSON.parse(body) as Record<string, unknown>) }))));
  const under = (table: string, prefix: string): readonly OurRow[] => sorted(all(table).filter((row) => row.rowGuid.startsWith(prefix)));
  return {
    refresh: async () => 0, count: async (table) => all(table).length, bucket: async (table, prefix) => bucketOf(prefix, under(table, prefix)),
    rows: async (table, prefix, but = []) => under(table, prefix).filter((row) => !but.some((one) => row.rowGuid.startsWith(one))),
    page: async () => [], groups: async () => [], inGroup: async () => [], close: async () => undefined,
  };
}

function sorted<T extends { readonly rowGuid: string }>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((a, b) => (a.rowGuid < b.rowGuid ? -1 : a.rowGuid > b.rowGuid ? 1 : 0));
}
