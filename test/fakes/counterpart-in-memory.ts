import type { Counterpart, ToldRow } from '../../src/port/compare.ts';
import { createHash } from 'node:crypto';
import type { RegionBooks, Wish } from './region-books.ts';

const leaf = 4;

/** A region's books as the region itself would tell of them, few rows at a time so that small counties make deep trees. */
export function counterpartInMemory(books: RegionBooks): Counterpart & { asked: number } {
  const rowsOf = (table: string): readonly ToldRow[] => Object.entries(books.rows(table)).map(([rowGuid, record]) => ({ rowGuid, digest: digestOf(record) }))
    .toSorted((a, b) => (a.rowGuid < b.rowGuid ? -1 : 1));
  const one: Counterpart & { asked: number } = {
    asked: 0,
    digests: async (table, prefix) => {
      one.asked += 1;
      const rows = rowsOf(table).filter((row) => row.rowGuid.startsWith(prefix));
      if (rows.length <= leaf) return { verdict: 'told', value: { rows } };
      const [first, last] = [rows[0]?.rowGuid ?? '', rows.at(-1)?.rowGuid ?? ''];
      let depth = prefix.length;
      while (depth < first.length && first[depth] === last[depth]) depth += 1;
      const buckets = Map.groupBy(rows, (row) => row.rowGuid.slice(0, depth + 1));
      return { verdict: 'told', value: { buckets: [...buckets].map(([name, all]) => ({ prefix: name, count: all.length, digest: sm3(all.map((row) => `${row.rowGuid}:${row.digest ?? ''}\n`).join('')) })) } };
    },
    groups: async () => ({ verdict: 'denied', reason: 'NOT_IN_PROFILE' }),
    keys: async () => ({ verdict: 'denied', reason: 'NOT_IN_PROFILE' }),
    show: async (table, rowGuid) => {
      const record = books.rows(table)[rowGuid];
      return { verdict: 'told', value: record === undefined ? [] : [record] };
    },
  };
  return one;
}

export function digestOf(record: Wish): string {
  return sm3(JSON.stringify(record));
}

function sm3(text: string): string {
  return createHash('sm3').update(text).digest('hex');
}
