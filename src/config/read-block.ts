import { nearest } from './nearest.ts';
import { entriesOf, type Reader } from './read.ts';

/** A key of a block: how its value is read, and whether it may be left out. */
export interface Key<T, O extends boolean> {
  readonly read: Reader<T>;
  readonly optional: O;
}

type Keys = Readonly<Record<string, Key<unknown, boolean>>>;
type Read<K> = K extends Key<infer T, boolean> ? T : never;
type Block<K extends Keys> = { readonly [N in keyof K as K[N]['optional'] extends false ? N : never]: Read<K[N]> }
  & { readonly [N in keyof K as K[N]['optional'] extends true ? N : never]?: Read<K[N]> };

/** A key that must be there. */
export function must<T>(read: Reader<T>): Key<T, false> {
  return { read, optional: false };
}

/** A key that may be left out. */
export function may<T>(read: Reader<T>): Key<T, true> {
  return { read, optional: true };
}

/** A block with known keys; unknown and missing ones are mistakes, and so is everything wrong inside. */
export function block<const K extends Keys>(keys: K): Reader<Block<K>> {
  return (spot) => {
    const entries = entriesOf(spot);
    if (entries === undefined) return undefined;
    const found = new Map<string, unknown>();
    let usable = true;
    for (const { name, key, value } of entries) {
      const known = Object.hasOwn(keys, name) ? keys[name] : undefined;
      if (known === undefined) {
        key.mistake('UNKNOWN_KEY', { key: name, near: nearest(name, Object.keys(keys)) });
        continue;
      }
      const read = known.read(value);
      if (read === undefined) usable = false;
      else found.set(name, read);
    }
    const met = new Set(entries.map((entry) => entry.name));
    for (const name of Object.keys(keys).filter((one) => keys[one]?.optional === false && !met.has(one))) {
      spot.mistake('KEY_MISSING', { key: name });
      usable = false;
    }
    return usable ? (Object.fromEntries(found) as Block<K>) : undefined;
  };
}
