import type { ASTNode } from '@marcbachmann/cel-js';
import type { Problem } from '../record/problem.ts';
import type { RuleData } from './data.ts';
import { whereAndWhy } from './expression-fault.ts';
import { asClosure } from './rule-closure.ts';
import { fieldsNamed, type FieldsNamed } from './rule-fields.ts';
import { emptyFrame, fill, type Around, type Test, type Values } from './rule-frame.ts';
import { ruleLanguages, type Language } from './rule-language.ts';
import type { TableShape } from './table-shape.ts';

/** A compiled rule: the problem it finds in a record's values and what is around it, or null. */
export type Rule = (values: Values, around?: Around) => Problem | null;

/** Why an expression cannot be used: which part, where in it (from 0), and what the language says about it. */
export interface RuleFault {
  readonly part: 'when' | 'expect';
  readonly at: number;
  readonly reason: string;
}

/** A rule, or why there is none. */
export type Compiled = { readonly rule: Rule } | { readonly faults: readonly RuleFault[] };

/** Compiles a rule for the table it is about. */
export type RuleCompiler = (rule: RuleData, shape: TableShape) => Compiled;

/**
 * A compiler of rules over a region's tables. A rule is skipped when a field it names of `r` or `before` is null, unless it
 * asks for that field by `has()`, and when absent values elsewhere leave its answer open. `slowly` leaves out the
 * closures, so that a test can hold both ways against each other.
 */
export function ruleCompiler(tables: ReadonlyMap<string, TableShape>, slowly = false): RuleCompiler {
  const languages = ruleLanguages(tables);
  return (rule, shape) => {
    const language = languages(rule.scope ?? 'record', shape);
    const faults: RuleFault[] = [];
    const parts = (['when', 'expect'] as const).flatMap((part) => {
      const source = rule[part];
      const found = source === undefined ? null : expression(language, source, slowly);
      if (found !== null && 'reason' in found) faults.push({ part, ...found });
      return found === null || 'reason' in found ? [] : [{ part, ...found }];
    });
    const expect = parts.find((one) => one.part === 'expect');
    if (faults.length > 0 || expect === undefined) return { faults };
    const when = parts.find((one) => one.part === 'when');
    return { rule: judging(rule, { when: when?.test ?? null, expect: expect.test, needed: [...expect.needed, ...(when?.needed ?? [])] }) };
  };
}

interface Judging {
  readonly when: Test | null;
  readonly expect: Test;
  readonly needed: FieldsNamed['needed'];
}

function judging({ code, severity, table, field, id }: RuleData, { when, expect, needed }: Judging): Rule {
  const problem: Problem = Object.freeze({ code, severity, table, field, rule: id });
  const frame = emptyFrame();
  return (values, around) => {
    fill(frame, values, around);
    for (let at = 0; at < needed.length; at += 1) {
      const place = needed[at];
      if (place !== undefined && (frame.rows[place.slot]?.[place.position] ?? null) === null) return null;
    }
    return (when === null || when(frame) === true) && expect(frame) === false ? problem : null;
  };
}

interface Expression {
  readonly test: Test;
  readonly needed: FieldsNamed['needed'];
}

function expression(language: Language, source: string, slowly: boolean): Expression | { readonly at: number; readonly reason: string } {
  const { environment, names } = language;
  try {
    const parsed = environment.parse(source);
    const named = fieldsNamed(parsed.ast, names);
    const stranger = named.strangers[0];
    if (stranger !== undefined) return { at: stranger.at, reason: `no field ${stranger.name}` };
    const checked = parsed.check();
    if (checked.error !== undefined) return whereAndWhy(checked.error);
    if (checked.type !== 'bool') return { at: 0, reason: `not a condition but ${checked.type ?? 'unknown'}` };
    const ast: ASTNode = parsed.ast;
    return { needed: named.needed, test: (slowly ? undefined : asClosure(ast, names)) ?? inLanguage(language, parsed) };
  } catch (error) {
    return whereAndWhy(error);
  }
}

/** Evaluated by the language itself; a value that is not there leaves the answer open. */
function inLanguage({ context }: Language, evaluate: (context: Readonly<Record<string, unknown>>) => unknown): Test {
  return (frame) => {
    try {
      return evaluate(context(frame)) === true;
    } catch (error) {
      if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'no_such_key') return null;
      throw error;
    }
  };
}
