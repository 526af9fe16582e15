import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { terminal } from '../fakes/parts-in-memory.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

/** A file with a row as a person writes it. */
function written(text: string): string {
  const file = join(temporaryFolder(), 'row.json');
  writeFileSync(file, text);
  return file;
}

describe('seeing before sending', () => {
  it('qilian plan works before anything has run, and leaves no store behind', async () => {
    const { said, complaints, type, parts, dataDir } = terminal();
    expect(await type('plan', 'licences', '--json'), complaints.join()).to.equal(0);
    expect(JSON.parse(said[0] ?? '')).to.deep.include({ job: 'licences', dataset: 'licences', mode: 'changes', onTheWay: 0 });
    expect(parts.exists(join(dataDir, 'gateway.db'))).to.equal(false);
  });
  it('qilian plan says for people that nothing was kept, and by which name it is confirmed', async () => {
    const { said, type } = terminal();
    expect(await type('plan', 'items')).to.equal(0);
    expect(said.at(-1)).to.match(/^计划 [0-9a-f]{12}；没有收下也没有发出任何内容$/);
  });
  it('a job nobody has declared, a dataset nobody has, a row and no key are told by their codes', async () => {
    const { complaints, type } = terminal();
    expect([await type('plan', 'nothing'), await type('map', 'nothing', '--key', '1'), await type('map', 'items'), await type('map', 'items', '--key', '1', '--row', 'x'),
      await type('map', 'items', '--key', '1'), await type('map', 'items', '--row', '/nowhere.json'), await type('coverage', 'nothing')]).to.deep.equal([1, 1, 1, 1, 1, 1, 1]);
    expect(complaints.map((line) => line.split(' ')[0])).to.deep.equal(
      ['JOB_UNKNOWN', 'DATASET_UNKNOWN', 'ROW_OR_KEY', 'ROW_OR_KEY', 'ROW_UNKNOWN', 'ROW_FILE_MISSING', 'DATASET_UNKNOWN']);
  });
  it('qilian map shows a written row field by field, its problems beneath, and ends with 1 when it could not travel', async () => {
    const { said, type } = terminal();
    expect(await type('map', 'licences', '--row', written('{"row": {"ZZID": "1", "ZZZT": "2", "CZZT": "样本公司"}}'), '--lang', 'en')).to.equal(1);
    expect(said[0]).to.equal('1  would be set aside');
    expect(said.some((line) => /certificate_holder +样本公司$/.test(line))).to.equal(true);
    expect(said.some((line) => /! refused VALUE_MISSING /.test(line))).to.equal(true);
  });
  it('a slip in a written row is told with its place and what was meant, and ends with 2', async () => {
    const { complaints, type } = terminal();
    const file = written('{"row":\n  {"ZZID": "1", "CZTT": "样本"}}');
    expect(await type('map', 'licences', '--row', file, '--lang', 'en')).to.equal(2);
    expect(complaints[0]).to.match(/row\.json:2:\d+ EXAMPLE_COLUMN .*CZZT/);
  });
  it('qilian coverage shows each dataset for people, and all of it for machines', async () => {
    const { said, type } = terminal();
    expect(await type('coverage', 'items')).to.equal(0);
    expect(said[0]).to.equal('items');
    expect(await type('coverage', '--json')).to.equal(0);
    const { datasets } = JSON.parse(said.at(-1) ?? '') as { datasets: { dataset: string; declared: { because: string }[] }[] };
    expect(datasets.map((one) => one.dataset).toSorted()).to.include.members(['cases', 'items', 'licences']);
    expect(datasets.flatMap((one) => one.declared).every((one) => one.because !== '')).to.equal(true);
  });
});
