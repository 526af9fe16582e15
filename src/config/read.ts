import { isMap, isScalar, isSeq, type Pair } from 'yaml';
import { nearest } from './nearest.ts';
import type { Spot } from './spot.ts';

/** Reads a value at its place; undefined when it cannot be used, which has then been noted as a mistake. */
export type Reader<T> = (spot: Spot) => T | undefined;

/** Text that is not empty; a bare number or date must be quoted, so that 007 stays 007. `${NAME}` is filled in where the file allows it. */
export const text: Reader<string> = (spot) => {
  const { node } = spot;
  if (!isScalar(node) || typeof node.value !== 'string') return wrongType(spot, 'text');
  if (node.value === '') return spot.mistake('VALUE_EMPTY');
  return spot.sheet.env === null ? node.value : filled(node.value, spot);
};

/** Text that may be empty. */
export const anyText: Reader<string> = (spot) => (isScalar(spot.node) && spot.node.value === '' ? '' : text(spot));

/** Text, or a number written without quotes, taken as it is written. */
export const textOrNumber: Reader<string | number> = (spot) =>
  isScalar(spot.node) && typeof spot.node.value === 'number' ? spot.node.value : text(spot);

/** A whole number within bounds. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (spot) => {
    const { node } = spot;
    if (!isScalar(node) || typeof node.value !== 'number' || !Number.isInteger(node.value)) return wrongType(spot, 'integer');
    return node.value >= least && node.value <= most ? node.value : spot.mistake('NUMBER_OUT_OF_RANGE', { value: node.value, least, most });
  };
}

/** Any number. */
export const number: Reader<number> = (spot) => (isScalar(spot.node) && typeof spot.node.value === 'number' ? spot.node.value : wrongType(spot, 'number'));

/** A part of the whole, from 0 to 1. */
export const share: Reader<number> = (spot) => {
  const { node } = spot;
  if (!isScalar(node) || typeof node.value !== 'number') return wrongType(spot, 'number');
  return node.value >= 0 && node.value <= 1 ? node.value : spot.mistake('NUMBER_OUT_OF_RANGE', { value: node.value, least: 0, most: 1 });
};

/** `true`; a step that is not wanted is left out. */
export const yes: Reader<boolean> = (spot) => (isScalar(spot.node) && typeof spot.node.value === 'boolean' ? spot.node.value : wrongType(spot, 'boolean'));

/** One of a few words or numbers. */
export function oneOf<const T extends string | number>(...words: readonly T[]): Reader<T> {
  return (spot) => {
    const value = isScalar(spot.node) ? spot.node.value : undefined;
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    const known = words.map(String);
    return spot.mistake('WORD_UNKNOWN', { word: cut(written(spot)), near: nearest(written(spot), known) });
  };
}

/** A list; the places of what cannot be used are noted, and the list is given only when all can. */
export function list<T>(item: Reader<T>, least = 1): Reader<readonly T[]> {
  return (spot) => {
    if (!isSeq(spot.node)) return wrongType(spot, 'list');
    if (spot.node.items.length < least) return spot.mistake('LIST_EMPTY');
    return whenAll(spot.node.items.map((node) => item(spot.inner(node))));
  };
}

/** A value, or a list of such values. */
export function oneOrMore<T>(item: Reader<T>): Reader<readonly T[]> {
  const several = list(item);
  return (spot) => {
    if (isSeq(spot.node)) return several(spot);
    const one = item(spot);
    return one === undefined ? undefined : [one];
  };
}

/** Values under names that the site chooses. */
export function named<T>(item: (name: string, key: Spot) => Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (spot) => {
    const entries = entriesOf(spot)?.map(({ name, key, value }) => [name, item(name, key)(value)] as const);
    if (entries === undefined) return undefined;
    const values = whenAll(entries.map(([, value]) => value));
    return values === undefined ? undefined : Object.fromEntries(entries.map(([name], at) => [name, values[at] as T]));
  };
}

/** The names and values of a block, in the order written; later ones of the same name are left out, the file has a mistake for them. */
export function entriesOf(spot: Spot): readonly { readonly name: string; readonly key: Spot; readonly value: Spot }[] | undefined {
  if (!isMap(spot.node)) return wrongType(spot, 'block');
  const met = new Set<string>();
  return spot.node.items.flatMap((pair: Pair) => {
    const key = spot.inner(pair.key);
    const name = isScalar(key.node) ? String(key.node.value) : '';
    if (met.has(name)) return [];
    met.add(name);
    return [{ name, key, value: spot.inner(pair.value, key.offset) }];
  });
}

/** A value together with the place where it stands, for what can only be judged later. */
export function located<T>(reader: Reader<T>): Reader<{ readonly value: T; readonly spot: Spot }> {
  return (spot) => {
    const value = reader(spot);
    return value === undefined ? undefined : { value, spot };
  };
}

/** All of them, or undefined when one could not be used. */
export function whenAll<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const usable = values.filter((value) => value !== undefined);
  return usable.length === values.length ? usable : undefined;
}

/** Notes that another kind of value was expected. */
export function wrongType(spot: Spot, expected: 'text' | 'integer' | 'number' | 'boolean' | 'list' | 'block'): undefined {
  return spot.mistake('WRONG_TYPE', { expected, found: kindOf(spot) });
}

function kindOf({ node }: Spot): string {
  if (isMap(node)) return 'block';
  if (isSeq(node)) return 'list';
  const value = isScalar(node) ? node.value : null;
  return value === null ? 'nothing' : typeof value === 'string' ? 'text' : typeof value;
}

function written({ node }: Spot): string {
  return isScalar(node) ? String(node.value) : '';
}

function cut(word: string): string {
  return word.length > 40 ? `${word.slice(0, 40)}…` : word;
}

/** Goes on with what there is, so that the other mistakes are found in the same reading. */
function filled(value: string, spot: Spot): string {
  const env = spot.sheet.env ?? {};
  const names = [...value.matchAll(/\$\{([^}]*)\}/g)].map((hit) => hit[1] ?? '');
  const absent = names.filter((name) => (env[name] ?? '') === '');
  for (const name of absent) spot.mistake('ENV_MISSING', { name });
  return value.replace(/\$\{([^}]*)\}/g, (_, name: string) => env[name] ?? '');
}
