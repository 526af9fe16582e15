import { isMap, isScalar, isSeq } from 'yaml';
import type { Spot } from './spot.ts';

/** The value under a key, without judging it; a place of no value when there is none. */
export function spotAt(spot: Spot, ...path: readonly string[]): Spot {
  const [key, ...rest] = path;
  if (key === undefined) return spot;
  const pair = isMap(spot.node) ? spot.node.items.find((one) => isScalar(one.key) && String(one.key.value) === key) : undefined;
  return spotAt(spot.inner(pair?.value), ...rest);
}

/** The keys of a block, without judging it; none when it is no block. */
export function keysAt(spot: Spot, ...path: readonly string[]): readonly string[] {
  const { node } = spotAt(spot, ...path);
  return isMap(node) ? node.items.map((one) => (isScalar(one.key) ? String(one.key.value) : '')) : [];
}

/** The text of a value, without judging it; undefined when it is no text. */
export function textAt(spot: Spot, ...path: readonly string[]): string | undefined {
  const { node } = spotAt(spot, ...path);
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

/** The keys of a block with their places and values, without judging it; none when it is no block. */
export function pairsAt(spot: Spot, ...path: readonly string[]): readonly { readonly name: string; readonly key: Spot; readonly value: Spot }[] {
  const at = spotAt(spot, ...path);
  return isMap(at.node) ? at.node.items.map((one) => ({ name: isScalar(one.key) ? String(one.key.value) : '', key: at.inner(one.key), value: at.inner(one.value) })) : [];
}

/** The entries of a list, without judging it; none when it is no list. */
export function itemsAt(spot: Spot, ...path: readonly string[]): readonly Spot[] {
  const at = spotAt(spot, ...path);
  return isSeq(at.node) ? at.node.items.map((item) => at.inner(item)) : [];
}
