import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { root } from '../house/tree.ts';

const page = readFileSync(join(root, 'docs/faults.md'), 'utf8');

/** Rows of the page by their numbers. */
const rows = page.split('\n').flatMap((line) => {
  const found = /^\| ([DRG]\d\d) \| (.+) \| (.+) \| (.+) \|$/.exec(line);
  return found === null ? [] : [{ no: found[1] ?? '', shownBy: found[4] ?? '' }];
});

const numbered = (letter: string, last: number): readonly string[] => Array.from({ length: last }, (_, at) => `${letter}${String(at + 1).padStart(2, '0')}`);

describe('the page of faults', () => {
  it('has each of the 89 faults once', () => {
    expect(rows.map((row) => row.no)).to.deep.equal([...numbered('D', 37), ...numbered('R', 22), ...numbered('G', 30)]);
  });
  it('names for each a test that there is, under its title, or says why not', () => {
    const wrong = rows.flatMap(({ no, shownBy }) => {
      const tests = [...shownBy.matchAll(/\]\(\.\.\/(test\/[^)]+)\) “(.+?)”(?:<br>|$)/g)].map(([, file = '', title = '']) => ({ file, title }));
      if (tests.length === 0) return /^\*not tested:\* .{40,}/.test(shownBy) ? [] : [`${no} names no test and gives no reason`];
      return tests.filter(({ file, title }) => !existsSync(join(root, file)) || !titlesIn(file).includes(title)).map(({ file, title }) => `${no}: ${file} has no “${title}”`);
    });
    expect(wrong).to.deep.equal([]);
  });
});

/** A test file as it stands, without what quotes it needs. */
function titlesIn(file: string): string {
  return readFileSync(join(root, file), 'utf8').replaceAll(String.raw`\'`, `'`);
}
