import { Failure } from './failure.ts';

/**
 * Makes sure of what must hold whatever the county and the region do. It stays on in production: when it does not hold, the
 * transaction is undone, the run fails, and the dataset rests until a person has looked; the data stay as they were.
 */
export function always(holds: boolean, what: string, facts: Readonly<Record<string, string | number>> = {}): asserts holds {
  if (!holds) throw new Failure(invariantBroken, { what, ...facts });
}

/** The same for a value that must be there. */
export function present<T>(value: T | undefined, what: string): T {
  always(value !== undefined, what);
  return value;
}

export const invariantBroken = 'INVARIANT_BROKEN';
