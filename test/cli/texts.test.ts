import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { flatten, languageOf, loadTexts, placeholders } from '../../src/cli/texts.ts';
import { root } from '../house/tree.ts';

const read = (file: string): string => readFileSync(join(root, 'texts', file), 'utf8');
const chinese = flatten(parse(read('zh-CN.yaml')));
const english = flatten(parse(read('en.yaml')));

describe('the texts', () => {
  it('say the same things in both languages', () => {
    expect([...english.keys()].toSorted()).to.deep.equal([...chinese.keys()].toSorted());
  });
  it('have the same placeholders in both languages', () => {
    for (const [key, sentence] of chinese) expect(placeholders(english.get(key) ?? ''), key).to.deep.equal(placeholders(sentence));
  });
  it('are never empty', () => {
    for (const [key, sentence] of [...chinese, ...english]) expect(sentence.trim(), key).to.not.equal('');
  });
  it('are Chinese unless English is asked for', () => {
    expect(['', 'zh_CN.UTF-8', 'fr', 'C'].map(languageOf)).to.deep.equal(['zh-CN', 'zh-CN', 'zh-CN', 'zh-CN']);
    expect(['en', 'en-US', 'en_GB.UTF-8'].map(languageOf)).to.deep.equal(['en', 'en', 'en']);
  });
});

describe('every code that people meet in tables', () => {
  it('has a few words of its own, without facts', () => {
    const codes = [...chinese.keys()].filter((key) => /^(problems|failures)\./.test(key)).map((key) => key.split('.')[1]);
    for (const code of codes) expect(placeholders(chinese.get(`cli.problem.${code}`) ?? '{none}'), code).to.deep.equal([]);
  });
});

describe('a sentence', () => {
  const texts = loadTexts('zh-CN', () => 'page: { hello: "{name}，{count} 条" }\nproblems:\n  TOO_LONG: "{table}.{field} 长 {length}，最多 {most}"\ncli: { problem: { TOO_LONG: 太长 } }\n');

  it('has its places filled', () => {
    expect(texts.say('page.hello', { name: '某旗', count: 3 })).to.equal('某旗，3 条');
  });
  it('keeps a place for which there is no fact, so that the lack is seen', () => {
    expect(texts.say('page.hello', { count: 3 })).to.equal('{name}，3 条');
  });
  it('names table and field of the problem it explains', () => {
    expect(texts.sentence({ code: 'TOO_LONG', table: 'up_lic_data', field: 'certificate_holder', facts: { length: 300, most: 256 } }))
      .to.equal('up_lic_data.certificate_holder 长 300，最多 256');
  });
  it('is only the title when the facts are missing', () => {
    expect(texts.sentence({ code: 'TOO_LONG' })).to.equal('太长');
    expect(texts.title('TOO_LONG')).to.equal('太长');
  });
  it('is the one that fits the facts, when a code is explained twice', () => {
    const twice = loadTexts('en', () => 'mistakes: { A_B: "near {near}" }\nfailures: { A_B: "known {known}" }\n');
    expect(twice.sentence({ code: 'A_B', facts: { known: 'x' } })).to.equal('known x');
    expect(twice.sentence({ code: 'A_B', facts: { near: 'y' } })).to.equal('near y');
  });
  it('tells what is wrong and how to mend it, and leaves out the advice it has no facts for', () => {
    const told = loadTexts('zh-CN', () => 'mistakes: { KEY: { what: "不认识的键 {key}", mend: "您是不是想写 {near}" } }\n');
    expect(told.sentence({ code: 'KEY', facts: { key: 'colum', near: 'column' } })).to.equal('不认识的键 colum；您是不是想写 column');
    expect(told.sentence({ code: 'KEY', facts: { key: 'zzz', near: '' } })).to.equal('不认识的键 zzz');
  });
  it('falls back to the code when nobody has explained it', () => {
    expect(texts.sentence({ code: 'NEVER_HEARD' })).to.equal('NEVER_HEARD');
  });
});
