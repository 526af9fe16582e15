import type { ASTNode } from '@marcbachmann/cel-js';
import { ruleFunctions } from './rule-functions.ts';
import type { TableShape, Value } from './table-shape.ts';

type Read = (values: readonly Value[]) => Value;
type Test = (values: readonly Value[]) => boolean;

/**
 * A rule's expression as a closure over the values, for the shapes rules usually have; absent for every other shape, which
 * the expression language itself then evaluates. Only for type-checked expressions, and only called when every field
 * named outside `has()` has a value: then both ways give the same answer.
 */
export function asClosure(node: ASTNode, shape: TableShape): Test | undefined {
  switch (node.op) {
    case '&&':
    case '||':
      return joined(node.op, asClosure(node.args[0], shape), asClosure(node.args[1], shape));
    case '!_': {
      const inner = asClosure(node.args, shape);
      return inner && ((values) => !inner(values));
    }
    case 'call':
      return called(node.args[0], node.args[1], shape);
    case 'in':
      return listed(node.args[0], node.args[1], shape);
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compared(node.op, operand(node.args[0], shape), operand(node.args[1], shape));
    default:
      return undefined;
  }
}

function joined(op: '&&' | '||', left: Test | undefined, right: Test | undefined): Test | undefined {
  if (left === undefined || right === undefined) return undefined;
  return op === '&&' ? (values) => left(values) && right(values) : (values) => left(values) || right(values);
}

function called(name: string, args: readonly ASTNode[], shape: TableShape): Test | undefined {
  const position = fieldPosition(args[0], shape);
  if (args.length !== 1 || position === undefined) return undefined;
  if (name === 'has') return (values) => values[position] !== null;
  const test = Object.hasOwn(ruleFunctions, name) ? ruleFunctions[name] : undefined;
  return test && ((values) => test(String(values[position])));
}

function listed(item: ASTNode, list: ASTNode, shape: TableShape): Test | undefined {
  const position = fieldPosition(item, shape);
  if (position === undefined || list.op !== 'list') return undefined;
  const literals = list.args.map(literal);
  if (literals.includes(undefined)) return undefined;
  const known = new Set(literals);
  return (values) => known.has(values[position] ?? undefined);
}

function compared(op: '==' | '!=' | '<' | '<=' | '>' | '>=', left: Read | undefined, right: Read | undefined): Test | undefined {
  if (left === undefined || right === undefined) return undefined;
  switch (op) {
    case '==': return (values) => left(values) === right(values);
    case '!=': return (values) => left(values) !== right(values);
    case '<': return ordered(left, right, (order) => order < 0);
    case '<=': return ordered(left, right, (order) => order <= 0);
    case '>': return ordered(left, right, (order) => order > 0);
    case '>=': return ordered(left, right, (order) => order >= 0);
  }
}

function ordered(left: Read, right: Read, holds: (order: number) => boolean): Test {
  return (values) => {
    const [a, b] = [left(values) ?? '', right(values) ?? ''];
    return holds(a < b ? -1 : a > b ? 1 : 0);
  };
}

function operand(node: ASTNode, shape: TableShape): Read | undefined {
  const position = fieldPosition(node, shape);
  if (position !== undefined) return (values) => values[position] ?? null;
  const value = literal(node);
  return value === undefined ? undefined : () => value;
}

function literal(node: ASTNode): string | number | undefined {
  if (node.op !== 'value') return undefined;
  if (typeof node.args === 'string') return node.args;
  return typeof node.args === 'bigint' && Number.isSafeInteger(Number(node.args)) ? Number(node.args) : undefined;
}

function fieldPosition(node: ASTNode | undefined, shape: TableShape): number | undefined {
  if (node?.op !== '.' || node.args[0].op !== 'id' || node.args[0].args !== 'r') return undefined;
  return shape.position.get(node.args[1]);
}
