import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '..', '..');

/** How a gateway is started otherwise than by a person at a terminal. */
interface Manner {
  /** A program and its words, which starts it. */
  readonly behind?: readonly string[];
  readonly options?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** An open file that takes what it says; else that is collected. */
  readonly output?: number;
}

/** A data folder with a county, a simulated region, and the gateway as a process of its own: as a person would run it. */
export class Rehearsal {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'qilian-'));
  #simulator: ChildProcess | null = null;
  readonly #children = new Set<ChildProcess>();
  #url = '';

  /** Makes the county and starts the region. */
  async begin(size: string, seed = 1): Promise<void> {
    await this.script('demo/generate.ts', '--size', size, '--seed', String(seed));
    await this.startSimulator();
  }

  async startSimulator(): Promise<void> {
    const child = spawn(process.execPath, ['simulator/serve.ts', '--port', '0', '--data', join(this.dataDir, 'region')], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#simulator = child;
    this.#url = await new Promise((done, failed) => {
      child.once('close', (code) => failed(new Error(`simulator ended with ${code}`)));
      createInterface(child.stdout).once('line', (line) => done(line.split(' ').at(-1) ?? ''));
    });
  }

  /** Asks the simulator's own control interface. */
  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(new URL(path, this.#url), {
      method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return response.json();
  }

  /** What a gateway of this rehearsal must be told by its environment. */
  get env(): Record<string, string> {
    return { QILIAN_REGION_URL: this.#url, QILIAN_REGION_APP_KEY: 'demo-county', QILIAN_REGION_APP_SECRET: 'demo-secret-not-for-production' };
  }

  /** Starts a gateway command; its output is collected. */
  launch(...words: string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
    return this.launchUnder([], {}, ...words);
  }

  /** The same under node's own options and with more in its environment. */
  launchUnder(options: readonly string[], env: Readonly<Record<string, string>>, ...words: string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
    return this.launchAs({ options, env }, ...words);
  }

  /** The same behind another program, or with its output going elsewhere. */
  launchAs({ behind = [], options = [], env = {}, output }: Manner, ...words: string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
    return this.#launch([...behind, process.execPath, ...options, 'src/main.ts', ...words, '--data', this.dataDir], { ...env, ...this.env }, output);
  }

  /** The service: it works alone, on the shipped site's files under another name, with its console on a free port. */
  launchService(manner: Manner = {}): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
    const site = join(this.dataDir, 'site');
    if (!existsSync(site)) symlinkSync(root, site);
    return this.launchAs({ ...manner, env: { QILIAN_PORT: '0' } }, 'start', '--site', site);
  }

  async qilian(...words: string[]): Promise<Ended> {
    return this.launch(...words).ended;
  }

  /** The rehearsal as a person starts it: with a region of its own, on a free port. */
  async qilianDemo(...words: string[]): Promise<Ended> {
    return this.#launchNode(['src/main.ts', ...words, '--data', this.dataDir], { QILIAN_SIM_PORT: String(await freePort()) }).ended;
  }

  /** Runs a rehearsal script and gives its last line. */
  async script(file: string, ...words: string[]): Promise<unknown> {
    const ended = await this.#launchNode([file, '--data', this.dataDir, ...words], {}).ended;
    if (ended.code !== 0) throw new Error(`${file} ended with ${ended.code}: ${ended.err}`);
    return JSON.parse(ended.out.trim().split('\n').at(-1) ?? 'null');
  }

  #launchNode(words: readonly string[], env: Record<string, string>): ReturnType<typeof launchProgram> {
    return this.#launch([process.execPath, ...words], env);
  }

  #launch(words: readonly string[], env: Readonly<Record<string, string>>, output?: number): ReturnType<typeof launchProgram> {
    const launched = launchProgram(words, env, output);
    this.#children.add(launched.child);
    launched.child.once('close', () => this.#children.delete(launched.child));
    return launched;
  }

  async stopSimulator(): Promise<void> {
    const simulator = this.#simulator;
    if (simulator === null) return;
    this.#simulator = null;
    const closed = new Promise((done) => simulator.once('close', done));
    simulator.kill('SIGTERM');
    await closed;
  }

  /** What a test that failed has left, paused or at work, ends here. */
  async end(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    await this.stopSimulator();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

/** The last line of a command's output, as JSON. */
export function lastLine<T>(ended: Ended): T {
  return JSON.parse(ended.out.trim().split('\n').at(-1) ?? 'null') as T;
}

/** What was compiled once is not compiled again, as for people, who start `bin/qilian.js`. */
const compiled = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'qilian') };

function launchProgram([program = '', ...words]: readonly string[], env: Readonly<Record<string, string>>, output: number | 'pipe' = 'pipe'): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(program, words, { cwd: root, env: { ...process.env, ...compiled, ...env }, stdio: ['ignore', output, output] });
  let out = '';
  let err = '';
  // A character may be cut between two chunks.
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  return { child, ended: new Promise((done) => child.once('close', (code, signal) => done({ code, signal, out, err }))) };
}
