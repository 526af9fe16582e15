import type { DatabaseSync } from 'node:sqlite';

const counts = `
  select 'envelope ' || state || ' ' || count(*) from envelope group by state
  union all select 'batch ' || state || ' ' || count(*) from batch group by state
  union all select 'ledger ' || count(*) from ledger
  union all select 'content ' || count(*) || ' ' || total(length(body)) from content
  union all select 'attempt ' || count(*) from attempt
  union all select 'cursor ' || stream || ' ' || value from cursor
  union all select 'tally ' || dataset || ' ' || what || ' ' || n from tally
  union all select 'run ' || id || ' ' || read || ' ' || delivered || ' ' || pending from run`;

/** What a store holds, as one line: the same exactly when nothing is missing and nothing too much. */
export function digestOf(database: DatabaseSync): string {
  return (database.prepare(counts).all() as Record<string, string>[]).map((row) => Object.values(row)[0] ?? '').toSorted().join(' | ');
}
