import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { flatten } from '../../src/cli/texts.ts';
import { readTree, root } from '../house/tree.ts';

const keys = new Set(flatten(parse(readFileSync(join(root, 'texts', 'zh-CN.yaml'), 'utf8'))).keys());
const sources = [...readTree(['src/cli'], ['.ts']).values()];

describe('what the commands say', () => {
  it('stands in the texts: no command shows a key instead of a sentence', () => {
    const whole = sources.flatMap((text) => [...text.matchAll(/\bsay\(\s*'((?:cli|failures|mistakes|problems)\.[\w.-]+)'/g)].map((hit) => hit[1] ?? ''));
    expect(whole).to.have.length.above(50);
    expect(whole.filter((key) => !keys.has(key))).to.deep.equal([]);
  });
  it('has a title for every column of its tables', () => {
    const titles = sources.flatMap((text) => [...listedTitles(text), ...calledTitles(text)]);
    expect(titles).to.have.length.above(60);
    expect(titles.filter((key) => !keys.has(key))).to.deep.equal([]);
  });
});

/** `['a', 'b'].map((key) => texts.say(`cli.head.${key}`))` */
function listedTitles(text: string): string[] {
  return [...text.matchAll(/\[([^[\]]*)\]\.map\(\(key\) => texts\.say\(`(cli\.\w+)\.\$\{key\}`\)\)/g)].flatMap(([, list, block]) => words(list).map((key) => `${block}.${key}`));
}

/** `heads('a', 'b')` in a file that makes such a `heads` of its own. */
function calledTitles(text: string): string[] {
  const made = /const (\w+) = \(\.\.\.keys[^=]*=> keys\.map\(\(key\) => texts\.say\(`(cli\.\w+)\.\$\{key\}`\)\)/.exec(text);
  return made === null ? [] : [...text.matchAll(new RegExp(`\\b${made[1]}\\(('[^()]*)\\)`, 'g'))].flatMap(([, list]) => words(list).map((key) => `${made[2]}.${key}`));
}

function words(list = ''): string[] {
  return [...list.matchAll(/'(\w+)'/g)].map((hit) => hit[1] ?? '');
}
