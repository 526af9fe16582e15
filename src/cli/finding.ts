import { Failure } from '../record/failure.ts';

/** One named check: what it looked at, and what it found there. A sentence for each state and a remedy stand in the texts. */
export interface Finding {
  readonly check: 'files' | 'folder' | 'disk' | 'store' | 'source' | 'charset' | 'rights' | 'clock' | 'reading' | 'key' | 'index' | 'region' | 'regionClock' | 'certificate'
    | 'exchange' | 'exchangeCharset' | 'exchangeClock' | 'exchangeTable' | 'exchangeErrors' | 'exchangeColumns' | 'exchangeRights';
  readonly about: string;
  readonly state: 'good' | 'warn' | 'bad';
  readonly facts: Readonly<Record<string, string | number>>;
}

/** The code alone, with where it applies: a driver's own words may hold values. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof Failure) {
    const more = ['column', 'table', 'file', 'reason'].map((fact) => cause.facts[fact]).filter((fact) => fact !== undefined);
    return [cause.code, ...more].join(' ');
  }
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'UNKNOWN';
}
