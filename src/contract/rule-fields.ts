import type { ASTNode } from '@marcbachmann/cel-js';
import type { TableShape } from './table-shape.ts';

/** The fields an expression names: those it needs a value of, and names the table does not have. */
export interface FieldsNamed {
  /** Positions in the table, without those the expression asks for by `has()`. */
  readonly needed: readonly number[];
  readonly strangers: readonly { readonly name: string; readonly at: number }[];
}

/** Finds `r.field` everywhere in an expression. */
export function fieldsNamed(ast: ASTNode, shape: TableShape): FieldsNamed {
  const [named, asked] = [new Set<number>(), new Set<number>()];
  const strangers: { readonly name: string; readonly at: number }[] = [];
  const walk = (part: unknown, within: Set<number>): void => {
    if (Array.isArray(part)) for (const one of part) walk(one, within);
    if (!isNode(part)) return;
    if (part.op === '.' && part.args[0].op === 'id' && part.args[0].args === 'r') {
      const position = shape.position.get(part.args[1]);
      if (position === undefined) strangers.push({ name: part.args[1], at: part.start });
      else within.add(position);
      return;
    }
    walk(part.args, part.op === 'call' && part.args[0] === 'has' ? asked : within);
  };
  walk(ast, named);
  return { needed: [...named].filter((position) => !asked.has(position)), strangers };
}

function isNode(part: unknown): part is ASTNode {
  return typeof part === 'object' && part !== null && 'op' in part && 'args' in part;
}
