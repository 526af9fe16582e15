import type { ASTNode } from '@marcbachmann/cel-js';
import type { Names } from './rule-frame.ts';

/** The fields of its own records that an expression names: those it needs a value of, and names the table does not have. */
export interface FieldsNamed {
  /** Slot and position of each, without those the expression asks for by `has()`. */
  readonly needed: readonly { readonly slot: number; readonly position: number }[];
  readonly strangers: readonly { readonly name: string; readonly at: number }[];
}

/** Finds `r.field` and `before.field` everywhere in an expression; fields of a list's records are the list's affair. */
export function fieldsNamed(ast: ASTNode, names: Names): FieldsNamed {
  const [named, asked] = [new Map<string, { slot: number; position: number }>(), new Set<string>()];
  const strangers: { readonly name: string; readonly at: number }[] = [];
  const walk = (part: unknown, inHas: boolean): void => {
    if (Array.isArray(part)) for (const one of part) walk(one, inHas);
    if (!isNode(part)) return;
    const row = part.op === '.' && part.args[0].op === 'id' ? names.rows.get(part.args[0].args) : undefined;
    if (row === undefined || part.op !== '.') return walk(part.args, inHas || (part.op === 'call' && part.args[0] === 'has'));
    const position = row.shape.position.get(part.args[1]);
    if (position === undefined) strangers.push({ name: part.args[1], at: part.start });
    else if (inHas) asked.add(`${row.slot} ${position}`);
    else named.set(`${row.slot} ${position}`, { slot: row.slot, position });
  };
  walk(ast, false);
  return { needed: [...named].filter(([name]) => !asked.has(name)).map(([, place]) => place), strangers };
}

function isNode(part: unknown): part is ASTNode {
  return typeof part === 'object' && part !== null && 'op' in part && 'args' in part;
}
