import { expect } from 'chai';
import { tables } from '../../demo/county/schema.ts';
import type { Parts } from '../../src/cli/parts.ts';
import { loadSite } from '../../src/config/load-site.ts';
import type { TableDescription } from '../../src/port/source.ts';
import { shippedFiles, type FilesInMemory } from '../fakes/files-in-memory.ts';
import { terminal, type Terminal } from '../fakes/parts-in-memory.ts';
import { sourceInMemory } from '../fakes/source-in-memory.ts';
import { stillClock } from '../fakes/still-clock.ts';
import { planted, type Planted } from './planted.ts';

/** The tables of the vendors whose columns the shipped mappings read. */
const described: readonly TableDescription[] = Object.values(tables).map(({ name, columns }) => ({
  table: name, rows: 0,
  columns: columns.map((column) => ({ name: column.replace('#', ''), type: column.endsWith('#') ? 'INTEGER' : 'TEXT', nullable: true })),
}));

const openSource: Parts['openSource'] = () => ({ ...sourceInMemory({}, stillClock()), describe: async () => described });

/** The shipped site with these mistakes; examples are left out, for they would complain of the same a second time. */
function siteWith(mistakes: readonly Planted[]): FilesInMemory {
  const files = shippedFiles();
  for (const file of files.texts.keys()) if (file.includes('/examples/')) files.texts.delete(file);
  for (const { file, from, to } of mistakes) {
    if (from === '') files.texts.set(file, to);
    else files.change(file, from, to);
  }
  return files;
}

/** `file:line:column CODE`, counted by hand in the changed text. */
function placeOf(files: FilesInMemory, { file, code, at }: Planted): string {
  const text = files.texts.get(file) ?? '';
  const needle = at.replace('▸', '');
  const found = text.indexOf(needle);
  if (found < 0 || text.includes(needle, found + 1)) throw new Error(`${file} must have exactly one ${needle}`);
  const lines = text.slice(0, found + at.indexOf('▸')).split('\n');
  return `${file}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1} ${code}`;
}

function checking(files: FilesInMemory): Terminal {
  return terminal({ openSource, loadSite: (options) => loadSite({ ...options, files }) });
}

describe('a site with forty mistakes', () => {
  const files = siteWith(planted);
  const expected = planted.map((one) => placeOf(files, one)).toSorted();

  it('has forty of them, of forty kinds', () => {
    expect(planted).to.have.length(40);
    expect(new Set(planted.map((one) => one.code))).to.have.property('size', 40);
  });
  it('is told all forty at once, each with its file, line and column, and nothing else', async () => {
    const loaded = await loadSite({ dir: '/', env: { QILIAN_DATA: '/d', QILIAN_REGION_URL: 'http://r', QILIAN_REGION_APP_KEY: 'k', QILIAN_REGION_APP_SECRET: 's' }, files, describe: async () => described });
    const told = ('mistakes' in loaded ? loaded.mistakes : []).map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`);
    expect(told.toSorted()).to.deep.equal(expected);
  });
  it('is refused by check within 2 seconds, with exit code 2 and a sentence for each', async () => {
    const screen = checking(files);
    const began = performance.now();
    const code = await screen.type('check', '--lang', 'en');
    expect(performance.now() - began).to.be.below(2_000);
    expect(code).to.equal(2);
    expect(screen.said).to.deep.equal([]);
    expect(screen.complaints.map((line) => /^\S+ \S+/.exec(line)?.[0]).filter((line) => line?.includes(':')).toSorted()).to.deep.equal(expected);
    expect(screen.complaints.filter((line) => /\{\w+\}$|^\S+ (\w+) \1$/.test(line))).to.deep.equal([]);
    expect(screen.complaints.at(-1)).to.contain('40 mistakes');
  });
  it('is told to a machine in one line of JSON', async () => {
    const screen = checking(files);
    expect(await screen.type('check', '--json')).to.equal(2);
    const [line = ''] = screen.said;
    const told = JSON.parse(line) as { readonly mistakes: readonly { readonly code: string; readonly sentence: string }[]; readonly unreached: readonly unknown[] };
    expect(told.mistakes).to.have.length(40);
    expect(told.mistakes.every((one) => one.sentence.length > 4)).to.equal(true);
    expect(screen.complaints).to.deep.equal([]);
  });
});

describe('each of the forty mistakes alone', () => {
  for (const one of planted) {
    it(`is told at its place: ${one.code}`, async () => {
      const files = siteWith([one]);
      const loaded = await loadSite({ dir: '/', env: { QILIAN_DATA: '/d', QILIAN_REGION_URL: 'http://r', QILIAN_REGION_APP_KEY: 'k', QILIAN_REGION_APP_SECRET: 's' }, files, describe: async () => described });
      const told = ('mistakes' in loaded ? loaded.mistakes : []).map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`);
      expect(told).to.deep.equal([placeOf(files, one)]);
    });
  }
});

describe('the shipped site', () => {
  it('passes check in silence, with exit code 0, its columns held against the vendors\' tables', async () => {
    const screen = checking(shippedFiles());
    expect(await screen.type('check')).to.equal(0);
    expect([...screen.said, ...screen.complaints]).to.deep.equal([]);
  });
});

describe('a site whose source cannot be reached', () => {
  const away: Parts['openSource'] = () => {
    throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
  };

  it('passes check, and is told which sources were not asked', async () => {
    const screen = terminal({ openSource: away, env: { QILIAN_REGION_URL: 'http://r', QILIAN_REGION_APP_KEY: 'k', QILIAN_REGION_APP_SECRET: 's' }, loadSite: (options) => loadSite({ ...options, files: shippedFiles() }) });
    expect(await screen.type('check', '--site', '/elsewhere', '--lang', 'en')).to.equal(0);
    expect(screen.complaints.map((line) => /source (\S+) cannot be reached \((\w+)\)/.exec(line)?.slice(1))).to.deep.equal([['hall', 'ECONNREFUSED'], ['licence-library', 'ECONNREFUSED']]);
  });
});
