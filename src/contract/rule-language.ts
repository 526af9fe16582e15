import { Environment } from '@marcbachmann/cel-js';
import type { RuleScope } from './data.ts';
import type { Frame, Group, Names, RowName, Values } from './rule-frame.ts';
import { ruleFunctions } from './rule-functions.ts';
import type { TableShape } from './table-shape.ts';

/** What a rule of a scope on a table may name, for closures and for the expression language. */
export interface Language {
  readonly environment: Environment;
  readonly names: Names;
  /** A frame as the language wants it: records by field name, what has no value left out. */
  readonly context: (frame: Frame) => Readonly<Record<string, unknown>>;
}

const rowsOf: Readonly<Record<RuleScope, readonly string[]>> = { record: ['r'], aggregate: ['r'], change: ['r', 'before'] };
const listsOf: Readonly<Record<RuleScope, readonly string[]>> = { record: [], aggregate: ['all'], change: ['all', 'were'] };

/** The languages of a region's tables, each made once. */
export function ruleLanguages(tables: ReadonlyMap<string, TableShape>): (scope: RuleScope, shape: TableShape) => Language {
  const made = new Map<string, Language>();
  let withTables: Environment | null = null;
  return (scope, shape) => {
    const name = `${scope} ${shape.table}`;
    const language = made.get(name) ?? languageOf(scope, shape, { tables, ground: scope === 'record' ? withFunctions() : (withTables ??= withTypes(tables)).clone() });
    made.set(name, language);
    return language;
  };
}

interface Ground {
  readonly tables: ReadonlyMap<string, TableShape>;
  readonly ground: Environment;
}

function languageOf(scope: RuleScope, shape: TableShape, { tables, ground }: Ground): Language {
  const rows = new Map(rowsOf[scope].map((name, slot): readonly [string, RowName] => [name, { slot, shape }]));
  for (const name of rows.keys()) ground.registerVariable(name, { schema: fieldTypes(shape) });
  for (const name of listsOf[scope]) ground.registerVariable(name, 'aggregate');
  const lists = new Set(listsOf[scope]);
  return {
    environment: ground,
    names: { rows, lists, tables },
    context: (frame) => ({
      ...Object.fromEntries([...rows].map(([name, { slot }]) => [name, asRecord(frame.rows[slot] ?? [], shape)])),
      ...(lists.has('all') ? { all: asLists(frame.all, tables) } : {}),
      ...(lists.has('were') ? { were: asLists(frame.were, tables) } : {}),
    }),
  };
}

function withFunctions(): Environment {
  const environment = new Environment();
  for (const [name, { takes, gives, work }] of Object.entries(ruleFunctions)) {
    environment.registerFunction(`${name}(${Array.from({ length: takes }, () => 'string').join(', ')}): ${gives}`, work);
  }
  return environment;
}

/** Every table as a type, and the aggregate that has a list of each. */
function withTypes(tables: ReadonlyMap<string, TableShape>): Environment {
  const environment = withFunctions();
  for (const [table, shape] of tables) environment.registerType(table, { fields: fieldTypes(shape) });
  return environment.registerType('aggregate', { fields: Object.fromEntries([...tables.keys()].map((table) => [table, `list<${table}>`])) });
}

function fieldTypes(shape: TableShape): Readonly<Record<string, string>> {
  return Object.fromEntries(shape.fields.map((field) => [field.name, field.type === 'int' ? 'int' : 'string']));
}

function asLists(group: Group, tables: ReadonlyMap<string, TableShape>): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...tables].map(([table, shape]) => [table, (group.get(table) ?? []).map((values) => asRecord(values, shape))]));
}

/** The values by name, as the language wants them: integers as BigInt, and a field without a value left out. */
function asRecord(values: Values, shape: TableShape): Readonly<Record<string, string | bigint>> {
  const record: Record<string, string | bigint> = {};
  for (const [name, at] of shape.position) {
    const value = values[at] ?? null;
    if (value !== null) record[name] = typeof value === 'number' ? BigInt(value) : value;
  }
  return record;
}
