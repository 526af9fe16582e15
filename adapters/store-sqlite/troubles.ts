import { Failure } from '../../src/record/failure.ts';

/** SQLite's own result codes (sqlite.org/rescode.html), as far as a person can mend what is behind them. */
const codes: ReadonlyMap<number, string> = new Map([
  [5, 'STORE_BUSY'], [6, 'STORE_BUSY'], [8, 'STORE_READ_ONLY'], [10, 'STORE_IO'], [11, 'STORE_DAMAGED'], [13, 'STORE_FULL'], [14, 'STORE_READ_ONLY'], [26, 'STORE_DAMAGED'],
]);

/** SQLITE_IOERR_FSYNC and SQLITE_IOERR_DIR_FSYNC: a disk that was to keep something has not, and may forget that it has not. */
const unsynced: ReadonlySet<number> = new Set([1034, 1290]);

/** What the file system says, by its own names. */
const names: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'STORE_READ_ONLY'], ['EPERM', 'STORE_READ_ONLY'], ['EROFS', 'STORE_READ_ONLY'], ['ENOSPC', 'STORE_FULL'], ['EDQUOT', 'STORE_FULL'], ['EIO', 'STORE_IO'],
]);

/** What the database or the disk below it says, as a failure with a code; everything else as it came. */
export function told(cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof Failure) return cause;
  const number = 'errcode' in cause && typeof cause.errcode === 'number' ? cause.errcode : null;
  const code = number === null ? names.get('code' in cause ? String(cause.code) : '') : unsynced.has(number) ? 'STORE_UNSYNCED' : codes.get(number & 0xff);
  return code === undefined ? cause : new Failure(code, { number: number ?? String('code' in cause ? cause.code : '') }, cause);
}

/** Does something with the database and tells its troubles by their codes. */
export function telling<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw told(cause);
  }
}
