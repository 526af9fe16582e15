import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openSource } from '../adapters/county-sqlite/source.ts';
import { openLog } from '../adapters/log-winston/log.ts';
import { openRegion } from '../adapters/region-http/client.ts';
import { openEmptyStore, openStore, openStoreToLook } from '../adapters/store-sqlite/store.ts';
import { writeWorkbook } from '../adapters/workbook-xlsx/workbook.ts';
import { openConsole } from './cli/console.ts';
import type { Parts } from './cli/parts.ts';
import { runProgram } from './cli/program.ts';
import { loadTexts } from './cli/texts.ts';
import { loadSite } from './config/load-site.ts';
import { demoParts } from '../demo/parts.ts';
import type { Clock } from './port/clock.ts';

// Everything is wired here, by hand, from top to bottom; no other file knows everyone.

const root = resolve(import.meta.dirname, '..');

const clock: Clock = {
  wallMs: () => Date.now(),
  steadyMs: () => performance.now(),
  rest,
};

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, endOnce);

const parts: Parts = {
  env: process.env,
  root,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  terminal: process.stdout.isTTY === true && process.stderr.isTTY === true,
  clock,
  luck: () => Math.random(),
  signal: ending.signal,
  peakMemoryMiB: () => process.resourceUsage().maxRSS / 1024,
  processId: process.pid,
  texts: (language) => loadTexts(language, (file) => readFileSync(join(root, 'texts', file), 'utf8')),
  exists: existsSync,
  loadSite,
  openStore,
  openStoreToLook,
  openEmptyStore,
  readText: (file) => readFileSync(file, 'utf8'),
  writeWorkbook,
  openSource: (setting) => openSource(setting.file, clock),
  openRegion: (profile) => openRegion(profile, { clock, nonce: randomUUID }),
  openLog,
  startConsole: async (options) => openConsole(options, clock, (await import('../console/server/server.ts')).startConsole),
  demo: demoParts({ root, node: process.execPath, env: process.env, signal: ending.signal }),
};

// Whoever reads the output may stop reading: `qilian status | head` is no fault of ours.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code === 'EPIPE') process.exit(0);
  throw cause;
});

process.exitCode = await runProgram(parts, process.argv.slice(2));

/** The first request to end is heeded within 10 s; the second ends the process at once. */
function endOnce(): void {
  if (ending.signal.aborted) process.exit(130);
  ending.abort();
  setTimeout(() => process.exit(130), 10_000).unref();
}

function rest(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal?.aborted === true) {
      done();
      return;
    }
    if (ms <= 0) {
      setImmediate(done);
      return;
    }
    const timer = setTimeout(finish, ms);
    signal?.addEventListener('abort', finish, { once: true });
    function finish(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      done();
    }
  });
}
