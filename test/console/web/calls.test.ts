import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { callsFrom, type Description } from '../../../console/web/openapi/calls.ts';
import { shapeOf } from '../../../console/web/openapi/shape.ts';
import { root } from '../../house/tree.ts';

describe('the pages’ calls', () => {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');

  it('are those of the OpenAPI document: `npm run console:calls` writes them', () => {
    expect(read('console/web/api/calls.ts')).to.equal(callsFrom(parse(read('console/server/openapi.yaml')) as Description));
  });
  for (const [schema, shape] of [
    [{ type: 'integer' }, 'number'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ enum: ['up', 'down', null] }, "'up' | 'down' | null"],
    [{ type: 'array', items: { type: ['string', 'null'] } }, 'readonly (string | null)[]'],
    [{ type: 'array', items: { type: 'array', items: { $ref: '#/components/schemas/Run' } } }, 'readonly (readonly Run[])[]'],
    [{ type: 'object', required: ['a'], properties: { a: { type: 'boolean' }, b: { type: 'string' } } }, '{ readonly a: boolean; readonly b?: string }'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'Readonly<Record<string, number>>'],
    [{ anyOf: [{ $ref: '#/x/Run' }, { type: 'null' }] }, 'Run | null'],
    [{ type: 'string', format: 'binary' }, 'Blob'],
  ] as const) {
    it(`are shaped as the schema says: ${shape}`, () => {
      expect(shapeOf(schema)).to.equal(shape);
    });
  }
});
