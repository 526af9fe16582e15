import { isScalar } from 'yaml';
import type { RuleData } from '../contract/data.ts';
import { ruleCompiler, type RuleCompiler } from '../contract/rule.ts';
import type { TableShape } from '../contract/table-shape.ts';
import { nearest } from './nearest.ts';
import { spotAt } from './peek.ts';
import { block, may, must } from './read-block.ts';
import { list, oneOf, text, type Reader } from './read.ts';
import type { Spot } from './spot.ts';

const rule = block({
  id: must(text),
  scope: may(oneOf('record', 'aggregate', 'change')),
  table: must(text),
  field: must(text),
  code: must(text),
  severity: must(oneOf('refuse', 'warn', 'note')),
  owner: must(text),
  sentence: must(text),
  source: must(text),
  when: may(text),
  expect: must(text),
});

/** `rules.yaml` of a region profile; every expression is compiled, so that a mistake in it is found here. */
export function rulesFile(tables: ReadonlyMap<string, TableShape> | undefined): Reader<readonly RuleData[]> {
  const met = new Set<string>();
  const compile = tables === undefined ? undefined : ruleCompiler(tables);
  const checked: Reader<RuleData> = (spot) => {
    const found: RuleData | undefined = rule(spot);
    if (found === undefined) return undefined;
    if (met.has(found.id)) spotAt(spot, 'id').mistake('NAME_TWICE', { name: found.id });
    met.add(found.id);
    if (tables !== undefined && compile !== undefined) checkRule(found, spot, { tables, compile });
    return found;
  };
  return (spot) => block({ rules: must(list(checked, 0)) })(spot)?.rules;
}

function checkRule(found: RuleData, spot: Spot, { tables, compile }: { readonly tables: ReadonlyMap<string, TableShape>; readonly compile: RuleCompiler }): void {
  const shape = tables.get(found.table);
  if (shape === undefined) return spotAt(spot, 'table').mistake('TABLE_UNKNOWN', { table: found.table, near: nearest(found.table, tables.keys()) });
  if (!shape.position.has(found.field)) {
    spotAt(spot, 'field').mistake('FIELD_UNKNOWN', { table: found.table, field: found.field, near: nearest(found.field, shape.position.keys()) });
  }
  const compiled = compile(found, shape);
  for (const fault of 'faults' in compiled ? compiled.faults : []) {
    const at = spotAt(spot, fault.part);
    const quote = isScalar(at.node) && at.node.type !== 'PLAIN' ? 1 : 0;
    at.mistake('RULE_WRONG', { rule: found.id, reason: fault.reason }, fault.at + quote);
  }
}
