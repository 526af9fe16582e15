import type { RegionStore } from './region-store.ts';

/** One thing that truly happened to one record. */
export interface Effect {
  /** Grows with time; where to go on from. */
  readonly id: number;
  readonly batchNo: string;
  readonly table: string;
  readonly rowGuid: string;
  readonly operation: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** More than a batch can hold: an effect's id is its batch's id times this, plus its place. */
const idStride = 1000;

/** Effects after an id, in the order in which they happened. */
export function effectsAfter(store: RegionStore, after: number, limit: number): { readonly effects: readonly Effect[]; readonly next: number } {
  const batches = store.database.prepare(`select b.id, b.no, t.name, b.at, coalesce(b.applied, b.guids) as guids, b.operations
    from batch b join tbl t on t.id = b.tbl where b.id >= ? order by b.id`);
  const effects: Effect[] = [];
  for (const row of batches.iterate(Math.floor(after / idStride))) {
    const at = new Date(Number(row['at'])).toISOString();
    const guids = JSON.parse(String(row['guids'])) as readonly string[];
    for (const [place, rowGuid] of guids.entries()) {
      const id = Number(row['id']) * idStride + place + 1;
      if (id <= after) continue;
      if (effects.length === limit) return { effects, next: effects.at(-1)?.id ?? after };
      effects.push({ id, batchNo: String(row['no']), table: String(row['name']), rowGuid, operation: String(row['operations'])[place] ?? '', at });
    }
  }
  return { effects, next: effects.at(-1)?.id ?? after };
}

/** Row_guids in effect more than once, and batch numbers applied more than once; both ought to be none. */
export function duplicates(store: RegionStore): { readonly rowGuids: number; readonly batches: number; readonly first: readonly unknown[] } {
  const twice = `from row r join tbl t on t.id = r.tbl where r.state = 1 group by r.tbl, r.guid having count(*) > 1`;
  const rows = store.database.prepare(`select count(*) as n from (select 1 ${twice})`).get();
  const first = store.database.prepare(`select t.name as "table", r.guid as rowGuid, count(*) as times ${twice} limit 100`).all();
  const batches = store.database.prepare('select count(*) as n from (select 1 from batch group by no having count(*) > 1)').get();
  return { rowGuids: Number(rows?.['n'] ?? 0), batches: Number(batches?.['n'] ?? 0), first };
}
