import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { parse } from 'yaml';
import { root } from '../house/tree.ts';

interface Operation {
  readonly operationId: string;
  readonly 'x-permission': string | readonly string[];
  readonly 'x-act'?: boolean;
  readonly 'x-own'?: string;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly parameters?: readonly unknown[];
}

const methods = ['get', 'put', 'post', 'delete'] as const;
const document = parse(readFileSync(join(root, 'console/server/openapi.yaml'), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
  readonly 'x-roles': Readonly<Record<string, readonly string[]>>;
};
const operations = Object.entries(document.paths).flatMap(([path, item]) => methods.flatMap((method) => (item[method] === undefined ? [] : [{ path, method, ...item[method] }])));
const permissionsOf = (one: Operation): readonly string[] => [one['x-permission']].flat();

describe('the description of the console’s interface', () => {
  it('names each operation once, with who may and what comes back', () => {
    const names = operations.map((one) => one.operationId);
    expect(new Set(names).size).to.equal(names.length);
    for (const one of operations) expect([permissionsOf(one).length > 0, 'default' in one.responses], one.operationId).to.deep.equal([true, true]);
  });
  it('asks only for permissions that somebody has, and gives none that nothing asks for', () => {
    const given = new Set(Object.values(document['x-roles']).flat());
    const asked = new Set(operations.flatMap(permissionsOf).filter((one) => !['public', 'machine', 'self'].includes(one)));
    expect([...asked].filter((one) => !given.has(one))).to.deep.equal([]);
    expect([...given].filter((one) => !asked.has(one))).to.deep.equal([]);
  });
  it('keeps the three administrators apart: no permission to act is shared, and none of them sees data', () => {
    const { system = [], security = [], audit = [] } = document['x-roles'];
    const shared = (one: readonly string[], other: readonly string[]): readonly string[] => one.filter((name) => other.includes(name) && !name.endsWith('.read'));
    expect([shared(system, security), shared(system, audit), shared(security, audit)]).to.deep.equal([[], [], []]);
    expect([...system, ...security, ...audit].filter((name) => name.startsWith('data.'))).to.deep.equal([]);
  });
  it('calls everything that is changed an act, and no reading', () => {
    expect(operations.filter((one) => one.method === 'get' && one['x-act'] === true)).to.deep.equal([]);
    expect(operations.filter((one) => one.method !== 'get' && one['x-act'] !== true).map((one) => one.operationId))
      .to.deep.equal(['readCron', 'searchRecords', 'previewMending']);
  });
  it('points nowhere into the void, and its schemas can be compiled', () => {
    const text = JSON.stringify(document);
    const broken = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map((hit) => hit[1] ?? '')
      .filter((path) => path.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document) === undefined);
    expect(broken).to.deep.equal([]);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'console', components: document.components });
    for (const name of Object.keys(document.components.schemas)) expect(ajv.getSchema(`console#/components/schemas/${name}`), name).to.be.a('function');
  });
  it('never has what is looked for, a name or a number of a person in a URL', () => {
    const inUrl = operations.flatMap((one) => [...(document.paths[one.path]?.['parameters'] as unknown as readonly unknown[] ?? []), ...(one.parameters ?? [])])
      .map((parameter) => JSON.stringify(parameter)).filter((text) => /holder|"name":"(?:text|key|identity|q)"/.test(text));
    expect(inUrl).to.deep.equal([]);
  });
});
