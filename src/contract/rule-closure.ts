import type { ASTNode } from '@marcbachmann/cel-js';
import type { Names, Test } from './rule-frame.ts';
import { fieldRead, listOf, literal, operand, textsOf, type Read } from './rule-operand.ts';
import { ruleFunctions } from './rule-functions.ts';

/**
 * A rule's expression as a closure, for the shapes rules usually have; absent for every other shape, which the expression
 * language itself then evaluates. Only for type-checked expressions. An absent value makes a condition unknown, as an
 * error does in the language: `false && unknown` is false, `true || unknown` is true, and a list is asked to its end.
 */
export function asClosure(node: ASTNode, names: Names): Test | undefined {
  switch (node.op) {
    case '&&':
      return joined(asClosure(node.args[0], names), asClosure(node.args[1], names), false);
    case '||':
      return joined(asClosure(node.args[0], names), asClosure(node.args[1], names), true);
    case '!_':
      return negated(asClosure(node.args, names));
    case 'call':
      return called(node.args[0], node.args[1], names);
    case 'rcall':
      return node.args[0] === 'all' || node.args[0] === 'exists' ? asked(node.args, names) : textTest(node.args, names);
    case 'in':
      return listed(operand(node.args[0], names), node.args[1]);
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compared(node.op, operand(node.args[0], names), operand(node.args[1], names));
    default:
      return undefined;
  }
}

/** `deciding` settles the matter whatever the other side is: false for `&&`, true for `||`. */
function joined(left: Test | undefined, right: Test | undefined, deciding: boolean): Test | undefined {
  if (left === undefined || right === undefined) return undefined;
  return (frame) => {
    const first = left(frame);
    if (first === deciding) return deciding;
    const second = right(frame);
    return second === deciding ? deciding : first === null ? null : second;
  };
}

function negated(inner: Test | undefined): Test | undefined {
  return inner && ((frame) => {
    const found = inner(frame);
    return found === null ? null : !found;
  });
}

function called(name: string, args: readonly ASTNode[], names: Names): Test | undefined {
  if (name === 'has') {
    const read = fieldRead(args[0], names);
    return read && ((frame) => read(frame) !== null);
  }
  const test = Object.hasOwn(ruleFunctions, name) ? ruleFunctions[name] : undefined;
  if (test?.gives !== 'bool') return undefined;
  const [first] = args;
  const only = args.length === 1 && first !== undefined ? operand(first, names) : undefined;
  if (only !== undefined) {
    return (frame) => {
      const value = only(frame);
      return value === null ? null : test.work(String(value));
    };
  }
  const texts = textsOf(args, names);
  return texts && ((frame) => {
    const found = texts(frame);
    return found === null ? null : test.work(...found);
  });
}

/** `list.all(x, …)` and `list.exists(x, …)`: the name gets the next slot. */
function asked([macro, of, [name, body]]: readonly [string, ASTNode, readonly ASTNode[]], names: Names): Test | undefined {
  const list = listOf(of, names);
  if (list === undefined || name?.op !== 'id' || body === undefined) return undefined;
  const slot = 2 + names.rows.size;
  const inner = asClosure(body, { ...names, rows: new Map([...names.rows, [name.args, { slot, shape: list.shape }]]) });
  const deciding = macro === 'exists';
  return inner && ((frame) => {
    let found: boolean | null = !deciding;
    for (const row of list.rows(frame)) {
      frame.rows[slot] = row;
      const one = inner(frame);
      if (one === deciding) return deciding;
      if (one === null) found = null;
    }
    return found;
  });
}

const texts: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
  contains: (text, part) => text.includes(part),
};

function textTest([name, of, [part]]: readonly [string, ASTNode, readonly ASTNode[]], names: Names): Test | undefined {
  const read = operand(of, names);
  const other = part === undefined ? undefined : operand(part, names);
  if (read === undefined || part === undefined || other === undefined) return undefined;
  if (name === 'matches') return matching(read, literal(part));
  const test = Object.hasOwn(texts, name) ? texts[name] : undefined;
  return test && ((frame) => {
    const [text, wanted] = [read(frame), other(frame)];
    return text === null || wanted === null ? null : test(String(text), String(wanted));
  });
}

function matching(read: Read, pattern: string | number | undefined): Test | undefined {
  if (typeof pattern !== 'string') return undefined;
  const expression = new RegExp(pattern);
  return (frame) => {
    const text = read(frame);
    return text === null ? null : expression.test(String(text));
  };
}

function listed(read: Read | undefined, list: ASTNode): Test | undefined {
  if (read === undefined || list.op !== 'list') return undefined;
  const literals = list.args.map(literal);
  if (literals.includes(undefined)) return undefined;
  const known = new Set(literals);
  return (frame) => {
    const value = read(frame);
    return value === null ? null : known.has(value);
  };
}

function compared(op: '==' | '!=' | '<' | '<=' | '>' | '>=', left: Read | undefined, right: Read | undefined): Test | undefined {
  if (left === undefined || right === undefined) return undefined;
  switch (op) {
    case '==': return ordered(left, right, (order) => order === 0);
    case '!=': return ordered(left, right, (order) => order !== 0);
    case '<': return ordered(left, right, (order) => order < 0);
    case '<=': return ordered(left, right, (order) => order <= 0);
    case '>': return ordered(left, right, (order) => order > 0);
    case '>=': return ordered(left, right, (order) => order >= 0);
  }
}

function ordered(left: Read, right: Read, holds: (order: number) => boolean): Test {
  return (frame) => {
    const [a, b] = [left(frame), right(frame)];
    return a === null || b === null ? null : holds(a < b ? -1 : a > b ? 1 : 0);
  };
}
