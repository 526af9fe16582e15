import type { Problem } from '../record/problem.ts';
import type { ContractData } from './data.ts';
import { compileRule, type Rule } from './rule.ts';
import { faultOf, tableValidators } from './table-schema.ts';
import { tableShapes, type TableShape, type Value } from './table-shape.ts';

/** Every problem of one record's values, in the order of the table's fields, then of the rules. */
export type Check = (values: readonly Value[]) => readonly Problem[];

/** What the region accepts. */
export interface Contract {
  readonly tables: ReadonlyMap<string, TableShape>;
  readonly shape: (table: string) => TableShape;
  /** The check of a table, compiled once; for the hot path. */
  readonly checker: (table: string) => Check;
  readonly check: (table: string, values: readonly Value[]) => readonly Problem[];
}

const none: readonly Problem[] = Object.freeze([]);

/** Compiles the region's tables, dictionaries and rules; throws when a rule cannot be compiled, which config has reported before. */
export function compileContract(data: ContractData): Contract {
  const tables = tableShapes(data);
  const validatorOf = tableValidators(data.text);
  const checks = new Map<string, Check>();
  const shape = (table: string): TableShape => known(tables.get(table), table);
  const checker = (table: string): Check => {
    const check = checks.get(table) ?? tableCheck(shape(table), validatorOf, data);
    checks.set(table, check);
    return check;
  };
  return { tables, shape, checker, check: (table, values) => checker(table)(values) };
}

function tableCheck(shape: TableShape, validatorOf: ReturnType<typeof tableValidators>, data: ContractData): Check {
  const validate = validatorOf(shape);
  const rules = data.rules.filter((rule) => rule.table === shape.table).map((rule): Rule => {
    const compiled = compileRule(rule, shape);
    if ('faults' in compiled) throw new TypeError(`rule ${rule.id}: ${compiled.faults.map((fault) => fault.reason).join('; ')}`);
    return compiled.rule;
  });
  return (values) => {
    const problems: Problem[] | null = validate(values) ? null : faulty(validate.errors ?? [], shape);
    return byRules(rules, values, problems);
  };
}

function faulty(errors: NonNullable<ReturnType<ReturnType<typeof tableValidators>>['errors']>, shape: TableShape): Problem[] {
  return errors.map((error) => {
    const { field, fault } = faultOf(error, shape);
    return { ...fault, severity: 'refuse', table: shape.table, ...(field === undefined ? {} : { field: field.name }) };
  });
}

function byRules(rules: readonly Rule[], values: readonly Value[], before: Problem[] | null): readonly Problem[] {
  let problems = before;
  for (const rule of rules) {
    const problem = rule(values);
    if (problem !== null) problems = [...(problems ?? []), problem];
  }
  return problems ?? none;
}

function known<T>(one: T | undefined, name: string): T {
  if (one === undefined) throw new TypeError(`the contract has no table ${name}`);
  return one;
}
