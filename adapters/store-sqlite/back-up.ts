import { chmodSync, existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../../src/record/failure.ts';
import { telling } from './troubles.ts';

/** Copies a store as it is at one moment into a new file, while another process may go on writing; the copy is looked through before it counts. */
export function backUp(database: DatabaseSync, to: string): void {
  if (existsSync(to)) throw new Failure('FILE_EXISTS', { file: to });
  try {
    telling(() => database.prepare('vacuum into ?').run(to));
    chmodSync(to, 0o600);
    const copy = new DatabaseSync(to, { readOnly: true });
    const found = String(copy.prepare('pragma integrity_check(1)').get()?.['integrity_check']);
    copy.close();
    if (found !== 'ok') throw new Failure('STORE_DAMAGED', { number: 11 });
  } catch (cause) {
    rmSync(to, { force: true });
    throw cause;
  }
}
