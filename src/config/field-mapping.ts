import { isScalar } from 'yaml';
import type { Value } from '../contract/table-shape.ts';
import { valueFaults } from '../contract/table-schema.ts';
import type { FieldMapping, Origin, Steps } from '../mapping/dataset.ts';
import { compileExpression } from '../contract/expression.ts';
import { columnOf, parentOf, type Rows } from './column-place.ts';
import { stepKeys } from './field-steps.ts';
import type { Aim } from './known.ts';
import { keysAt, spotAt } from './peek.ts';
import { block, may } from './read-block.ts';
import { anyText, list, named, text, textOrNumber, type Reader } from './read.ts';
import type { Spot } from './spot.ts';

const origins = ['column', 'parent', 'constant', 'join', 'first', 'expression'] as const;

/** Where in a mapping a field stands: in a record, as a part of a `join` or a `first`, or as an input of an expression. */
type Role = 'field' | 'join' | 'first' | 'input';

/** Reads one field of a record, or a part of one. */
export function fieldMapping(aim: Aim, rows: Rows, role: Role = 'field'): Reader<FieldMapping> {
  const inner = (kind: 'join' | 'first'): Reader<readonly FieldMapping[]> => (spot) => list(fieldMapping(aim, rows, kind), 2)(spot);
  const keys = {
    column: may(columnOf(rows)),
    parent: may(parentOf(rows)),
    constant: may(textOrNumber),
    because: may(text),
    join: may(inner('join')),
    separator: may(anyText),
    first: may(inner('first')),
    expression: may(text),
    with: may((spot: Spot) => named(() => fieldMapping(aim, rows, 'input'))(spot)),
    ...stepKeys(aim),
  };
  return (spot) => {
    const found = block(keys)(spot);
    const one = oneOrigin(spot);
    checkReasons(spot, role);
    if (role === 'field') checkFixed(spot, aim);
    if (found === undefined || !one) return undefined;
    const { column, parent, constant, because: _because, join, separator, first, expression, with: inputs, ...steps } = found;
    if (expression !== undefined && !compiles(spot, expression, Object.keys(inputs ?? {}))) return undefined;
    const origin = originOf({ place: column ?? parent, constant, join, separator, first, expression, inputs });
    return origin === undefined ? undefined : { origin, steps: steps satisfies Steps };
  };
}

function originOf(found: {
  readonly place: Extract<Origin, { kind: 'column' }>['place'] | undefined;
  readonly constant: string | number | undefined;
  readonly join: readonly FieldMapping[] | undefined;
  readonly separator: string | undefined;
  readonly first: readonly FieldMapping[] | undefined;
  readonly expression: string | undefined;
  readonly inputs: Readonly<Record<string, FieldMapping>> | undefined;
}): Origin | undefined {
  if (found.place !== undefined) return { kind: 'column', place: found.place };
  if (found.constant !== undefined) return { kind: 'constant', value: found.constant };
  if (found.join !== undefined) return { kind: 'join', separator: found.separator ?? '', parts: found.join };
  if (found.first !== undefined) return { kind: 'first', parts: found.first };
  return found.expression === undefined ? undefined : { kind: 'expression', source: found.expression, inputs: found.inputs ?? {} };
}

/** The expression is compiled here, over the inputs it declares, so that a mistake in it is told at its place. */
function compiles(spot: Spot, source: string, inputs: readonly string[]): boolean {
  const compiled = compileExpression(source, inputs);
  if ('work' in compiled) return true;
  const at = spotAt(spot, 'expression');
  const quote = isScalar(at.node) && at.node.type !== 'PLAIN' ? 1 : 0;
  at.mistake('EXPRESSION_WRONG', { reason: compiled.reason }, compiled.at + quote);
  return false;
}

/** Exactly one key says where the value comes from; `separator` belongs to `join`. */
function oneOrigin(spot: Spot): boolean {
  const keys = keysAt(spot);
  const found = origins.filter((origin) => keys.includes(origin));
  if (found.length !== 1) spot.mistake('ORIGIN_COUNT', { found: found.join('、'), known: origins.join('、') });
  if (keys.includes('join') !== keys.includes('separator')) {
    if (keys.includes('join')) spot.mistake('KEY_MISSING', { key: 'separator' });
    else spotAt(spot, 'separator').mistake('STEP_UNFIT', { step: 'separator', field: '', type: found[0] ?? '' });
  }
  if (keys.includes('expression') !== keys.includes('with')) {
    if (keys.includes('expression')) spot.mistake('KEY_MISSING', { key: 'with' });
    else spotAt(spot, 'with').mistake('STEP_UNFIT', { step: 'with', field: '', type: found[0] ?? '' });
  }
  return found.length === 1;
}

/** What the county did not say must have a reason; a fixed piece between the parts of a `join` is its own reason. */
function checkReasons(spot: Spot, role: Role): void {
  const keys = keysAt(spot);
  if (keys.includes('constant') && !keys.includes('because') && role !== 'join') spotAt(spot, 'constant').mistake('KEY_MISSING', { key: 'because' });
}

/** A constant and a default must be what the region's field accepts. */
function checkFixed(spot: Spot, { field, known }: Aim): void {
  if (field === undefined) return;
  for (const at of [spotAt(spot, 'constant'), spotAt(spot, 'default', 'value')]) {
    const value = at.node === null ? undefined : textOrNumber(at.quietly());
    for (const fault of value === undefined ? [] : valueFaults(field, known.text, value satisfies Value)) {
      at.mistake('VALUE_UNFIT', { value: String(value).slice(0, 40), field: field.name, reason: fault.code });
    }
  }
}
