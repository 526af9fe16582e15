import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../../src/record/failure.ts';

/** Held for as long as a process may write the store. */
export interface Lock {
  release(): void;
}

/**
 * One writer at a time. The lock is the operating system's own (an exclusive transaction on a file beside the store),
 * so it goes with the process, however the process ends. Not for network file systems.
 */
export function takeLock(storeFile: string, holder: string): Lock {
  const lockFile = `${storeFile}.lock`;
  const holderFile = `${storeFile}.holder`;
  const database = new DatabaseSync(lockFile, { timeout: 200 });
  try {
    database.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch {
    database.close();
    throw new Failure('STORE_HELD', { holder: readHolder(holderFile) });
  }
  writeFileSync(holderFile, holder, { mode: 0o600 });
  return { release: () => database.close() };
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(0, 80);
  } catch {
    return '?';
  }
}
