import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSink } from '../../../adapters/county-sqlite/sink.ts';
import type { Row } from '../../../src/record/change.ts';
import { sinkSuite } from '../../contract-suites/sink.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

sinkSuite('a SQLite county', async () => {
  const file = join(temporaryFolder(), 'county.db');
  const clerk = new DatabaseSync(file);
  clerk.exec('create table SUIT (ID text primary key, NAME text not null, PHONE text, COUNT integer) strict');
  const sink = openSink(file);
  return {
    sink,
    again: async () => openSink(file),
    clerk: async (id, change) => {
      for (const [column, value] of Object.entries(change)) clerk.prepare(`update SUIT set ${column} = ? where ID = ?`).run(value, id);
    },
    all: async () => clerk.prepare('select ID, NAME, PHONE, COUNT from SUIT order by ID').all().map((row): Row => ({ ...row } as Row)),
    end: async () => {
      await sink.close();
      clerk.close();
    },
  };
});
