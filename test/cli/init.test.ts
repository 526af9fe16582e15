import { expect } from 'chai';
import type { Parts } from '../../src/cli/parts.ts';
import { filesUnder } from '../../src/config/files.ts';
import { loadSite } from '../../src/config/load-site.ts';
import type { TableDescription } from '../../src/port/source.ts';
import { root } from '../house/tree.ts';
import { terminal, type Terminal } from '../fakes/parts-in-memory.ts';
import { sourceInMemory } from '../fakes/source-in-memory.ts';
import { stillClock } from '../fakes/still-clock.ts';

const text = (name: string, title?: string, key?: true): TableDescription['columns'][number] => ({ name, type: 'varchar(50)', nullable: true, ...(title === undefined ? {} : { title }), ...(key === undefined ? {} : { key }) });
const tables: readonly TableDescription[] = [
  { table: 'AUDIT_LOG', rows: 9, columns: [text('ID'), text('WHAT')] },
  { table: 'T_ZZ', rows: 2, title: '证照信息', columns: [text('ROW_ID', '主键', true), text('ZZMC'), text('ZZBH'), text('FZRQ', '颁发日期'), text('HOLDER', '证照持有者'), text('GXSJ')] },
];
const rows = [{ ROW_ID: '1', ZZMC: '王小明的证', ZZBH: 'A1', FZRQ: '2026-01-02', HOLDER: '王小明', GXSJ: '2026-01-02 03:04:05' }];

function sitting(change: Partial<Parts> = {}): Terminal {
  return terminal({ openSource: () => ({ ...sourceInMemory({}, stillClock()), describe: async () => tables, sample: async () => rows }), ...change });
}

function written(screen: Terminal): { readonly file: string; readonly text: string } {
  return screen.told.find((one) => one.what === 'written')?.about as { file: string; text: string };
}

describe('init', () => {
  it('writes a first mapping from names and comments, with the reason for each guess and what has no source yet', async () => {
    const screen = sitting();
    expect(await screen.type('init', 'new_licences', '--source', 'hall', '--to', 'up_lic_data', '--from', 'T_ZZ', '--lang', 'en')).to.equal(0);
    const { file, text: draft } = written(screen);
    expect(file).to.match(/mappings\/county\/wushen\/new_licences\.yaml$/);
    expect(draft).to.contain('row_guid: { column: ROW_ID }').and.contain('time: GXSJ').and.match(/certificate_name: \{ column: ZZMC, trim: true \} {2}# .*拼音首字母/);
    expect(draft).to.match(/# issue_dept:.*必填/);
    expect(screen.said.at(-1)).to.contain('fields guessed from T_ZZ');
  });
  it('writes none of the values it has looked at', async () => {
    const screen = sitting();
    await screen.type('init', 'new_licences', '--source', 'hall', '--to', 'up_lic_data', '--from', 'T_ZZ');
    expect(written(screen).text).not.to.match(/王小明|2026-01-02/);
  });
  it('writes what the site can be read with: check then names only the fields that have no source', async () => {
    const screen = sitting();
    await screen.type('init', 'new_licences', '--source', 'hall', '--to', 'up_lic_data', '--from', 'T_ZZ');
    const { text: draft } = written(screen);
    const disk = filesUnder(root);
    const path = 'mappings/county/wushen/new_licences.yaml';
    const loaded = await loadSite({
      dir: root, env: { QILIAN_DATA: '/d', QILIAN_REGION_URL: 'http://r', QILIAN_REGION_APP_KEY: 'k', QILIAN_REGION_APP_SECRET: 's' },
      files: { ...disk, list: async (dir) => (dir === 'mappings/county/wushen' ? [...await disk.list(dir), 'new_licences.yaml'] : disk.list(dir)), read: async (name) => (name === path ? draft : disk.read(name)) },
    });
    const codes = 'mistakes' in loaded ? loaded.mistakes.filter((one) => one.file === path).map((one) => one.code) : ['no mistakes'];
    expect(new Set(codes)).to.deep.equal(new Set(['FIELD_MISSING']));
  });
  it('asks a person at a terminal, and takes the likeliest table first when they only press Enter', async () => {
    const questions: string[] = [];
    const screen = sitting({ terminal: true, ask: async (question) => {
      questions.push(question);
      return questions.length === 1 ? 'hall' : questions.length === 2 ? 'up_lic_data' : '';
    } });
    expect(await screen.type('init', 'new_licences')).to.equal(0);
    expect(questions).to.have.length(3);
    expect(questions[2]).to.contain('T_ZZ、AUDIT_LOG');
    expect(written(screen).text).to.contain('table: T_ZZ');
  });
  it('does not ask where nobody sits, and touches no file that is there', async () => {
    const screen = sitting();
    expect(await screen.type('init', 'new_licences', '--lang', 'en')).to.equal(1);
    expect(screen.complaints.join()).to.contain('INIT_NOT_SAID').and.contain('--source');
    expect(await screen.type('init', 'licences', '--source', 'hall')).to.equal(1);
    expect(screen.complaints.join()).to.contain('INIT_FILE_THERE');
    expect(await screen.type('init', '../x')).to.equal(1);
    expect(await screen.type('init', 'new_licences', '--source', 'hal')).to.equal(1);
    expect(screen.complaints.join()).to.contain('INIT_NAME_UNKNOWN').and.contain('hall');
    expect(screen.told.some((one) => one.what === 'written')).to.equal(false);
  });
});
