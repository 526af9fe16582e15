import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one process used from its start to its end. CPU counts user and system time of all its threads. */
export interface Usage {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakRssMiB: number;
}

/** A process to be measured. */
export interface Measured {
  /** Arguments for node: file first. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Folder for the usage file and profiles. */
  readonly folder: string;
  readonly nodeOptions?: readonly string[];
  /** Exit codes that count as having done the work. */
  readonly good: readonly number[];
}

const root = join(import.meta.dirname, '..');

/** The arguments for node with which `npm run qilian` starts a command of the gateway: its flags, its file, then the command's words. */
export function gatewayCommand(...words: string[]): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const [program, ...flags] = (scripts['qilian'] ?? '').split(' ');
  if (program !== 'node' || flags.at(-1) !== 'bin/qilian.js') throw new Error('package.json no longer starts the gateway as it did');
  return [...flags.slice(0, -1), join(root, 'bin', 'qilian.js'), ...words];
}

const preload = join(import.meta.dirname, 'usage-preload.ts');

/** Runs a process to its end and reads what it used; rejects with its last words when it failed. */
export function measure({ command, env, folder, nodeOptions = [], good }: Measured): Promise<{ readonly usage: Usage; readonly said: string }> {
  const file = join(folder, 'usage.json');
  const child = spawn(process.execPath, ['--import', preload, ...nodeOptions, ...command], {
    env: { ...process.env, ...env, BENCH_USAGE: file },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const words = { out: '', err: '' };
  child.stdout.on('data', (part: Buffer) => (words.out += part.toString('utf8')));
  child.stderr.on('data', (part: Buffer) => (words.err += part.toString('utf8')));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === null || !good.includes(code)) reject(new Error(`${command.join(' ')} ended with ${code}\n${words.out.slice(-2000)}\n${words.err.slice(-2000)}`));
      else resolve({ usage: JSON.parse(readFileSync(file, 'utf8')) as Usage, said: words.out });
    });
  });
}
