import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { Role } from '../../src/port/accounts.ts';

type Method = 'get' | 'put' | 'post' | 'delete';
type Schema = Readonly<Record<string, unknown>>;

interface Parameter { readonly name: string; readonly in: 'path' | 'query' | 'header'; readonly required?: boolean; readonly schema: Schema }
interface Media { readonly schema: Schema }
interface Written {
  readonly operationId: string;
  readonly 'x-permission': string | readonly string[];
  readonly 'x-act'?: boolean;
  readonly 'x-audit'?: boolean;
  readonly 'x-own'?: 'dataset' | 'account' | 'unmasking';
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> } | { readonly $ref: string };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> } | { readonly $ref: string }>>;
}

/** One operation of the interface, as `openapi.yaml` has it. */
export interface Operation {
  readonly id: string;
  readonly method: Method;
  /** As Express writes it: `/api/jobs/:job/run`. */
  readonly path: string;
  /** `public`, `machine`, `self`, or permissions of which one is enough. */
  readonly permissions: readonly string[];
  readonly act: boolean;
  /** Written to the audit, because it is an act or a reading that must be answered for. */
  readonly audited: boolean;
  readonly own: 'dataset' | 'account' | 'unmasking' | null;
  /** Media type of the body, or null when there is none. */
  readonly takes: string | null;
  readonly checkPath: ValidateFunction;
  readonly checkQuery: ValidateFunction;
  readonly checkBody: ValidateFunction | null;
  /** The schema of an answer by status, for those who hold the server to it. */
  readonly checkAnswer: (status: number) => ValidateFunction | null;
}

export interface Description {
  readonly document: Readonly<Record<string, unknown>>;
  readonly operations: readonly Operation[];
  /** What each kind of person may do. */
  readonly rights: Readonly<Record<Role, readonly string[]>>;
}

const methods: readonly Method[] = ['get', 'put', 'post', 'delete'];

/** Reads the description the server is built from; throws when it contradicts itself. */
export function readDescription(): Description {
  const document = parse(readFileSync(join(import.meta.dirname, 'openapi.yaml'), 'utf8')) as {
    readonly paths: Readonly<Record<string, { readonly parameters?: Written['parameters'] } & Partial<Record<Method, Written>>>>;
    readonly components: Schema;
    readonly 'x-roles': Description['rights'];
  };
  const reader = new Reader(document.components);
  const operations = Object.entries(document.paths).flatMap(([path, item]) => methods.flatMap((method) => {
    const written = item[method];
    return written === undefined ? [] : [reader.operation(written, { method, path, shared: item.parameters ?? [] })];
  }));
  return { document, operations, rights: document['x-roles'] };
}

class Reader {
  readonly #components: Schema;
  /** Bodies are taken as they are; what stands in a URL is text until it is read. */
  readonly #strict: Ajv2020;
  readonly #coercing: Ajv2020;

  constructor(components: Schema) {
    this.#components = components;
    this.#strict = new Ajv2020({ strict: false, validateFormats: false, allowUnionTypes: true });
    this.#coercing = new Ajv2020({ strict: false, validateFormats: false, coerceTypes: true });
    for (const ajv of [this.#strict, this.#coercing]) ajv.addSchema({ $id: 'https://qilian.invalid/console', components });
  }

  operation(written: Written, at: { readonly method: Method; readonly path: string; readonly shared: NonNullable<Written['parameters']> }): Operation {
    const parameters = [...at.shared, ...(written.parameters ?? [])].map((one) => this.#resolved<Parameter>(one));
    const body = written.requestBody === undefined ? null : Object.entries(this.#resolved<{ content: Readonly<Record<string, Media>> }>(written.requestBody).content)[0] ?? null;
    return {
      id: written.operationId, method: at.method, path: at.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      permissions: [written['x-permission']].flat(), act: written['x-act'] === true, audited: written['x-act'] === true || written['x-audit'] === true,
      own: written['x-own'] ?? null, takes: body?.[0] ?? null,
      checkPath: this.#parameters(parameters, 'path'), checkQuery: this.#parameters(parameters, 'query'),
      checkBody: body === null || body[0] !== 'application/json' ? null : this.#compiled(this.#strict, body[1].schema),
      checkAnswer: (status) => {
        const answer = this.#resolved<{ content?: Readonly<Record<string, Media>> }>(written.responses[String(status)] ?? written.responses['default'] ?? {});
        const schema = answer.content?.['application/json']?.schema;
        return schema === undefined ? null : this.#compiled(this.#strict, schema);
      },
    };
  }

  #parameters(all: readonly Parameter[], where: Parameter['in']): ValidateFunction {
    const mine = all.filter((one) => one.in === where);
    return this.#compiled(this.#coercing, {
      type: 'object', additionalProperties: false, required: mine.filter((one) => one.required === true).map((one) => one.name),
      properties: Object.fromEntries(mine.map((one) => [one.name, one.schema])),
    });
  }

  #compiled(ajv: Ajv2020, schema: Schema): ValidateFunction {
    return ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"https://qilian.invalid/console#/components/')) as Schema);
  }

  #resolved<T>(one: object): T {
    if (!('$ref' in one)) return one as T;
    const path = String(one.$ref).replace('#/components/', '').split('/');
    return path.reduce<unknown>((found, key) => (found as Record<string, unknown>)[key], this.#components) as T;
  }
}
