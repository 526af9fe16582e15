import { Environment } from '@marcbachmann/cel-js';
import { whereAndWhy } from './expression-fault.ts';

/** An expression over named texts, as a function; null where it cannot be worked out for these values. */
export type Expression = (inputs: Readonly<Record<string, string>>) => string | null;

/** An expression, or where in it (from 0) and why it cannot be used. */
export type CompiledExpression = { readonly work: Expression } | { readonly at: number; readonly reason: string };

const results = new Set<unknown>(['string', 'int']);

/** Compiles an expression of the Common Expression Language whose inputs are texts; it must give a text or a whole number. */
export function compileExpression(source: string, inputs: readonly string[]): CompiledExpression {
  try {
    const environment = new Environment();
    for (const name of inputs) environment.registerVariable(name, 'string');
    const parsed = environment.parse(source);
    const checked = parsed.check();
    if (checked.error !== undefined) return whereAndWhy(checked.error);
    if (!results.has(checked.type)) return { at: 0, reason: `gives ${checked.type ?? 'unknown'}, not string or int` };
    return { work: (values) => workOut(parsed, values) };
  } catch (error) {
    return whereAndWhy(error);
  }
}

/** A value the expression was not made for (a word where it wants a number) is the record's fault, not the run's. */
function workOut(parsed: (context: Readonly<Record<string, string>>) => unknown, values: Readonly<Record<string, string>>): string | null {
  try {
    return String(parsed(values));
  } catch (error) {
    if (error instanceof Error && error.name === 'EvaluationError') return null;
    throw error;
  }
}
