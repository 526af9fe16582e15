import { isMap, isScalar, isSeq } from 'yaml';
import type { Tree } from '../port/profile-value.ts';
import { anyText, entriesOf, whenAll, wrongType, type Reader } from './read.ts';

/** JSON to be: texts (in which names may stand), numbers, truths, nothing, lists and blocks. */
export const tree: Reader<Tree> = (spot) => {
  const { node } = spot;
  if (isSeq(node)) return whenAll(node.items.map((item) => tree(spot.inner(item))));
  if (isMap(node)) {
    const entries = entriesOf(spot)?.map(({ name, value }) => [name, tree(value)] as const) ?? [];
    const values = whenAll(entries.map(([, value]) => value));
    return values === undefined ? undefined : Object.fromEntries(entries.map(([name], at) => [name, values[at] as Tree]));
  }
  if (!isScalar(node)) return wrongType(spot, 'block');
  const { value } = node;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  return anyText(spot);
};
