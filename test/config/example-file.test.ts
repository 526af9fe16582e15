import { expect } from 'chai';
import { mistakesOf, siteOf, type Change } from '../fixtures/site-files.ts';

const file = 'mappings/county/model/examples/one.yaml';
const head = 'dataset: cases\ntitle: 例\nrow: { ID: "1", KIND: "1" }\nexamples:\n';
const written = (body: string, before = head): Change => [file, '', before + body];

async function told(...changes: readonly Change[]): Promise<readonly string[]> {
  return (await mistakesOf(...changes)).map((one) => `${one.file.split('/').at(-1)}:${one.line}:${one.column} ${one.code} ${String(one.facts['near'] ?? '')}`.trim());
}

describe('an example file', () => {
  it('gives the row every column the mapping reads, empty where nothing is said', async () => {
    const [example] = (await siteOf(written('  - { row: { NO: x }, gone: true }'))).examples;
    expect(example).to.include({ dataset: 'cases', title: '例', file, line: 5 });
    expect(example?.change.row).to.include({ ID: '1', KIND: '1', NO: 'x' });
    expect(Object.values(example?.change.row ?? {})).to.include(null);
  });
  it('begins like another, column by column and child by child', async () => {
    const ground = 'dataset: cases\nrow: { ID: "1", NO: a }\nchildren: { steps: [{ STEP: s, STARTED: a }, { STEP: t }] }\nlookups: { item: { A: old } }\nexamples: [{ gone: true }]\n';
    const site = await siteOf([file, '', ground], ['mappings/county/model/examples/two.yaml', '', 'dataset: cases\nlike: one\nexamples: [{ row: { NO: b }, children: { steps: [{ STEP: u }] }, lookups: { item: several } }]\n']);
    const change = site.examples.find((one) => one.file.endsWith('two.yaml'))?.change;
    expect(change?.row).to.include({ ID: '1', NO: 'b' });
    expect(change?.children['steps']?.map((row) => [row['STEP'], row['STARTED'], row['ID']])).to.deep.equal([['u', 'a', '1']]);
    expect([change?.lookups['item'], change?.ambiguous]).to.deep.equal([undefined, ['item']]);
  });
  it('is no part of the version: no record is made by it', async () => {
    expect((await siteOf(written('  - { gone: true }'))).version).to.equal((await siteOf()).version);
  });

  for (const [what, place, body] of [
    ['a column the mapping does not read', 'one.yaml:5:14 EXAMPLE_COLUMN NO', '  - { row: { NOO: x } }'],
    ['children that are not declared', 'one.yaml:5:19 CHILD_UNKNOWN steps', '  - { children: { step: [] } }'],
    ['a lookup that is not declared', 'one.yaml:5:18 LOOKUP_UNKNOWN item', '  - { lookups: { itm: none } }'],
    ['a field the mapping does not fill', 'one.yaml:5:17 FIELD_NOT_MAPPED up_pro_accept.project_no', '  - { fields: { up_pro_accept.project_n: x } }'],
    ['a table the mapping does not fill', 'one.yaml:5:17 TABLE_UNKNOWN up_pro_accept', '  - { counts: { up_pro_acept: 1 } }'],
    ['a problem of no severity', 'one.yaml:5:18 ORIGIN_COUNT', '  - { problems: [{ at: x }] }'],
    ['an unknown key', 'one.yaml:5:7 UNKNOWN_KEY row', '  - { rows: {} }'],
    ['no examples', 'one.yaml:4:11 LIST_EMPTY', ''],
  ] as const) {
    it(`is told where it has ${what}`, async () => {
      const change = body === '' ? [file, '', head.replace('examples:\n', 'examples: []\n')] as const : written(body);
      expect(await told(change)).to.deep.equal([place]);
    });
  }
  it('is told when it begins like one that is not there, or that begins like another itself', async () => {
    expect(await told([file, '', 'dataset: cases\nlike: none\nexamples: [{ gone: true }]\n'])).to.deep.equal(['one.yaml:2:7 EXAMPLE_UNKNOWN']);
    expect(await told(written('  - { gone: true }', head.replace('cases', 'case')))).to.deep.equal(['one.yaml:1:10 DATASET_UNKNOWN cases']);
  });
});
