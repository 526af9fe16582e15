import type { Place } from '../../src/port/profile-value.ts';

/** An answer as it came over the wire. */
export interface Wire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array;
}

/** An answer whose body has been read. */
export interface Told extends Wire {
  readonly body: unknown;
}

/** What stands at a place of an answer, as text; undefined when nothing does, or something that is no text. */
export function textAt(told: Pick<Told, 'status' | 'headers' | 'body'>, place: Place): string | undefined {
  if (place === 'http:status') return String(told.status);
  if (place.startsWith('header:')) return told.headers[place.slice('header:'.length).toLowerCase()];
  return textIn(told.body, place);
}

/** The text at a path of a value; a number or a truth is taken as it is written. */
export function textIn(value: unknown, path: string): string | undefined {
  const found = at(value, path);
  return typeof found === 'string' ? found : typeof found === 'number' || typeof found === 'boolean' ? String(found) : undefined;
}

/** The value at a path; the region's words are never taken for anything the language itself knows. */
export function at(value: unknown, path: string): unknown {
  let here = value;
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Record<string, unknown>)[name];
  }
  return here;
}

/** A copy of the value with another one at the path. */
export function replacedAt(value: unknown, path: string, other: unknown): unknown {
  const [name = '', ...rest] = path.split('.');
  const here = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...here, [name]: rest.length === 0 ? other : replacedAt(here[name], rest.join('.'), other) };
}
