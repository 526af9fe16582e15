import { hash } from 'node:crypto';

/** A record of the region: an object whose numbers beyond 2^53 are text. */
export type IssuedRecord = Readonly<Record<string, unknown>>;

/** Reads a record's JSON text; null when it is no object. Numbers that a float cannot hold stay the digits that came. */
export function readIssued(text: string): IssuedRecord | null {
  try {
    const value = JSON.parse(text, exact) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as IssuedRecord) : null;
  } catch {
    return null;
  }
}

function exact(this: unknown, _key: string, value: unknown, ...more: readonly { readonly source?: string }[]): unknown {
  if (typeof value !== 'number') return value;
  const source = more[0]?.source ?? String(value);
  return String(value) === source ? value : source;
}

/** SM3 (GB/T 32905) of the record with its names sorted: the same whatever way, and in whatever order of names, it came. */
export function fingerprintOf(record: IssuedRecord): string {
  return hash('sm3', JSON.stringify(sorted(record)), 'base64url');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, sorted(one)]));
}

/** The value under a dotted path as text; null when there is none. */
export function fieldOf(record: unknown, path: string): string | null {
  let here: unknown = record;
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return null;
    here = (here as IssuedRecord)[name];
  }
  return typeof here === 'string' && here !== '' ? here : typeof here === 'number' ? String(here) : null;
}
