import { expect } from 'chai';
import { loadTexts } from '../../src/cli/texts.ts';
import { loadSite, type Loaded, type LoadOptions } from '../../src/config/load-site.ts';
import { compileContract } from '../../src/contract/contract.ts';
import { compileMapping } from '../../src/mapping/mapping.ts';
import { FilesInMemory, modelFiles, shippedFiles } from '../fakes/files-in-memory.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { readTree } from '../house/tree.ts';
import { env as modelEnv } from '../fixtures/site-files.ts';
import { mutations } from './mutation.ts';

/** `MUTATIONS=10000 npx mocha test/config/mutations.test.ts` tries ten thousand; `npm test` contents itself with a thousand. */
const count = Number(process.env['MUTATIONS'] ?? 1_000);

/** The shipped site takes twenty times as long to read as the model, which has every kind of line that it has. */
const shippedEvery = 50;

const shippedEnv = { QILIAN_DATA: '/d', QILIAN_REGION_URL: 'http://r', QILIAN_REGION_APP_KEY: 'k', QILIAN_REGION_APP_SECRET: 'never-shown' };
const english = readTree(['texts'], ['en.yaml']).get('texts/en.yaml') ?? '';
const texts = loadTexts('en', () => english);
const [model, shipped] = [modelFiles(), shippedFiles()];

interface Spoiled {
  readonly files: FilesInMemory;
  readonly story: string;
}

/** One to three mutations of one or two files, all decided by the number. */
function spoiled(number: number, whole: FilesInMemory): Spoiled {
  const luck = seededLuck(number);
  const files = new FilesInMemory(whole.texts);
  const names = [...files.texts.keys()];
  const story: string[] = [];
  for (let left = 1 + Math.floor(luck() * 3); left > 0; left -= 1) {
    const file = names[Math.floor(luck() * names.length)] ?? '';
    const mutation = mutations[Math.floor(luck() * mutations.length)];
    if (mutation === undefined || luck() < 0.01) files.texts.delete(file);
    else files.texts.set(file, mutation.of(files.texts.get(file) ?? '', luck));
    story.push(`${file}: ${mutation?.name ?? 'gone'}`);
  }
  return { files, story: `mutation ${number}, ${story.join('; ')}` };
}

/** What is wrong with what was answered about a spoiled site; null when all is well. */
function fault(loaded: Loaded, files: FilesInMemory): string | null {
  if ('site' in loaded) return compiles(loaded.site);
  if (loaded.mistakes.length === 0) return 'refused without a mistake';
  for (const mistake of loaded.mistakes) {
    const { file, line, column } = mistake;
    const sentence = texts.sentence(mistake);
    const length = (files.texts.get(file) ?? '').split('\n').length;
    if (!Number.isInteger(line) || !Number.isInteger(column) || file === '' || line < 1 || column < 1 || line > length + 1) return `no such place: ${file}:${line}:${column}`;
    if (sentence === mistake.code || sentence.length > 3_000) return `no sentence for ${mistake.code}`;
    if (/\n\s+at |file:\/\/|never-shown/.test(sentence)) return `a sentence with a trace or a secret: ${mistake.code}`;
  }
  return null;
}

/** What has been accepted must be fit to run. */
function compiles(site: Extract<Loaded, { site: unknown }>['site']): string | null {
  const contract = compileContract(site.contract);
  for (const dataset of site.datasets) {
    compileMapping(dataset, contract);
    for (const record of dataset.records) contract.checker(record.table);
  }
  return null;
}

/** A busy machine may hold up one reading, and not the same one twice. */
async function timed(read: LoadOptions, story: string): Promise<{ readonly loaded: Loaded; readonly took: number }> {
  const once = async (): Promise<{ readonly loaded: Loaded; readonly took: number }> => {
    const began = performance.now();
    const loaded = await loadSite(read).catch((cause: unknown) => {
      throw new Error(story, { cause });
    });
    return { loaded, took: performance.now() - began };
  };
  const first = await once();
  return first.took < 2_000 ? first : once();
}

describe('a site whose files have been spoiled at random', () => {
  // The test runner asks for stack traces without end, which makes a thousand YAML errors take seconds; the gateway does not.
  const { stackTraceLimit } = Error;
  before(() => {
    Error.stackTraceLimit = 10;
  });
  after(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it(`is accepted, or refused with file and line: ${count} times, no crash, none over 2 seconds`, async function spoil() {
    this.timeout(count * 60);
    const outcomes = { accepted: 0, refused: 0, slowest: 0 };
    for (let number = 0; number < count; number += 1) {
      const whole = number % shippedEvery === 0 ? shipped : model;
      const { files, story } = spoiled(number, whole);
      const read = { dir: '/', env: whole === shipped ? shippedEnv : modelEnv, files };
      const { loaded, took } = await timed(read, story);
      outcomes.slowest = Math.max(outcomes.slowest, took);
      outcomes['site' in loaded ? 'accepted' : 'refused'] += 1;
      expect(took, story).to.be.below(2_000);
      let wrong: string | null;
      try {
        wrong = fault(loaded, files);
      } catch (cause) {
        throw new Error(`accepted and not fit to run: ${story}`, { cause });
      }
      expect(wrong, story).to.equal(null);
    }
    expect(outcomes.accepted).to.be.above(count / 50);
    expect(outcomes.refused).to.be.above(count / 2);
    if (process.env['MUTATIONS'] !== undefined) process.stdout.write(`${JSON.stringify(outcomes)}\n`);
  });
});
