import { posix } from 'node:path';
import type { Tree } from './tree.ts';

/** One import of one file, as its text says it. */
export interface Import {
  readonly from: string;
  /** Path from the root for a relative import, else the package or `node:` name as written. */
  readonly to: string;
  readonly outside: boolean;
  readonly typeOnly: boolean;
  readonly line: number;
}

const statement = /^[ \t]*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s*)?'([^']+)'/gm;
const call = /\bimport\(\s*'([^']+)'\s*\)/g;

/** Every import of every file, static, re-exported or by call. */
export function importsOf(tree: Tree): readonly Import[] {
  return [...tree].flatMap(([from, text]) => {
    const bare = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
    const named = [...bare.matchAll(statement)].map((hit) => make(from, bare, { at: hit.index, name: hit[2] ?? '', typeOnly: hit[1] !== undefined }));
    const called = [...bare.matchAll(call)].map((hit) => make(from, bare, { at: hit.index, name: hit[1] ?? '', typeOnly: false }));
    return [...named, ...called];
  });
}

function make(from: string, text: string, hit: { readonly at: number; readonly name: string; readonly typeOnly: boolean }): Import {
  const outside = !hit.name.startsWith('.');
  return {
    from,
    to: outside ? hit.name : posix.join(posix.dirname(from), hit.name),
    outside,
    typeOnly: hit.typeOnly,
    line: text.slice(0, hit.at).split('\n').length,
  };
}
