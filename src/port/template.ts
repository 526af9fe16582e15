import type { Template, Tree } from './profile-value.ts';

/** A piece of a template: text as it stands, or the name of a value. */
export type Part = string | { readonly name: string };

/** A template's pieces in order; `{` without a name and `}` alone stand for themselves. */
export function partsOf(template: Template): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const hit of template.matchAll(/\{([\w.]+)\}/g)) {
    if (hit.index > from) parts.push(template.slice(from, hit.index));
    parts.push({ name: hit[1] ?? '' });
    from = hit.index + hit[0].length;
  }
  if (from < template.length) parts.push(template.slice(from));
  return parts;
}

/** The names a template asks for. */
export function namesIn(template: Template): readonly string[] {
  return partsOf(template).flatMap((part) => (typeof part === 'string' ? [] : [part.name]));
}

/** Every name that a tree asks for, in its texts and in its own names. */
export function namesInTree(tree: Tree): readonly string[] {
  if (typeof tree === 'string') return namesIn(tree);
  if (typeof tree !== 'object' || tree === null) return [];
  if (Array.isArray(tree)) return tree.flatMap((one: Tree) => namesInTree(one));
  return Object.entries(tree).flatMap(([name, one]: [string, Tree]) => [...namesIn(name), ...namesInTree(one)]);
}
