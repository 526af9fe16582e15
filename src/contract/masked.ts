import type { FieldShape, Value } from './table-shape.ts';

/**
 * A value as it may be shown to whoever looks at a plan: codes, numbers and dates as they are; of any other text the first
 * character and its length, because it may be about a person.
 */
export function masked(field: FieldShape, value: Value): Value {
  if (value === null || typeof value === 'number' || field.type !== 'varchar' || field.dictionary !== null) return value;
  const characters = [...value];
  return characters.length < 2 ? '…' : `${characters[0] ?? ''}…(${characters.length})`;
}
