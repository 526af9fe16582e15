import type { Tree } from '../house/tree.ts';

/** Names in capitals that are not ours: Node's, SQLite's, MySQL's, the resolver's, and environment variables. */
const foreign = /^(?:QILIAN|ERR|ER|PROTOCOL|SQL|SQLITE|EAI|UND|HPE|CERT|DEPTH|SELF|UNABLE)_/;

/** Error codes that the code and the region's rules can give out, with the first place of each. */
export function codesInCode(tree: Tree): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [path, text] of tree) {
    for (const code of path.endsWith('.yaml') ? ruleCodes(text) : literals(text)) {
      if (!found.has(code) && !foreign.test(code)) found.set(code, path);
    }
  }
  return found;
}

/** Codes that have a row in the catalogue: lines that begin with a code between bars. */
export function codesInCatalogue(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^\| `([A-Z][A-Z0-9_]*)` \|/gm)].map((hit) => hit[1] ?? '');
}

function literals(text: string): readonly string[] {
  const snake = [...text.matchAll(/['`]([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?=['`]| \$\{| [A-Z])/g)];
  const named = [...text.matchAll(/\bcode: '([A-Z][A-Z0-9_]+)'/g)];
  return [...snake, ...named].map((hit) => hit[1] ?? '');
}

function ruleCodes(text: string): readonly string[] {
  return [...text.matchAll(/\bcode: ([A-Z][A-Z0-9_]+)\b/g)].map((hit) => hit[1] ?? '');
}
