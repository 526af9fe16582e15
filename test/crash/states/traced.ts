import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../../house/tree.ts';

/** One system call that changes what is on the disk, or says that it must stay. */
export type Step =
  | { readonly kind: 'write'; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: string; readonly length: number }
  | { readonly kind: 'sync'; readonly file: string }
  | { readonly kind: 'unlink'; readonly file: string }
  /** The folder's own names are on the disk: what was removed stays removed. */
  | { readonly kind: 'sync-folder' }
  /** The writer has been told that everything up to here is kept. */
  | { readonly kind: 'acknowledged' };

/** What a writer did, call by call, and what its store held after each thing acknowledged. */
export interface Traced {
  readonly steps: readonly Step[];
  readonly digests: readonly string[];
}

/** Whether system calls can be written down here. */
export function canTrace(): boolean {
  return spawnSync('strace', ['-e', 'trace=none', 'true']).status === 0;
}

/** Lets a writer work under strace in a folder of its own. */
export function traced(folder: string, synchronous: 'full' | 'normal'): Traced {
  const [store, acks, log] = ['gateway.db', 'acks', 'trace'].map((name) => join(folder, name)) as [string, string, string];
  const done = spawnSync('strace', [
    '-f', '-y', '-xx', '-s', '100000', '-o', log, '-e', 'trace=pwrite64,write,fsync,fdatasync,ftruncate,unlink', '-e', 'signal=none',
    process.execPath, 'test/crash/states/writer.ts', store, acks, synchronous,
  ], { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`the writer ended with ${done.status}: ${done.stderr.slice(-2_000)}`);
  const steps = readFileSync(log, 'latin1').split('\n').flatMap((line) => stepOf(line, { acks, folder }));
  return { steps, digests: readFileSync(acks, 'utf8').trim().split('\n') };
}

const ours = new Set(['gateway.db', 'gateway.db-wal', 'gateway.db-journal']);

function stepOf(line: string, { acks, folder }: { readonly acks: string; readonly folder: string }): readonly Step[] {
  const call = /^\d+ +(pwrite64|write|fsync|fdatasync|ftruncate|unlink)\((.*)\) += (\d+)/.exec(line);
  if (call === null) return [];
  const [, name = '', given = ''] = call;
  if (name === 'unlink') {
    const file = basename(unescaped(/^"((?:\\x[0-9a-f]{2})*)"/.exec(given)?.[1] ?? '').toString());
    return ours.has(file) ? [{ kind: 'unlink', file }] : [];
  }
  const path = /^\d+<([^>]*)>/.exec(given)?.[1] ?? '';
  if (unescaped(path).toString() === acks && name === 'write') return [{ kind: 'acknowledged' }];
  if (unescaped(path).toString() === folder && name.endsWith('sync')) return [{ kind: 'sync-folder' }];
  const file = basename(unescaped(path).toString());
  if (!ours.has(file)) return [];
  if (name === 'fsync' || name === 'fdatasync') return [{ kind: 'sync', file }];
  if (name === 'ftruncate') return [{ kind: 'truncate', file, length: Number(given.split(', ').at(-1)) }];
  const written = /, "((?:\\x[0-9a-f]{2})*)", (\d+), (\d+)$/.exec(given);
  if (written === null) throw new Error(`a write that cannot be read: ${line.slice(0, 120)}`);
  return [{ kind: 'write', file, bytes: unescaped(written[1] ?? ''), at: Number(written[3]) }];
}

/** With `-xx` strace writes every byte as `\x41`; paths between angle brackets too, or as they are. */
function unescaped(text: string): Buffer {
  return text.startsWith('\\x') ? Buffer.from(text.replaceAll('\\x', ''), 'hex') : Buffer.from(text, 'latin1');
}
