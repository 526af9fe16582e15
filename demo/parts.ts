import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Comparison } from './compare.ts';

interface Setting {
  readonly root: string;
  readonly node: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** What a data folder's county was made from. */
interface Made {
  readonly size: string;
  readonly seed: number;
}

/** What was copied to a database server; or nothing, because tables were there that are not the county's. */
type Copied = { readonly tables: number; readonly rows: number } | { readonly strange: readonly string[]; readonly count: number };

/** The data folder holds a county of another size or seed. */
export class OtherCounty extends Error {
  readonly code = 'DEMO_OTHER_COUNTY';
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(found: Made, dataDir: string) {
    super('DEMO_OTHER_COUNTY');
    this.facts = { size: found.size, seed: found.seed, dataDir };
  }
}

/** How simulator/serve.ts ends when its port is in use. */
const portTaken = 98;

/** Another program listens where the region was to be played. */
class PortTaken extends Error {
  readonly code = 'PORT_TAKEN';
  readonly facts: Readonly<Record<string, number>>;

  constructor(port: number) {
    super('PORT_TAKEN');
    this.facts = { port };
  }
}

/** The rehearsal's pieces, each heavy one in a process of its own. */
export function demoParts(setting: Setting): {
  generate(options: Made & { readonly dataDir: string }, progress: (stage: string, done: number, total: number) => void): Promise<void>;
  copy(dataDir: string, address: string): Promise<Copied>;
  change(options: { readonly dataDir: string; readonly seed: number }): Promise<Readonly<Record<string, unknown>>>;
  compare(dataDir: string): Promise<Comparison>;
  startSimulator(options: { readonly port: number; readonly dataDir: string; readonly play: string }): Promise<{ readonly url: string; stop(): Promise<void> }>;
} {
  return {
    generate: (options, progress) => generate(setting, options, progress),
    copy: (dataDir, address) => copy(setting, dataDir, address),
    change: async ({ dataDir, seed }) => {
      const lines = await linesOf(setting, ['demo/change-day.ts', '--data', dataDir, '--seed', String(seed)]);
      return (lines.at(-1) as { summary: Record<string, unknown> }).summary;
    },
    compare: async (dataDir) => {
      const lines = await linesOf(setting, ['demo/compare-region.ts', '--data', dataDir]);
      return lines.at(-1) as Comparison;
    },
    startSimulator: (options) => startSimulator(setting, options),
  };
}

async function generate(setting: Setting, options: Made & { dataDir: string }, progress: (stage: string, done: number, total: number) => void): Promise<void> {
  const { dataDir, size, seed } = options;
  const label = join(dataDir, 'county.json');
  if (existsSync(label) && existsSync(join(dataDir, 'county.db'))) {
    const found = JSON.parse(readFileSync(label, 'utf8')) as Made;
    if (found.size !== size || found.seed !== seed) throw new OtherCounty(found, dataDir);
    return;
  }
  mkdirSync(dataDir, { recursive: true });
  await linesOf(setting, ['demo/generate.ts', '--data', dataDir, '--seed', String(seed), '--size', size], (line) => {
    const { stage, done, total } = line as { stage?: string; done?: number; total?: number };
    if (stage !== undefined) progress(stage, done ?? 0, total ?? 0);
  });
  writeFileSync(label, JSON.stringify({ size, seed }));
}

async function copy(setting: Setting, dataDir: string, address: string): Promise<Copied> {
  const lines = await linesOf({ ...setting, env: { ...setting.env, COUNTY_URL: address } }, ['demo/copy-county.ts', '--data', dataDir]);
  return lines.at(-1) as Copied;
}

function child(setting: Setting, words: readonly string[]): ChildProcess {
  return spawn(setting.node, [...words], { cwd: setting.root, env: setting.env, stdio: ['pipe', 'pipe', 'inherit'], detached: true });
}

/** The JSON lines a child prints; rejects when it does not end well. */
async function linesOf(setting: Setting, words: readonly string[], each: (line: unknown) => void = () => undefined): Promise<unknown[]> {
  const running = child(setting, words);
  const stop = (): void => void running.kill();
  setting.signal.addEventListener('abort', stop, { once: true });
  const lines: unknown[] = [];
  const ended = new Promise<number | null>((resolve) => running.once('close', resolve));
  if (running.stdout !== null) {
    for await (const text of createInterface(running.stdout)) {
      const line = JSON.parse(text) as unknown;
      lines.push(line);
      each(line);
    }
  }
  const code = await ended;
  setting.signal.removeEventListener('abort', stop);
  if (code !== 0) throw new Error(`${words[0]} ended with ${code}`);
  return lines;
}

async function startSimulator(setting: Setting, { port, dataDir, play }: { port: number; dataDir: string; play: string }): Promise<{ url: string; stop(): Promise<void> }> {
  const running = child(setting, ['simulator/serve.ts', '--port', String(port), '--play', play, '--data', join(dataDir, 'region'), '--with-parent']);
  const ended = new Promise<void>((resolve) => running.once('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    running.once('close', (code) => reject(code === portTaken ? new PortTaken(port) : new Error(`simulator ended with ${code}`)));
    if (running.stdout !== null) createInterface(running.stdout).once('line', (line) => resolve(line.split(' ').at(-1) ?? ''));
  });
  return {
    url,
    stop: async () => {
      running.kill('SIGTERM');
      await ended;
    },
  };
}
