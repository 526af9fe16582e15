import type { ASTNode } from '@marcbachmann/cel-js';
import type { Frame, Names, Values } from './rule-frame.ts';
import { ruleFunctions } from './rule-functions.ts';
import type { TableShape, Value } from './table-shape.ts';

/** Reads a value of an expression; null when a value it needs is absent. */
export type Read = (frame: Frame) => Value;

/** Reads a list of an expression: records of one table. */
export interface List {
  readonly shape: TableShape;
  readonly rows: (frame: Frame) => readonly Values[];
}

const nobody: readonly Values[] = [];

/** A value as a closure; absent for shapes that only the expression language itself can evaluate. */
export function operand(node: ASTNode, names: Names): Read | undefined {
  const field = fieldRead(node, names);
  if (field !== undefined) return field;
  switch (node.op) {
    case 'value': {
      const value = literal(node);
      return value === undefined ? undefined : () => value;
    }
    case '+':
      return sum(operand(node.args[0], names), operand(node.args[1], names), 1);
    case '-':
      return sum(operand(node.args[0], names), operand(node.args[1], names), -1);
    case 'call':
      return node.args[0] === 'size' ? size(node.args[1][0], names) : textCall(node.args[0], node.args[1], names);
    case 'rcall':
      return node.args[0] === 'size' ? size(node.args[1], names) : undefined;
    default:
      return undefined;
  }
}

/** `all.table` or `were.table`. */
export function listOf(node: ASTNode | undefined, names: Names): List | undefined {
  if (node?.op !== '.' || node.args[0].op !== 'id') return undefined;
  const [of, table] = [node.args[0].args, node.args[1]];
  const shape = names.tables.get(table);
  if (!names.lists.has(of) || shape === undefined) return undefined;
  return { shape, rows: of === 'all' ? (frame) => frame.all.get(table) ?? nobody : (frame) => frame.were.get(table) ?? nobody };
}

/** The field of a record that a name stands for: `r.field`. */
export function fieldRead(node: ASTNode | undefined, names: Names): Read | undefined {
  if (node?.op !== '.' || node.args[0].op !== 'id') return undefined;
  const row = names.rows.get(node.args[0].args);
  const position = row?.shape.position.get(node.args[1]);
  if (row === undefined || position === undefined) return undefined;
  const { slot } = row;
  return (frame) => frame.rows[slot]?.[position] ?? null;
}

/** A literal text or whole number. */
export function literal(node: ASTNode): string | number | undefined {
  if (node.op !== 'value') return undefined;
  if (typeof node.args === 'string') return node.args;
  return typeof node.args === 'bigint' && Number.isSafeInteger(Number(node.args)) ? Number(node.args) : undefined;
}

/** The arguments of a function as texts; null when one of them has no value. */
export function textsOf(args: readonly ASTNode[], names: Names): ((frame: Frame) => readonly string[] | null) | undefined {
  const reads = args.map((arg) => operand(arg, names)).filter((read) => read !== undefined);
  if (reads.length < args.length) return undefined;
  return (frame) => {
    const texts: string[] = [];
    for (const read of reads) {
      const value = read(frame);
      if (value === null) return null;
      texts.push(String(value));
    }
    return texts;
  };
}

function textCall(name: string, args: readonly ASTNode[], names: Names): Read | undefined {
  const called = Object.hasOwn(ruleFunctions, name) ? ruleFunctions[name] : undefined;
  const texts = textsOf(args, names);
  if (called?.gives !== 'string' || texts === undefined) return undefined;
  return (frame) => {
    const found = texts(frame);
    return found === null ? null : called.work(...found);
  };
}

function sum(left: Read | undefined, right: Read | undefined, sign: 1 | -1): Read | undefined {
  if (left === undefined || right === undefined) return undefined;
  return (frame) => {
    const [a, b] = [left(frame), right(frame)];
    if (a === null || b === null) return null;
    return typeof a === 'number' && typeof b === 'number' ? a + sign * b : `${a}${b}`;
  };
}

/** How many records a list has, or how many characters a text. */
function size(of: ASTNode | undefined, names: Names): Read | undefined {
  const list = listOf(of, names);
  if (list !== undefined) return (frame) => list.rows(frame).length;
  const read = of === undefined ? undefined : operand(of, names);
  if (read === undefined) return undefined;
  return (frame) => {
    const text = read(frame);
    return text === null ? null : [...String(text)].length;
  };
}
