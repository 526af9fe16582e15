import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import type { Problem } from '../record/problem.ts';
import type { RuleData } from './data.ts';
import { asClosure } from './rule-closure.ts';
import { fieldsNamed } from './rule-fields.ts';
import { ruleFunctions } from './rule-functions.ts';
import type { TableShape, Value } from './table-shape.ts';

/** A compiled rule: the problem it finds in a record's values, or null. */
export type Rule = (values: readonly Value[]) => Problem | null;

/** Why an expression cannot be used: which part, where in it (from 0), and what the language says about it. */
export interface RuleFault {
  readonly part: 'when' | 'expect';
  readonly at: number;
  readonly reason: string;
}

type Test = (values: readonly Value[]) => boolean;

/**
 * Compiles a rule for its table. A rule is skipped when a field it names is null, unless it asks for that field by
 * `has()`. `slowly` leaves out the closures, so that a test can hold both ways against each other.
 */
export function compileRule(rule: RuleData, shape: TableShape, slowly = false): { readonly rule: Rule } | { readonly faults: readonly RuleFault[] } {
  const faults: RuleFault[] = [];
  const needed = new Set<number>();
  const environment = environmentOf(shape);
  const part = (name: RuleFault['part'], source: string): Test | null => {
    const found = expression(environment, source, shape);
    if ('reason' in found) {
      faults.push({ part: name, at: found.at, reason: found.reason });
      return null;
    }
    for (const position of found.needed) needed.add(position);
    return (slowly ? undefined : asClosure(found.ast, shape)) ?? found.evaluate;
  };
  const when = rule.when === undefined ? () => true : part('when', rule.when);
  const expect = part('expect', rule.expect);
  if (when === null || expect === null) return { faults };
  const problem: Problem = Object.freeze({ code: rule.code, severity: rule.severity, table: rule.table, field: rule.field, rule: rule.id });
  const positions = [...needed];
  return {
    rule: (values) => {
      for (const position of positions) if (values[position] === null) return null;
      return !when(values) || expect(values) ? null : problem;
    },
  };
}

interface Expression {
  readonly ast: ASTNode;
  readonly needed: readonly number[];
  readonly evaluate: Test;
}

function expression(environment: Environment, source: string, shape: TableShape): Expression | { readonly at: number; readonly reason: string } {
  try {
    const parsed = environment.parse(source);
    const named = fieldsNamed(parsed.ast, shape);
    const stranger = named.strangers[0];
    if (stranger !== undefined) return { at: stranger.at, reason: `no field ${stranger.name}` };
    const checked = parsed.check();
    if (checked.error !== undefined) return whereAndWhy(checked.error);
    if (checked.type !== 'bool') return { at: 0, reason: `not a condition but ${checked.type ?? 'unknown'}` };
    return { ast: parsed.ast, needed: named.needed, evaluate: (values) => parsed({ r: asRecord(values, shape) }) === true };
  } catch (error) {
    return whereAndWhy(error);
  }
}

function environmentOf(shape: TableShape): Environment {
  const fields = Object.fromEntries(shape.fields.map((field) => [field.name, field.type === 'int' ? 'int' : 'string']));
  const environment = new Environment().registerVariable('r', { schema: fields });
  for (const [name, test] of Object.entries(ruleFunctions)) environment.registerFunction(`${name}(string): bool`, test);
  return environment;
}

/** The values by name, as the language wants them: integers as BigInt, and a field without a value left out. */
function asRecord(values: readonly Value[], shape: TableShape): Readonly<Record<string, string | bigint>> {
  const record: Record<string, string | bigint> = {};
  for (const [name, at] of shape.position) {
    const value = values[at] ?? null;
    if (value !== null) record[name] = typeof value === 'number' ? BigInt(value) : value;
  }
  return record;
}

function whereAndWhy(error: unknown): { readonly at: number; readonly reason: string } {
  if (!(error instanceof Error)) throw error;
  const range: unknown = 'range' in error ? error.range : undefined;
  const at = typeof range === 'object' && range !== null && 'start' in range && typeof range.start === 'number' ? range.start : 0;
  return { at, reason: 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message };
}
