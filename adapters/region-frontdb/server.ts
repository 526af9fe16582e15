/** A statement's answer: rows by column. */
export type Rows = readonly Readonly<Record<string, unknown>>[];

/** One transaction on the exchange database. */
export interface Session {
  /** Values stand for `?` in order. */
  ask(sql: string, values: readonly unknown[]): Promise<Rows>;
}

/** An exchange database of some engine. */
export interface Server {
  /** A name as it stands in a statement. */
  quote(name: string): string;
  /**
   * Does the work in one transaction while nobody else holds the lock of that name: a session whose answer was lost holds
   * it until the server has let go of it, so whoever comes after sees all of what it did or nothing. Rejects with a `Fault`.
   */
  locked<T>(lock: string, work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Why something could not be done. `nothing`: it has not taken effect. `unknown`: nobody knows whether it was committed.
 * `record`: the server does not take a value. `ours`: account, rights, tables or columns are not as the profile says.
 */
export class Fault extends Error {
  readonly kind: 'nothing' | 'unknown' | 'record' | 'ours';
  /** The server's own code; its words may hold values and are left behind. */
  readonly code: string;

  constructor(kind: Fault['kind'], code: string) {
    super(code);
    this.kind = kind;
    this.code = code;
  }
}

/** How many seconds a lock is waited for. */
export const lockSeconds = 10;
