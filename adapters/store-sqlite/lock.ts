import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../../src/record/failure.ts';
import { telling } from './troubles.ts';

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
  const database = telling(() => new DatabaseSync(lockFile, { timeout: 200 }));
  try {
    telling(() => database.exec('pragma locking_mode = exclusive; begin exclusive'));
    telling(() => writeFileSync(holderFile, holder, { mode: 0o600 }));
  } catch (cause) {
    database.close();
    if (cause instanceof Failure && cause.code !== 'STORE_BUSY') throw cause;
    throw new Failure('STORE_HELD', { holder: readHolder(holderFile), since: sinceWhen(holderFile) });
  }
  return { release: () => database.close() };
}

/** The same, or null while somebody else has it. */
export function lockIfFree(storeFile: string, holder: string): Lock | null {
  try {
    return takeLock(storeFile, holder);
  } catch (cause) {
    if (cause instanceof Failure && cause.code === 'STORE_HELD') return null;
    throw cause;
  }
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(0, 80);
  } catch {
    return '?';
  }
}

/** When the holder took it, as the file says; UTC, for an adapter knows no county's zone. */
function sinceWhen(file: string): string {
  try {
    return `${statSync(file).mtime.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  } catch {
    return '?';
  }
}
