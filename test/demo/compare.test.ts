import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { compareWithTruth } from '../../demo/compare.ts';
import { bodyOf, fieldsOf } from '../../demo/county/region-row.ts';

const table = 'up_pro_material';
const right = (guid: string) => ({ row_guid: guid, get_num: '1', get_type: '1', material_attach_name: null, material_name: '申请表', project_no: 'N1', remark: null });

describe('comparing the region with the truth', () => {
  let dir: string;
  beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'qilian-compare-')); });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const compare = (held: readonly (readonly [string, string])[], wanted: readonly string[]) => {
    const files = { truthFile: join(dir, 'truth.db'), regionFile: join(dir, 'region.db') };
    const truth = new DatabaseSync(files.truthFile);
    truth.exec('create table expected (dataset text, key text, tbl text, guid text, body text)');
    for (const guid of wanted) truth.prepare('insert into expected values (?, ?, ?, ?, ?)').run('cases', 'k', table, guid, bodyOf({ table, row: right(guid) }));
    truth.close();
    const region = new DatabaseSync(files.regionFile);
    region.exec(`create table tbl (id integer primary key, name text); create table row (id integer primary key, tbl integer, guid text, state integer, body text); insert into tbl values (1, '${table}')`);
    for (const [guid, body] of held) region.prepare('insert into row (tbl, guid, state, body) values (1, ?, 1, ?)').run(guid, body);
    region.close();
    return compareWithTruth(files);
  };
  const json = (row: object): string => JSON.stringify(row);

  it('is satisfied when both hold the same, whatever the order of rows and fields', async () => {
    const turned = Object.fromEntries(Object.entries(right('b')).toReversed());
    const result = await compare([['b', json(turned)], ['a', json(right('a'))]], ['a', 'b']);
    expect(result).to.deep.equal({ equal: true, expected: 2, found: 2, missing: 0, extra: 0, different: 0, duplicates: 0, examples: [] });
  });

  it('names the field that differs, and never its value', async () => {
    const result = await compare([['a', json({ ...right('a'), material_name: '申 请表' })]], ['a']);
    expect(result.different).to.equal(1);
    expect(result.examples).to.deep.equal([{ kind: 'different', table, guid: 'a', dataset: 'cases', fields: ['material_name'] }]);
  });

  it('takes text for a number, and a field too many, as a difference', async () => {
    const result = await compare([['a', json({ ...right('a'), get_num: 1, nickname: 'x' })]], ['a']);
    expect(result.examples[0]?.fields).to.deep.equal(['get_num', 'nickname']);
  });

  it('counts what is missing, what is extra and what is there twice', async () => {
    const result = await compare([['b', json(right('b'))], ['b', json(right('b'))], ['c', json(right('c'))]], ['a', 'b']);
    expect(result).to.deep.include({ equal: false, expected: 2, found: 3, missing: 1, extra: 1, different: 0, duplicates: 1 });
    expect(result.examples.map((example) => [example.kind, example.guid])).to.deep.equal([['missing', 'a'], ['duplicate', 'b'], ['extra', 'c']]);
  });

  it('knows the business fields of a table: row_guid first, no control fields', () => {
    expect(fieldsOf('up_lic_data')[0]).to.equal('row_guid');
    expect(fieldsOf(table)).to.have.members(Object.keys(right('a')));
  });
});
