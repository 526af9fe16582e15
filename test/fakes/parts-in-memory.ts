import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDigests } from '../../adapters/store-sqlite/digests.ts';
import { openEmptyStore, openStore, openStoreToLook, openStoreToTell } from '../../adapters/store-sqlite/store.ts';
import type { Comparison, Parts } from '../../src/cli/parts.ts';
import { runProgram } from '../../src/cli/program.ts';
import { loadTexts } from '../../src/cli/texts.ts';
import { loadSite, type Loaded } from '../../src/config/load-site.ts';
import { Failure } from '../../src/record/failure.ts';
import { root } from '../house/tree.ts';
import { RegionInMemory } from './region-in-memory.ts';
import { seededLuck } from './seeded-luck.ts';
import { silentLog } from './silent-log.ts';
import { sourceInMemory } from './source-in-memory.ts';
import { stillClock } from './still-clock.ts';
import { temporaryFolder } from './temporary-folder.ts';

const equal: Comparison = { equal: true, expected: 0, found: 0, missing: 0, extra: 0, different: 0, duplicates: 0, examples: [] };

let shipped: Promise<Loaded> | null = null;

/** A terminal at which words are typed: what was said, what was complained of, and what the rehearsal's pieces were told. */
export interface Terminal {
  readonly dataDir: string;
  readonly said: string[];
  readonly complaints: string[];
  readonly told: { readonly what: string; readonly about: unknown }[];
  readonly parts: Parts;
  type(...words: string[]): Promise<number>;
}

/** The shipped site with an empty county and a region in memory; `change` replaces pieces of the world. */
export function terminal(change: Partial<Parts> = {}): Terminal {
  const dataDir = temporaryFolder();
  const said: string[] = [];
  const complaints: string[] = [];
  const told: { what: string; about: unknown }[] = [];
  const clock = stillClock();
  const note = (what: string, about: unknown): void => {
    told.push({ what, about });
  };
  const parts: Parts = {
    env: { QILIAN_DATA: dataDir }, root, out: (line) => said.push(line), err: (line) => complaints.push(line), terminal: false,
    unread: () => ({ out: (line) => said.push(line), err: (line) => complaints.push(line) }), end: () => undefined,
    clock, luck: seededLuck(1), every: () => () => undefined, signal: new AbortController().signal, peakMemoryMiB: () => 1, processId: 4711,
    texts: (language) => loadTexts(language, (file) => readFileSync(join(root, 'texts', file), 'utf8')),
    exists: existsSync,
    loadSite: async (options) => {
      note('loadSite', options);
      shipped ??= loadSite({ dir: root, env: { ...options.env, QILIAN_DATA: dataDir } });
      const loaded = await shipped;
      if (!('site' in loaded)) return loaded;
      return { site: { ...loaded.site, store: { engine: 'sqlite', file: join(dataDir, 'gateway.db') } } };
    },
    openStore, openStoreToLook, openStoreToTell, openEmptyStore, openDigests,
    readText: (file) => readFileSync(file, 'utf8'),
    writeWorkbook: async (file, sheets) => note('workbook', { file, sheets }),
    readWorkbook: async () => [],
    openSource: () => sourceInMemory({}, clock),
    openRegion: () => new RegionInMemory(clock),
    openDrop: () => ({ tables: [], put: async () => ({ state: 'unreadable' }) }),
    ask: async () => '',
    writeNew: (file, text) => note('written', { file, text }),
    lookAround: {
      disk: async () => ({ freeBytes: 2 ** 40, writable: true }),
      reach: async () => ({ status: 404, clockMs: clock.wallMs(), certificateUntilMs: null }),
    },
    openLog: () => silentLog(),
    openConsoleMemory: () => Promise.reject(new Error('no console here')),
    openMessengers: () => [],
    openPages: () => {
      throw new Error('no pages here');
    },
    startConsole: async () => ({ url: 'http://127.0.0.1:0', setupToken: null, onAnswer: () => undefined, close: async () => undefined }),
    verifyAudit: () => ({ whole: true, entries: 0, anchors: 0, faults: [] }),
    demo: {
      generate: async (options) => note('generate', options),
      copy: async (to, address) => {
        note('copy', { to, address });
        return { tables: 0, rows: 0 };
      },
      change: async (options) => {
        note('change', options);
        return { updated: 1 };
      },
      compare: async () => equal,
      startSimulator: async (options) => {
        note('simulator', options);
        return { url: 'http://127.0.0.1:0', stop: async () => note('simulator stopped', null) };
      },
    },
    ...change,
  };
  return { dataDir, said, complaints, told, parts, type: (...words) => runProgram(parts, words) };
}

/** A county that cannot be read. */
export function unreadable(): Parts['openSource'] {
  return () => {
    throw new Failure('SOURCE_UNREADABLE', { source: 'hall' });
  };
}
