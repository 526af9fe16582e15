import type { Region } from './region.ts';

const table = 'up_pro_accept';
const guidOf = (record: unknown): string => (typeof record === 'object' && record !== null ? String((record as Record<string, unknown>)['row_guid'] ?? '') : '');

/**
 * A case applied for online is the region's own before any county knows of it: it is filed when it is issued, and a later
 * version changes what is filed, and only that. What the county reports of it later is a change of that row.
 */
export function fileOnline(region: Region, records: readonly unknown[]): void {
  const { store } = region;
  const rules = region.tables.get(table);
  const filed = records.filter((record): record is Record<string, unknown> => guidOf(record) !== '');
  if (rules === undefined || filed.length === 0) return;
  const id = store.nextBatchId();
  let operations = '';
  for (const record of filed) {
    const before = bodyOf(region, guidOf(record));
    const fields = Object.fromEntries([...rules.names].map((name) => [name, record[name] ?? before?.[name] ?? null]));
    if (before === null) store.insert(table, guidOf(record), rules.write(fields), id);
    else store.update(table, guidOf(record), rules.write(fields));
    operations += before === null ? 'I' : 'U';
  }
  const rowGuids = filed.map(guidOf);
  store.keep(id, { no: `issued-${id}`, digest: '', table, at: region.wallMs(), rowGuids, applied: rowGuids, operations, answer: null });
}

function bodyOf({ store }: Region, guid: string): Readonly<Record<string, unknown>> | null {
  const row = store.database.prepare('select body from row where tbl = ? and guid = ? and state = 1 order by id desc limit 1').get(store.tableId(table), guid);
  return row === undefined ? null : (JSON.parse(String(row['body'])) as Record<string, unknown>);
}
