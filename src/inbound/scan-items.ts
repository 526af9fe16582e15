import type { ScanList } from '../port/scan-list.ts';
import type { Source } from '../port/source.ts';
import type { Cursor } from '../record/cursor.ts';

/** An item that accepts a scanned licence. */
export interface ScanItem {
  readonly code: string;
  readonly name: string;
  /** Empty: the county marks the item and no material of it. */
  readonly spares: readonly string[];
}

/** Every such item with the materials it spares, in the order of the county's keys. */
export async function scanItems({ items, spares }: ScanList, source: Pick<Source, 'sweep'>): Promise<readonly ScanItem[]> {
  const wanted = Object.keys(spares.where);
  const selection = {
    table: items.table, key: items.key, columns: [items.key, items.code, items.name, ...Object.keys(items.where)], where: items.where, lookups: [],
    children: [{ name: 'spares', table: spares.table, parent: spares.parent, columns: [spares.name, ...wanted], order: [] }],
  };
  const found: ScanItem[] = [];
  for (let cursor: Cursor | null = null, caughtUp = false; !caughtUp;) {
    const page = await source.sweep(selection, cursor, 500);
    for (const change of page.changes) {
      if (change.state === 'gone') continue;
      const spared = (change.children['spares'] ?? []).filter((row) => wanted.every((column) => spares.where[column]?.includes(String(row[column] ?? '')) === true));
      found.push({ code: String(change.row[items.code] ?? ''), name: String(change.row[items.name] ?? ''), spares: spared.map((row) => String(row[spares.name] ?? '')) });
    }
    [cursor, caughtUp] = [page.resume, page.caughtUp];
  }
  return found;
}
