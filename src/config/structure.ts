import { isAlias, isMap, isScalar, isSeq, type Alias, type Node } from 'yaml';
import type { Mistake } from './mistake.ts';

/** What the aliases of a YAML document mean, and what is wrong with its build: checked once, so that readers may follow it blindly. */
export interface Structure {
  readonly targets: ReadonlyMap<Node, Node>;
  readonly flaws: readonly { readonly offset: number; readonly code: string; readonly facts: Mistake['facts'] }[];
}

/** Blocks and lists within each other, aliases followed: the shipped files need eight. */
const deepest = 48;

/** Nodes that aliases may add to those written. */
const mostAdded = 50_000;

/** A node with everything in it: how many nodes there are, and how many stand within each other. */
interface Extent {
  readonly size: number;
  readonly height: number;
}

/** Walks a document once: keys written twice, aliases that lead nowhere, round in a ring or beyond measure, and nesting beyond use. */
export function structureOf(root: Node | null): Structure {
  const survey = new Survey();
  const { size } = survey.walk(root, 1);
  if (size - survey.written > mostAdded) survey.flaw(0, 'ALIASES_TOO_MANY', { added: size - survey.written, limit: mostAdded });
  return survey;
}

class Survey implements Structure {
  readonly targets = new Map<Node, Node>();
  readonly flaws: { offset: number; code: string; facts: Mistake['facts'] }[] = [];
  written = 0;
  readonly #anchors = new Map<string, Node>();
  readonly #known = new Map<Node, Extent>();

  flaw(offset: number, code: string, facts: Mistake['facts']): void {
    if (code !== 'NESTED_TOO_DEEP' || this.flaws.every((one) => one.code !== code)) this.flaws.push({ offset, code, facts });
  }

  walk(node: unknown, depth: number): Extent {
    if (!isAlias(node) && !isScalar(node) && !isMap(node) && !isSeq(node)) return { size: 0, height: 0 };
    this.written += 1;
    const offset = node.range?.[0] ?? 0;
    if (depth > deepest) this.flaw(offset, 'NESTED_TOO_DEEP', { limit: deepest });
    if (depth > deepest) return { size: 1, height: 1 };
    if (isAlias(node)) return this.#follow(node, depth);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    const inner = isScalar(node) ? [] : isSeq(node) ? node.items : node.items.flatMap((pair) => [pair.key, pair.value]);
    if (isMap(node)) this.#noteDoubles(node.items.map((pair) => pair.key));
    let [size, height] = [1, 1];
    for (const one of inner) {
      const extent = this.walk(one, depth + 1);
      size += extent.size;
      height = Math.max(height, extent.height + 1);
    }
    const extent = { size, height };
    this.#known.set(node, extent);
    return extent;
  }

  /** An anchor that is not measured yet is one we stand in. */
  #follow(alias: Alias, depth: number): Extent {
    const offset = alias.range?.[0] ?? 0;
    const target = this.#anchors.get(alias.source);
    const extent = target === undefined ? undefined : this.#known.get(target);
    if (target === undefined) this.flaw(offset, 'ALIAS_UNKNOWN', { alias: alias.source });
    else if (extent === undefined) this.flaw(offset, 'ALIAS_RING', { alias: alias.source });
    else if (depth + extent.height > deepest) this.flaw(offset, 'NESTED_TOO_DEEP', { limit: deepest });
    else {
      this.targets.set(alias, target);
      return extent;
    }
    return { size: 1, height: 1 };
  }

  #noteDoubles(keys: readonly unknown[]): void {
    const met = new Set<string>();
    for (const key of keys) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      if (met.has(name)) this.flaw(key.range?.[0] ?? 0, 'DUPLICATE_KEY', { key: name });
      met.add(name);
    }
  }
}
