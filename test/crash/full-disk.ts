import { rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { openStore } from '../../adapters/store-sqlite/store.ts';
import type { Failure } from '../../src/record/failure.ts';
import { beginRun, firstVersion, keepingOf } from '../contract-suites/store.ts';

// Runs on a file system of a few MiB: fills it while a store works, makes room again, and tells what the store held.

const folder = process.argv[2] ?? '';
const file = join(folder, 'gateway.db');
const store = openStore(file, 'full-disk');
const run = await beginRun(store);
writeFileSync(join(folder, 'ballast'), Buffer.alloc(3 * 2 ** 20));
let page = 0;
const keepPage = async (): Promise<boolean> => {
  page += 1;
  return store.keep(keepingOf(run, Array.from({ length: 200 }, (_, n) => firstVersion(`${page}-${n}`))));
};
const counts = (): readonly number[] => {
  const reader = new DatabaseSync(file, { readOnly: true });
  const row = reader.prepare('select (select count(*) from envelope) as kept, (select read from run) as told').get();
  reader.close();
  return [Number(row?.['kept']), Number(row?.['told'])];
};
let code = '';
while (code === '' && page < 1_000) await keepPage().catch((cause: unknown) => {
  code = (cause as Failure).code;
});
const atFull = counts();
rmSync(join(folder, 'ballast'));
await keepPage();
const afterwards = counts();
await store.close();
const closed = new DatabaseSync(file);
const integrity = String(closed.prepare('pragma integrity_check').get()?.['integrity_check']);
closed.close();
process.stdout.write(JSON.stringify({ code, atFull, afterwards, integrity }));
