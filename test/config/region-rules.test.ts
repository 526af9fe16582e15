import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { tableSchema } from '../../src/contract/table-schema.ts';
import { tableShapes } from '../../src/contract/table-shape.ts';
import { mistakesOf, siteOf, type Change } from '../fixtures/site-files.ts';

const face = 'mappings/region/model/interface.yaml';
const rules = 'mappings/region/model/rules.yaml';
const table = 'mappings/region/model/codes/rare.yaml';

async function told(...changes: readonly Change[]): Promise<readonly string[]> {
  return (await mistakesOf(...changes)).map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`);
}

const declared: Change = [face, 'repertoire: bmp', 'repertoire: bmp\n  replace: codes/rare.yaml'];

function substitutes(...pairs: readonly (readonly [string, string])[]): Change {
  const entries = pairs.map(([from, to]) => `  - { from: "${from}", county: ${from}, to: "${to}", region: ${to} }`);
  return [table, '', ['table: rare', 'title: 代用字', 'version: 2026-11-01', 'entries:', ...entries, ''].join('\n')];
}

describe('declared substitutes in a region’s profile', () => {
  it('are read with the site', async () => {
    expect((await siteOf(declared, substitutes(['𠮷', '吉']))).contract.replacements).to.deep.equal({ 𠮷: '吉' });
    expect((await siteOf()).contract.replacements).to.deep.equal({});
  });
  it('must be there when the profile names their file', async () => expect(await told(declared)).to.deep.equal([`${table}:1:1 FILE_MISSING`]));
  it('stand for one character each, and must be something the columns can hold', async () => {
    expect(await told(declared, substitutes(['吉吉', '吉'], ['𠮷', '𠮷']))).to.deep.equal([`${table}:5:35 ONE_CHARACTER`, `${table}:6:35 REPLACEMENT_UNFIT`]);
  });
});

describe('the scope of a rule', () => {
  const rule = (scope: string, expect_: string): Change => [rules, '    expect: caseNo(r.project_no)', `    scope: ${scope}\n    expect: '${expect_}'`];
  it('gives an expression its names', async () => {
    expect(await told(rule('aggregate', 'size(all.up_pro_process) > 0'))).to.deep.equal([]);
    expect(await told(rule('change', 'r.project_no == before.project_no && size(were.up_pro_process) >= 0'))).to.deep.equal([]);
  });
  it('must be one of three', async () => expect(await told(rule('file', 'true'))).to.deep.equal([`${rules}:10:12 WORD_UNKNOWN`]));
  it('gives no others: the place in the expression is told', async () => {
    const [one = ''] = await told(rule('aggregate', 'r.project_no == before.project_no'));
    expect(one).to.match(/rules\.yaml:11:\d+ RULE_WRONG$/);
  });
});

describe('the schemas made of a region’s tables', () => {
  it('are what JSON Schema 2020-12 allows', async () => {
    const { contract } = await siteOf();
    const ajv = new Ajv2020({ strict: false });
    for (const shape of tableShapes(contract).values()) expect(ajv.validateSchema(tableSchema(shape)), shape.table).to.equal(true);
  });
});
