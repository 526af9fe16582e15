import type { Problem } from '../record/problem.ts';
import { characterReplacement, type Replaced } from './character-replacement.ts';
import type { ContractData, RuleScope } from './data.ts';
import { ruleCompiler, type Rule, type RuleCompiler } from './rule.ts';
import type { Around } from './rule-frame.ts';
import { faultOf, tableValidators } from './table-schema.ts';
import { tableShapes, type TableShape, type Value } from './table-shape.ts';

/** Every problem of one record's values, in the order of the table's fields, then of the rules. */
export type Check = (values: readonly Value[]) => readonly Problem[];

/** Every problem of one record among those that travel with it, or against what the region has of it. */
export type CheckAround = (values: readonly Value[], around: Around) => readonly Problem[];

/** What the region accepts. */
export interface Contract {
  readonly tables: ReadonlyMap<string, TableShape>;
  readonly shape: (table: string) => TableShape;
  /** The check of a table, compiled once; for the hot path. */
  readonly checker: (table: string) => Check;
  readonly check: (table: string, values: readonly Value[]) => readonly Problem[];
  /** The rules across the records of an aggregate, for a record of this table; null when there are none. */
  readonly across: (table: string) => CheckAround | null;
  /** The rules about what may not change between two versions, for a record of this table; null when there are none. */
  readonly changing: (table: string) => CheckAround | null;
  /** The values with characters the region cannot hold replaced as its profile declares; null when none was. */
  readonly replace: (table: string, values: readonly Value[]) => Replaced | null;
}

const none: readonly Problem[] = Object.freeze([]);

/** Compiles the region's tables, dictionaries and rules; throws when a rule cannot be compiled, which config has reported before. */
export function compileContract(data: ContractData): Contract {
  const tables = tableShapes(data);
  const validatorOf = tableValidators(data.text);
  const compile = ruleCompiler(tables);
  const shape = (table: string): TableShape => known(tables.get(table), table);
  const rulesOf = (table: string, scope: RuleScope): readonly Rule[] => rulesFor(data, { shape: shape(table), scope, compile });
  const checker = once((table) => tableCheck(shape(table), validatorOf, rulesOf(table, 'record')));
  return {
    tables, shape, checker,
    check: (table, values) => checker(table)(values),
    across: once((table) => around(rulesOf(table, 'aggregate'))),
    changing: once((table) => around(rulesOf(table, 'change'))),
    replace: characterReplacement(data, shape),
  };
}

function rulesFor(data: ContractData, about: { readonly shape: TableShape; readonly scope: RuleScope; readonly compile: RuleCompiler }): readonly Rule[] {
  const { shape, scope, compile } = about;
  return data.rules.filter((rule) => rule.table === shape.table && (rule.scope ?? 'record') === scope).map((rule): Rule => {
    const compiled = compile(rule, shape);
    if ('faults' in compiled) throw new TypeError(`rule ${rule.id}: ${compiled.faults.map((fault) => fault.reason).join('; ')}`);
    return compiled.rule;
  });
}

function tableCheck(shape: TableShape, validatorOf: ReturnType<typeof tableValidators>, rules: readonly Rule[]): Check {
  const validate = validatorOf(shape);
  return (values) => {
    const problems: Problem[] | null = validate(values) ? null : faulty(validate.errors ?? [], shape);
    return byRules(rules, { values, before: problems });
  };
}

function faulty(errors: NonNullable<ReturnType<ReturnType<typeof tableValidators>>['errors']>, shape: TableShape): Problem[] {
  return errors.map((error) => {
    const { field, fault } = faultOf(error, shape);
    return { ...fault, severity: 'refuse', table: shape.table, ...(field === undefined ? {} : { field: field.name }) };
  });
}

function around(rules: readonly Rule[]): CheckAround | null {
  return rules.length === 0 ? null : (values, about) => byRules(rules, { values, about, before: null });
}

interface Judged {
  readonly values: readonly Value[];
  readonly about?: Around;
  readonly before: Problem[] | null;
}

function byRules(rules: readonly Rule[], { values, about, before }: Judged): readonly Problem[] {
  let problems = before;
  for (const rule of rules) {
    const problem = rule(values, about);
    if (problem !== null) (problems ??= []).push(problem);
  }
  return problems ?? none;
}

function once<T>(make: (table: string) => T): (table: string) => T {
  const made = new Map<string, T>();
  return (table) => {
    const found = made.get(table);
    if (found !== undefined) return found;
    const one = make(table);
    made.set(table, one);
    return one;
  };
}

function known<T>(one: T | undefined, name: string): T {
  if (one === undefined) throw new TypeError(`the contract has no table ${name}`);
  return one;
}
