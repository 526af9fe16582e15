import type { Applied, Applying, Sink } from '../../src/port/sink.ts';
import type { Row } from '../../src/record/change.ts';
import type { Tables } from './source-in-memory.ts';

/** A county in memory that is written to: the same tables a source in memory reads. */
export function sinkInMemory(tables: Tables, required: readonly string[] = []): Sink {
  const marks = new Map<string, string>();
  const find = (table: string, key: Row): number => (tables[table] ?? []).findIndex((row) => Object.entries(key).every(([name, value]) => row[name] === value));
  const apply = ({ mark, writes }: Applying): Applied => {
    const draft: Tables = Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, [...rows]]));
    const moved: number[] = [];
    for (const [at, { table, key, set, ...write }] of writes.entries()) {
      if (![table, ...Object.keys(key), ...Object.keys(set)].every((name) => /^\w+$/.test(name))) throw new Error('not an identifier');
      const rows = draft[table] ?? [];
      const there = find(table, key);
      const refused = required.some((name) => name in set && set[name] === null);
      if (refused) return { state: 'refused', at, reason: 'NOT NULL' };
      if (write.kind === 'insert' ? there >= 0 : there < 0 || Object.entries(write.expect).some(([name, value]) => (rows[there]?.[name] ?? null) !== value)) moved.push(at);
      else if (there >= 0) rows[there] = { ...rows[there], ...set };
      else rows.push({ ...key, ...set });
      draft[table] = rows;
    }
    if (moved.length > 0) return { state: 'moved', at: moved };
    Object.assign(tables, draft);
    marks.set(mark.stream, mark.value);
    return { state: 'applied' };
  };
  return {
    rows: async (table, columns, keys) => keys.map((key) => {
      const row = tables[table]?.[find(table, key)];
      return row === undefined ? undefined : Object.fromEntries(columns.map((name) => [name, row[name] ?? null]));
    }),
    matching: async (table, columns, values, most = 2) => (tables[table] ?? []).filter((row) => Object.entries(values).every(([name, value]) => row[name] === value)).slice(0, most)
      .map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))),
    mark: async (stream) => marks.get(stream) ?? null,
    apply: async (applying) => apply(applying),
    close: async () => undefined,
  };
}
