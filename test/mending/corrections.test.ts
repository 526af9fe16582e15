import { join } from 'node:path';
import { expect } from 'chai';
import { readWorkbook } from '../../adapters/workbook-xlsx/read-workbook.ts';
import { writeWorkbook } from '../../adapters/workbook-xlsx/workbook.ts';
import { mendSheets, returnedLines } from '../../src/cli/mend-sheets.ts';
import { loadTexts } from '../../src/cli/texts.ts';
import { mendLines, type LineParts, type MendLine } from '../../src/mending/mend-lines.ts';
import { readCorrections, type Returned, type ReturnedLine } from '../../src/mending/read-corrections.ts';
import type { Failure } from '../../src/record/failure.ts';
import { inOffice, type Office } from '../fakes/office.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { readTree } from '../house/tree.ts';

const texts = loadTexts('zh-CN', (file) => readTree(['texts'], [file]).get(`texts/${file}`) ?? '');
const guarded = 'mappings/region/model/protected.yaml';

async function linesOf(office: Office): Promise<readonly MendLine[]> {
  const lines: MendLine[] = [];
  for await (const line of mendLines(await partsOf(office), {})) lines.push(line);
  return lines;
}

async function partsOf(office: Office): Promise<LineParts> {
  return { ...await office.mending(), site: await office.site(), store: office.store };
}

/** The sheet as a person sends it back: what is right by key, all for one reason. */
async function filledIn(office: Office, right: Readonly<Record<string, string>>, change: Partial<ReturnedLine> = {}): Promise<Returned> {
  const lines = (await linesOf(office)).map(({ one, token }, at): ReturnedLine => ({ line: at + 2, token, value: right[one.key] ?? '', unfit: false, why: '纸质档案 12 号', ...change }));
  return readCorrections(await partsOf(office), lines, { who: '其其格', at: office.clock.wallMs() });
}

async function take(office: Office, right: Readonly<Record<string, string>>): Promise<void> {
  const { corrections, numbers, mistakes } = await filledIn(office, right);
  expect(mistakes).to.deep.equal([]);
  await office.store.correct(corrections);
  await office.redrive({ numbers });
  await office.run();
}

async function oneAside(office: Office): Promise<void> {
  office.files.texts.set(guarded, 'fields: [apply_date]\n');
  office.putCase('1', { CHANNEL: 'Z' });
  office.putCase('2', { APPLIED: '昨天' });
  await office.run();
}

const mistaken = ({ mistakes }: Returned): readonly string[] => mistakes.map(({ line, code }) => `${line} ${code}`);

describe('a value that a person has put right', () => {
  it('travels in the place of the county\'s wrong one, and the record\'s walk says who, when and why, but not what', inOffice(async (office) => {
    await oneAside(office);
    await take(office, { 1: 'B' });
    expect(office.cases()['1']?.['apply_type']).to.equal('1');
    const trace = await office.store.trace('cases', '1');
    expect(trace?.corrections).to.have.length(1);
    expect(trace?.corrections[0]).to.include({ child: '', column: 'CHANNEL', who: '其其格', why: '纸质档案 12 号', lapsedAt: null });
    expect(trace?.corrections[0]?.madeAt).to.be.a('number');
    expect(JSON.stringify(trace?.corrections)).to.not.contain('"B"');
    expect(trace?.versions.at(-1)?.problems).to.deep.include({ code: 'CORRECTED', severity: 'note', facts: { columns: 'CHANNEL', who: '其其格' } });
  }));
  it('goes on holding when the same row is read again, or is only touched', inOffice(async (office) => {
    await oneAside(office);
    await take(office, { 1: 'B' });
    office.putCase('1');
    expect((await office.run()).counts).to.deep.include({ same: 1, delivered: 0 });
    expect(await office.aside()).to.deep.equal(['2']);
    expect((await office.store.trace('cases', '1'))?.corrections[0]?.lapsedAt).to.equal(null);
  }));
  it('gives way as soon as the county says something later, right or wrong', inOffice(async (office) => {
    await oneAside(office);
    await take(office, { 1: 'B' });
    office.putCase('1', { CHANNEL: 'A' });
    await office.run();
    expect(office.cases()['1']?.['apply_type']).to.equal('0');
    expect((await office.store.trace('cases', '1'))?.corrections[0]?.lapsedAt).to.be.a('number');
    office.putCase('1', { CHANNEL: 'Z' });
    await office.run();
    expect(await office.aside()).to.include('1');
  }));
  it('can be put right once more, and the last word counts', inOffice(async (office) => {
    await oneAside(office);
    await take(office, { 1: 'Y' });
    expect(await office.aside()).to.deep.equal(['2', '1']);
    await take(office, { 1: 'B' });
    expect(office.cases()['1']?.['apply_type']).to.equal('1');
  }));
  it('is seen in a plan as it will be in the run', inOffice(async (office) => {
    await oneAside(office);
    const { corrections } = await filledIn(office, { 1: 'B' });
    const kept = corrections.map((one) => ({ ...one, id: 0 }));
    expect(await office.preview({}, kept)).to.deep.include({ looked: 2, freed: 1, still: 1 });
    expect(await office.store.corrections('cases')).to.deep.equal([]);
  }));
  it('may belong to what the region refused, by the county\'s row of today', inOffice(async (office) => {
    office.files.texts.set(guarded, 'fields: [apply_date]\n');
    office.region.books.refuses = (record) => (record['apply_type'] === '0' ? '渠道不对' : null);
    office.putCase('1');
    await office.run();
    const [line] = await linesOf(office);
    expect(line?.cell).to.equal(null);
    await office.store.correct([{ dataset: 'cases', key: '1', child: '', at: 0, column: 'CHANNEL', value: 'B', row: await office.rowMark('1'), who: 'x', why: 'y', madeAt: 1 }]);
    await office.redrive();
    await office.run();
    expect(office.cases()['1']?.['apply_type']).to.equal('1');
  }));
});

describe('a sheet that comes back', () => {
  it('cannot touch what the profile protects, nor say which record a row is', inOffice(async (office) => {
    await oneAside(office);
    const [, date] = await linesOf(office);
    expect(date?.cell).to.deep.include({ correctable: 'protected' });
    expect(date?.token).to.equal('');
    expect(mistaken(await filledIn(office, { 2: '2026-11-19' }))).to.deep.equal(['3 CORRECTION_TOKEN']);
    const [right] = await linesOf(office);
    for (const column of ['APPLIED', 'ID', 'CHANGED', 'STATE', 'NOT_READ']) {
      expect(mistaken(await filledIn(office, { 1: 'B' }, { token: (right?.token ?? '').replace('CHANNEL', column) })), column).to.deep.equal(['2 CORRECTION_FORBIDDEN']);
    }
  }));
  it('cannot correct anything where the profile does not say what is protected', inOffice(async (office) => {
    office.putCase('1', { CHANNEL: 'Z' });
    await office.run();
    expect((await linesOf(office))[0]?.cell?.correctable).to.equal('undeclared');
  }));
  it('is not taken for a row that has moved on since it was exported', inOffice(async (office) => {
    await oneAside(office);
    const [line] = await linesOf(office);
    office.putCase('1', { CHANNEL: 'Y' });
    await office.run();
    expect(mistaken(await filledIn(office, { 1: 'B' }, { token: line?.token ?? '' }))).to.deep.equal(['3 CORRECTION_OVERTAKEN']);
  }));
  it('needs a reason for each value, and the value as it was typed', inOffice(async (office) => {
    await oneAside(office);
    expect(mistaken(await filledIn(office, { 1: 'B' }, { why: ' ' }))).to.deep.equal(['2 CORRECTION_WHY']);
    expect(mistaken(await filledIn(office, { 1: '1.5E+17' }, { unfit: true }))[0]).to.equal('2 CORRECTION_NOT_TEXT');
  }));
  it('does not invent: one value for the empty cells of many records is a default, which belongs into the mapping', inOffice(async (office) => {
    office.files.texts.set(guarded, 'fields: [apply_date]\n');
    for (const id of ['1', '2', '3']) office.putCase(id, { CHANNEL: null });
    await office.run();
    expect(mistaken(await filledIn(office, { 1: 'A', 2: 'A' }))).to.deep.equal([]);
    expect(mistaken(await filledIn(office, { 1: 'A', 2: 'A', 3: 'A' }))).to.deep.equal(['2 CORRECTION_IS_DEFAULT', '3 CORRECTION_IS_DEFAULT', '4 CORRECTION_IS_DEFAULT']);
    expect(mistaken(await filledIn(office, { 1: 'A', 2: 'A', 3: 'B' }))).to.deep.equal([]);
  }));
  it('goes through a real workbook and comes back cell by cell, with nothing in it that acts as a formula', inOffice(async (office) => {
    office.files.texts.set(guarded, 'fields: [apply_date]\n');
    office.putCase('1', { CHANNEL: '=HYPERLINK("http://x")' });
    office.putCase('2', { CHANNEL: '王小明' });
    await office.run();
    const sheets = mendSheets(await linesOf(office), { site: await office.site(), texts });
    const file = join(temporaryFolder(), 'mend.xlsx');
    await writeWorkbook(file, sheets);
    const [sheet] = await readWorkbook(file);
    expect(sheet?.rows[1]?.map((cell) => cell?.text ?? '').slice(7, 11)).to.deep.equal(['CHANNEL', `'=HYPERLINK("http://x")`, '', '']);
    expect(sheet?.rows.flat().every((cell) => cell === null || cell.fit)).to.equal(true);
    const filled = sheets.map((one) => ({ ...one, rows: one.rows.map((row) => row.map((cell, at) => (at === 9 ? 'B' : at === 10 ? '档案' : cell))) }));
    await writeWorkbook(file, filled);
    const lines = returnedLines(await readWorkbook(file), [texts]);
    const { mistakes, corrections } = await readCorrections(await partsOf(office), lines, { who: 'x', at: 1 });
    expect(mistakes).to.deep.equal([]);
    expect(corrections.map(({ key, column, value, why }) => [key, column, value, why])).to.deep.equal([['1', 'CHANNEL', 'B', '档案'], ['2', 'CHANNEL', 'B', '档案']]);
  }));
  it('is refused when its head is gone, or the file is no workbook', inOffice(async (office) => {
    await oneAside(office);
    const cell = { text: '随便', fit: true };
    expect(() => returnedLines([{ name: '表', rows: [[cell]] }], [texts])).to.throw('SHEET_UNFIT');
    const thrown = await readWorkbook(import.meta.filename).then(() => null, (cause: unknown) => cause as Failure);
    expect(thrown?.code).to.equal('FILE_NOT_READ');
  }));
});
