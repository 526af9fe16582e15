import { Failure } from '../../src/record/failure.ts';
import { partsOf, type Part } from '../../src/port/template.ts';
import type { Template, Tree } from '../../src/port/profile-value.ts';

/** What a name can stand for. */
export type Worth = string | number | Uint8Array;

/** Makes the worth of a name that is not known from the start; undefined when it knows no such name. */
export type Maker = (name: string, scope: Scope) => Promise<Worth> | undefined;

const pieces = new Map<Template, readonly Part[]>();
const mostKept = 500;

/** What one request's texts may name; each value is worked out once, when it is first asked for. */
export class Scope {
  readonly #worths = new Map<string, Worth | Promise<Worth>>();
  readonly #makers: readonly Maker[];

  constructor(known: Readonly<Record<string, Worth>>, makers: readonly Maker[] = []) {
    for (const [name, worth] of Object.entries(known)) this.#worths.set(name, worth);
    this.#makers = makers;
  }

  set(name: string, worth: Worth): void {
    this.#worths.set(name, worth);
  }

  async value(name: string): Promise<Worth> {
    const known = this.#worths.get(name);
    if (known !== undefined) return known;
    for (const maker of this.#makers) {
      const made = maker(name, this);
      if (made === undefined) continue;
      this.#worths.set(name, made);
      return made;
    }
    throw new Failure('VALUE_ABSENT', { name });
  }

  /** A template filled in; one that is a single name keeps that value's own type. */
  async worth(template: Template): Promise<Worth> {
    const parts = partsKept(template);
    const [only] = parts;
    if (parts.length === 1 && typeof only === 'object') return this.value(only.name);
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : textOf(await this.value(part.name));
    return text;
  }

  async text(template: Template): Promise<string> {
    return textOf(await this.worth(template));
  }

  async bytes(template: Template): Promise<Uint8Array> {
    const worth = await this.worth(template);
    return typeof worth === 'object' ? worth : Buffer.from(String(worth));
  }

  /** The same for a path: what stands for a name may hold any sign, and none of them ends the name's place in the path. */
  async path(template: Template): Promise<string> {
    let path = '';
    for (const part of partsKept(template)) path += typeof part === 'string' ? part : encodeURIComponent(textOf(await this.value(part.name)));
    return path;
  }

  /** A tree with every text filled in. */
  async tree(tree: Tree): Promise<Tree> {
    if (typeof tree === 'string') {
      const worth = await this.worth(tree);
      return typeof worth === 'object' ? textOf(worth) : worth;
    }
    if (typeof tree !== 'object' || tree === null) return tree;
    if (isList(tree)) return Promise.all(tree.map((one) => this.tree(one)));
    const filled: Record<string, Tree> = {};
    for (const [name, one] of Object.entries(tree)) filled[await this.text(name)] = await this.tree(one);
    return filled;
  }
}

export function textOf(worth: Worth): string {
  return typeof worth === 'object' ? Buffer.from(worth).toString() : String(worth);
}

export function isList(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree);
}

/** A profile's texts are few and filled again and again; paths with a cursor in them come once each and are not kept. */
function partsKept(template: Template): readonly Part[] {
  const known = pieces.get(template);
  if (known !== undefined) return known;
  const parts = partsOf(template);
  if (pieces.size < mostKept) pieces.set(template, parts);
  return parts;
}
