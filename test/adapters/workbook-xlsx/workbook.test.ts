import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { harmless } from '../../../adapters/workbook-xlsx/cell-text.ts';
import { sheetNames } from '../../../adapters/workbook-xlsx/sheet-names.ts';
import { workbook, writeWorkbook } from '../../../adapters/workbook-xlsx/workbook.ts';
import type { Sheet } from '../../../src/port/workbook.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const sheet = (rows: Sheet['rows'], name = '民政局'): Sheet => ({ name, rows, columns: [{ title: '主键', width: 20 }, { title: '合格率', width: 10, share: true }] });

function partsOf(sheets: readonly Sheet[]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(unzipSync(workbook(sheets))).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

/** Texts of the first sheet's cells below its head, as a spreadsheet program reads them. */
function textsOf(rows: Sheet['rows']): readonly string[] {
  const xml = partsOf([sheet(rows)])['xl/worksheets/sheet1.xml'] ?? '';
  return [...xml.slice(xml.indexOf('<row r="2">')).matchAll(/<t xml:space="preserve">([^<]*)<\/t>/g)].map((hit) =>
    (hit[1] ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('_x005F_', '_'));
}

describe('a text in a workbook', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1+1', '＋1', '－1', '＠A', '　＝1', '=HYPERLINK("http://x","y")', '=cmd|\' /C calc\'!A0']) {
    it(`gets an apostrophe, so that no program takes it for a formula: ${JSON.stringify(text)}`, () => {
      expect(harmless(text)).to.equal(`'${text}`);
      expect(textsOf([[text]])[0]).to.match(/^'/);
    });
  }
  it('stays as it is when it can be no formula', () => {
    for (const text of ['', '10a-b', 'a=b', '1-2', '民政局', "'x", '(＝)']) expect(harmless(text)).to.equal(text);
  });
  it('never begins like a formula, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const [found = ''] = textsOf([[text]]);
      expect(found).not.to.match(/^[\t\r\n]|^\s*[=+\-@＝＋－＠]/);
    }), { numRuns: 300 });
  });
  it('comes back as it was, signs of XML and rare characters too', () => {
    const texts = ['<a href="x">&amp;</a>', '𠮷 ᠮᠣᠩᠭᠣᠯ', 'a\nb\tc', '_x003D_1'];
    expect(textsOf([texts])).to.deep.equal(texts);
  });
  it('loses the signs that no workbook can hold, and is cut where a cell ends', () => {
    expect(textsOf([['a\0b\u000bc\ud800d']])).to.deep.equal(['a\ufffdb\ufffdc\ufffdd']);
    expect(textsOf([['x'.repeat(40_000)]])[0]).to.have.length(32_767);
  });
});

describe('a workbook', () => {
  it('names its parts, and each sheet once', () => {
    const parts = partsOf([sheet([], '总览'), sheet([], '民政局')]);
    expect(Object.keys(parts)).to.have.members(['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/styles.xml', 'xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml']);
    expect(parts['xl/workbook.xml']).to.contain('name="总览" sheetId="1"').and.contain('name="民政局" sheetId="2"');
  });
  it('shows shares in per cent and leaves nothing in an empty cell', () => {
    const xml = partsOf([sheet([['a', 0.5], [null, null]])])['xl/worksheets/sheet1.xml'];
    expect(xml).to.contain('<c r="B2" s="2"><v>0.5</v></c>').and.contain('<row r="3"></row>').and.contain('<autoFilter ref="A1:B3"/>');
  });
  it('is the same for the same sheets', () => {
    expect(workbook([sheet([['a', 1]])])).to.deep.equal(workbook([sheet([['a', 1]])]));
  });
  it('is readable to its owner alone', async () => {
    const file = join(temporaryFolder(), 'q.xlsx');
    await writeWorkbook(file, [sheet([])]);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(readFileSync(file).subarray(0, 2).toString()).to.equal('PK');
  });
});

describe('the name of a sheet', () => {
  it('has no sign that is not allowed, and at most 31 characters', () => {
    expect(sheetNames(['a/b:c*[d]?\\e', "'x'", '', '乌'.repeat(40), 'History'])).to.deep.equal(['a b c  d   e', 'x', 'Sheet', '乌'.repeat(31), 'History 2']);
  });
  it('is not given twice, whatever its capitals', () => {
    expect(sheetNames(['A', 'a', '局'.repeat(32), '局'.repeat(33)])).to.deep.equal(['A', 'a 2', '局'.repeat(31), `${'局'.repeat(29)} 2`]);
  });
});
