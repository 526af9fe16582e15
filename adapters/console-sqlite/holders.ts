import type { DatabaseSync } from 'node:sqlite';
import type { HolderStore } from '../../src/port/holders.ts';

/** Records by keyed hashes of who holds them. */
export function holderStore(database: DatabaseSync): HolderStore {
  return {
    last: () => Number((database.prepare(`select value from setting where name = 'holders'`).get() as { value: string } | undefined)?.value ?? 0),
    keep: (marks, last) => {
      const insert = database.prepare('insert or ignore into holder (mark, record) values (?, ?)');
      database.exec('begin immediate');
      try {
        for (const { mark, record } of marks) insert.run(mark, record);
        database.prepare(`insert into setting (name, value) values ('holders', ?1) on conflict (name) do update set value = ?1`).run(String(last));
        database.exec('commit');
      } catch (cause) {
        if (database.isTransaction) database.exec('rollback');
        throw cause;
      }
    },
    find: (mark, limit) => (database.prepare('select record from holder where mark = ? order by record desc limit ?').all(mark, limit) as unknown as { record: number }[]).map((row) => row.record),
  };
}
