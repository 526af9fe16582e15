import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { codeBlocks, flatten } from '../src/cli/texts.ts';
import { codesInCatalogue, codesInCode } from './docs/codes.ts';
import { readTree, root } from './house/tree.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const packageFile = JSON.parse(read('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** Lines of the shell blocks of a document, without comments. */
function commands(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .flatMap((hit) => (hit[1] ?? '').split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

describe('the environment', () => {
  const declared = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map((hit) => hit[1]);
  const code = readTree(['src', 'adapters', 'console', 'simulator', 'demo', 'bin'], ['.ts', '.js']);
  const site = readTree(['mappings', 'jobs'], ['.yaml']);
  const readNames = new Set([
    ...[...code.values()].flatMap((text) => [...text.matchAll(/\bQILIAN_[A-Z_]+/g)].map((hit) => hit[0])),
    ...[...site.values(), read('gateway.yaml')].flatMap((text) => [...text.matchAll(/\$\{(\w+)\}/g)].map((hit) => hit[1])),
  ]);

  it('is named in full by .env.example: nothing is read that is not in it', () => {
    expect([...readNames].filter((name) => !declared.includes(name))).to.deep.equal([]);
  });
  it('is read in full: .env.example names nothing that nobody reads', () => {
    expect(declared.filter((name) => !readNames.has(name))).to.deep.equal([]);
  });
});

describe('the catalogue of errors', () => {
  const used = codesInCode(new Map([...readTree(['src', 'adapters', 'console/server'], ['.ts']), ['demo/parts.ts', read('demo/parts.ts')], ...readTree(['mappings/region'], ['rules.yaml'])]));
  const catalogue = codesInCatalogue(read('docs/errors.md'));
  const explained = ['zh-CN.yaml', 'en.yaml'].map((file) => {
    const keys = [...flatten(parse(read(`texts/${file}`))).keys()].filter((key) => codeBlocks.some((block) => key.startsWith(`${block}.`)));
    return new Set(keys.map((key) => key.split('.')[1] ?? ''));
  });

  it('has a row for every code that can be given out', () => {
    expect([...used].filter(([code]) => !catalogue.includes(code)).map(([code, path]) => `${code} in ${path}`)).to.deep.equal([]);
  });
  it('has no row for a code that nobody gives out, and no row twice', () => {
    expect(catalogue.filter((code) => !used.has(code))).to.deep.equal([]);
    expect(catalogue.filter((code, index) => catalogue.indexOf(code) !== index)).to.deep.equal([]);
  });
  it('has a sentence for every code, in both languages, and no sentence without a code', () => {
    for (const sentences of explained) {
      expect([...used.keys()].filter((code) => !sentences.has(code))).to.deep.equal([]);
      expect([...sentences].filter((code) => !used.has(code))).to.deep.equal([]);
    }
  });
  it('finds codes however they are written', () => {
    const tree = new Map([
      ['src/a.ts', `fail('STORE_HELD'); const p = { code: 'GONE' }; env['QILIAN_DATA']; error.code === 'ERR_INVALID_URL'; 'GET'; reason: \`ASK_REFUSED \${x}\``],
      ['mappings/region/x/rules.yaml', '- { id: a, code: DATE_ORDER, severity: refuse }'],
    ]);
    expect([...codesInCode(tree).keys()]).to.deep.equal(['STORE_HELD', 'ASK_REFUSED', 'GONE', 'DATE_ORDER']);
  });
});

describe('the two readmes', () => {
  const [english, chinese] = [read('README.md'), read('README.zh-CN.md')];

  it('give the same commands in the same order', () => {
    expect(commands(chinese)).to.deep.equal(commands(english));
  });
  it('have the same six sections', () => {
    const sections = (text: string): number => [...text.matchAll(/^## /gm)].length;
    expect([sections(english), sections(chinese)]).to.deep.equal([6, 6]);
  });
  it('name only npm scripts that exist', () => {
    const scripts = commands(english).flatMap((line) => [...line.matchAll(/npm (?:run )?(\w+)/g)].map((hit) => hit[1] ?? ''));
    expect(scripts.filter((name) => name !== 'ci' && !(name in packageFile.scripts))).to.deep.equal([]);
  });
  it('use only commands that the gateway has', () => {
    const help = flatten(parse(read('texts/en.yaml')));
    const used = commands(english).flatMap((line) => /bin\/qilian\.js (\w+)/.exec(line)?.[1] ?? []);
    expect(used).to.not.deep.equal([]);
    expect(used.filter((command) => !help.has(`cli.help.${command}`) || !read('src/cli/program.ts').includes(`'${command}`))).to.deep.equal([]);
  });
  it('are what the build server runs', () => {
    expect(commands(english)).to.include('npm ci && npm test');
    expect(read('.ci/run')).to.match(/^npm ci$/m).and.match(/^npm test$/m);
  });
});

describe('the documents', () => {
  it('point only to files that exist', () => {
    const pages = new Map([...readTree(['docs'], ['.md']), ['README.md', read('README.md')], ['README.zh-CN.md', read('README.zh-CN.md')]]);
    const broken = [...pages].flatMap(([path, text]) =>
      [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((hit) => hit[1] ?? '').filter((link) => !existsSync(join(root, dirname(path), link))).map((link) => `${path}: ${link}`),
    );
    expect(broken).to.deep.equal([]);
  });
  it('give every dependency its line of reasons', () => {
    const decisions = read('docs/decisions.md');
    const names = Object.keys({ ...packageFile.dependencies, ...packageFile.devDependencies }).filter((name) => !name.startsWith('@types/'));
    expect(names.filter((name) => !decisions.includes(`\`${name}\``))).to.deep.equal([]);
  });
});
