import { shapeOf, type Schema } from './shape.ts';

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

/** What is read of an OpenAPI document. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: {
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly requestBodies: Readonly<Record<string, Content>>;
    readonly responses: Readonly<Record<string, Content>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

const verbs = ['get', 'post', 'put', 'delete', 'patch'];

/** The text of `api/calls.ts`: every shape, and every call with what it is given and what it answers. */
export function callsFrom(description: Description): string {
  const shapes = Object.entries(description.components.schemas).map(([name, schema]) => `export type ${name} = ${shapeOf(schema)};`);
  const calls = Object.entries(description.paths).flatMap(([path, item]) =>
    verbs.filter((verb) => verb in item).map((verb) => ({ verb, path, operation: item[verb] as Operation, above: (item['parameters'] ?? []) as readonly Parameter[] })))
    .filter((one) => one.path.startsWith('/api/'));
  const lines = calls.map(({ operation, above }) => {
    const parameters = [...above, ...(operation.parameters ?? [])].map((one) => resolved(one, description.components.parameters));
    const given = [part('path', parameters), part('query', parameters), part('header', parameters), bodyOf(operation, description)].filter((one) => one !== '');
    return `  readonly ${operation.operationId}: { readonly given: ${given.length === 0 ? 'object' : `{ ${given.join('; ')} }`}; readonly answer: ${answerOf(operation, description)} };`;
  });
  const routes = calls.map(({ verb, path, operation }) => `  ${operation.operationId}: ['${verb.toUpperCase()}', '${path}'],`);
  return [
    '// Written from console/server/openapi.yaml by `npm run console:calls`; a test holds the two together.', '',
    ...shapes, '', '/** What each call is given, and what it answers. */', 'export interface Calls {', ...lines, '}', '',
    '/** Where each call goes. */', 'export const routes = {', ...routes, '} as const;', '',
  ].join('\n');
}

function part(place: Parameter['in'], parameters: readonly Parameter[]): string {
  const here = parameters.filter((one) => one.in === place);
  if (here.length === 0) return '';
  const fields = here.map((one) => `readonly ${one.name}${one.required === true ? '' : '?'}: ${shapeOf(one.schema)}${one.required === true ? '' : ' | undefined'}`);
  return `readonly ${place}${here.some((one) => one.required === true) ? '' : '?'}: { ${fields.join('; ')} }`;
}

function bodyOf({ requestBody }: Operation, { components }: Description): string {
  const schema = requestBody === undefined ? undefined : schemaOf(resolved(requestBody, components.requestBodies));
  return schema === undefined ? '' : `readonly body: ${shapeOf(schema)}`;
}

function answerOf({ responses }: Operation, { components }: Description): string {
  const good = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  const schema = good === undefined ? undefined : schemaOf(resolved(good, components.responses));
  return schema === undefined ? 'unknown' : shapeOf(schema);
}

function schemaOf({ content }: Content): Schema | undefined {
  return Object.values(content ?? {})[0]?.schema;
}

function resolved<One extends { readonly $ref?: string }>(one: One, known: Readonly<Record<string, One>>): One {
  return one.$ref === undefined ? one : known[one.$ref.slice(one.$ref.lastIndexOf('/') + 1)] ?? one;
}
