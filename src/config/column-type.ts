import type { FieldShape } from '../contract/table-shape.ts';

const kinds: readonly (readonly [RegExp, 'moment' | 'number' | 'bytes'])[] = [
  [/^(?:date|time|datetime|smalldatetime|timestamp)/, 'moment'],
  [/^(?:tiny|small|medium|big)?int|^(?:number|numeric|dec|float|double|real|money|bit|bool|serial|bigserial)/, 'number'],
  [/^(?:tiny|medium|long)?blob|^(?:bytea|binary|varbinary|raw|long raw|image)/, 'bytes'],
];

/**
 * Whether nothing that such a column holds can ever become such a field: a date is no whole number, a number is a date
 * only by a pattern, bytes are neither. Text may hold anything, and so may a type nobody knows.
 */
export function unfit(declared: string, type: FieldShape['type'], dated: boolean): boolean {
  const kind = kinds.find(([pattern]) => pattern.test(declared.trim().toLowerCase()))?.[1];
  switch (type) {
    case 'int': return kind === 'moment' || kind === 'bytes';
    case 'datetime': return kind === 'bytes' || (kind === 'number' && !dated);
    case 'varchar': return false;
  }
}
