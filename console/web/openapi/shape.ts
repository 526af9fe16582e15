/** The part of JSON Schema that the console's OpenAPI document is written in. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | null)[];
  readonly const?: string | boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly format?: string;
}

/** A schema as a TypeScript type, on one line. */
export function shapeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => (one === null ? 'null' : `'${one}'`)).join(' | ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(shapeOf).join(' | ');
  if (schema.allOf !== undefined) return schema.allOf.map(shapeOf).join(' & ');
  if (schema.type === undefined) return 'unknown';
  return [schema.type].flat().map((type) => shapeOfType(type, schema)).join(' | ');
}

function shapeOfType(type: string, schema: Schema): string {
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array') return `readonly ${wrapped(schema.items === undefined ? 'unknown' : shapeOf(schema.items))}[]`;
  if (type === 'object') return objectShape(schema);
  return schema.format === 'binary' ? 'Blob' : type;
}

function objectShape({ properties = {}, required = [], additionalProperties }: Schema): string {
  const named = Object.entries(properties).map(([name, one]) => `readonly ${name}${required.includes(name) ? '' : '?'}: ${shapeOf(one)}`);
  const loose = required.filter((name) => !(name in properties)).map((name) => `readonly ${name}: unknown`);
  const parts = [...named, ...loose];
  if (typeof additionalProperties === 'object') return `Readonly<Record<string, ${shapeOf(additionalProperties)}>>`;
  return parts.length === 0 ? 'Readonly<Record<string, unknown>>' : `{ ${parts.join('; ')} }`;
}

function wrapped(shape: string): string {
  return /[|&]/.test(shape) && !shape.startsWith('{') || shape.startsWith('readonly ') ? `(${shape})` : shape;
}
