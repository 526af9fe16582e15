import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { mailMessenger } from '../adapters/alarm-mail/messenger.ts';
import { webhookMessenger } from '../adapters/alarm-webhook/messenger.ts';
import { openAuditTrail } from '../adapters/audit-file/trail.ts';
import { verifyAuditFiles } from '../adapters/audit-file/verify.ts';
import { openConsoleStore } from '../adapters/console-sqlite/store.ts';
import { openDrop as openDropSink } from '../adapters/county-drop/sink.ts';
import { openSource as openDameng } from '../adapters/county-dameng/source.ts';
import { openDrop } from '../adapters/county-files/drop.ts';
import { openSource as openFiles } from '../adapters/county-files/source.ts';
import { openSource as openHttp } from '../adapters/county-http/source.ts';
import { openSink as openMariadbSink } from '../adapters/county-mariadb/sink.ts';
import { openSource as openMariadb } from '../adapters/county-mariadb/source.ts';
import { openSink as openPostgresSink } from '../adapters/county-postgres/sink.ts';
import { openSource as openOracle } from '../adapters/county-oracle/source.ts';
import { openSource as openPostgres } from '../adapters/county-postgres/source.ts';
import { openSink as openSqliteSink } from '../adapters/county-sqlite/sink.ts';
import { openSource as openSqlite } from '../adapters/county-sqlite/source.ts';
import { openSource as openSqlserver } from '../adapters/county-sqlserver/source.ts';
import { openLog } from '../adapters/log-winston/log.ts';
import { lookAround } from '../adapters/look-around/look-around.ts';
import { openSignerKey } from '../adapters/crypto-signer/key.ts';
import { openKey } from '../adapters/crypto-sm2/key.ts';
import { openRegion as openFrontdb } from '../adapters/region-frontdb/client.ts';
import { openRegion } from '../adapters/region-http/client.ts';
import { openDigests } from '../adapters/store-sqlite/digests.ts';
import { openEmptyStore, openStore, openStoreToLook, openStoreToTell } from '../adapters/store-sqlite/store.ts';
import { readWorkbook } from '../adapters/workbook-xlsx/read-workbook.ts';
import { openPagesAside } from '../adapters/store-sqlite/pages.ts';
import { writeWorkbook } from '../adapters/workbook-xlsx/workbook.ts';
import { auditKey } from '../console/server/access/keys.ts';
import { openConsoleMemory } from './cli/console-memory.ts';
import { openConsole } from './cli/console.ts';
import type { Parts } from './cli/parts.ts';
import { runProgram } from './cli/program.ts';
import { loadTexts } from './cli/texts.ts';
import { unreadLines } from './cli/unread.ts';
import { loadSite } from './config/load-site.ts';
import { demoParts } from '../demo/parts.ts';
import type { Clock } from './port/clock.ts';
import type { Sink, SinkSetting } from './port/sink.ts';
import type { Source } from './port/source.ts';
import type { SourceSetting } from './port/source-setting.ts';
import type { HttpProfile } from './port/profile.ts';
import { Failure } from './record/failure.ts';
import type { KeyRing } from './port/sm2-key.ts';

// Everything is wired here, by hand, from top to bottom; no other file knows everyone.

const root = resolve(import.meta.dirname, '..');

const clock: Clock = {
  wallMs: () => Date.now(),
  steadyMs: () => performance.now(),
  rest,
};

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, endOnce);

/** A command has nothing to do when whoever read its output has left; a service goes on. */
const readers = { needed: true };

const parts: Parts = {
  env: process.env,
  root,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  unread: (told) => {
    readers.needed = false;
    return { out: unreadLines(process.stdout, told), err: unreadLines(process.stderr, told) };
  },
  terminal: process.stdout.isTTY === true && process.stderr.isTTY === true,
  clock,
  luck: () => Math.random(),
  every: (ms, work) => {
    const timer = setInterval(work, ms).unref();
    return () => clearInterval(timer);
  },
  signal: ending.signal,
  end: endOnce,
  peakMemoryMiB: () => process.resourceUsage().maxRSS / 1024,
  processId: process.pid,
  texts: (language) => loadTexts(language, (file) => readFileSync(join(root, 'texts', file), 'utf8')),
  exists: existsSync,
  loadSite,
  openStore,
  openStoreToLook,
  openStoreToTell,
  openEmptyStore,
  openDigests,
  readText: (file) => readFileSync(file, 'utf8'),
  writeWorkbook,
  readWorkbook,
  openSource,
  openSink,
  openRegion: (profile, warn) => (profile.transport === 'http'
    ? openRegion(profile, { clock, nonce: randomUUID, keys: keyRing(profile.keys), ...(warn === undefined ? {} : { warn }) })
    : openFrontdb(profile)),
  openDrop,
  lookAround,
  ask,
  writeNew: (file, text) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  },
  openLog,
  openPages: openPagesAside,
  openMessengers: ({ webhook, mail }) => [...(webhook === undefined ? [] : [webhookMessenger(webhook)]), ...(mail === undefined ? [] : [mailMessenger(mail)])],
  openConsoleMemory: (files, zoneMinutes) => openConsoleMemory(files, zoneMinutes, { openStore: openConsoleStore, openTrail: openAuditTrail, auditKey }),
  startConsole: async (options) => openConsole(options, clock, (await import('../console/server/server.ts')).startConsole),
  verifyAudit: (files, key) => verifyAuditFiles(files, auditKey(key)),
  demo: demoParts({ root, node: process.execPath, env: process.env, signal: ending.signal }),
};

// Whoever reads the output may stop reading: `qilian status | head` is no fault of ours.
for (const outlet of [process.stdout, process.stderr]) outlet.on('error', (cause: NodeJS.ErrnoException) => {
  if (!readers.needed) return;
  if (cause.code === 'EPIPE' && outlet === process.stdout) process.exit(0);
  throw cause;
});

process.exitCode = await runProgram(parts, process.argv.slice(2));
// What nobody reads keeps no process alive that was asked to end.
if (ending.signal.aborted) setTimeout(() => process.exit(), 1_000).unref();

/** A place that pulled data is written to, by its engine. */
function openSink(setting: SinkSetting): Sink {
  switch (setting.engine) {
    case 'drop': return openDropSink(setting.folder);
    case 'sqlite': return openSqliteSink(setting.file);
    case 'mariadb': case 'mysql': return openMariadbSink(setting);
    case 'postgres': case 'kingbase': case 'opengauss': return openPostgresSink(setting);
    default: throw new Failure('SINK_NOT_OFFERED', { sink: '', engine: setting.engine });
  }
}

/** A county's source by its engine. Connections, and the drivers they need, are only loaded when it is first asked. */
function openSource(setting: SourceSetting): Source {
  switch (setting.engine) {
    case 'sqlite': return openSqlite(setting.file, clock);
    case 'oracle': return openOracle(setting, clock);
    case 'sqlserver': return openSqlserver(setting, clock);
    case 'dameng': return openDameng(setting, clock);
    case 'files': return openFiles(setting, clock);
    case 'http': return openHttp(setting, clock);
    case 'mariadb': case 'mysql': return openMariadb(setting, clock);
    case 'postgres': case 'kingbase': case 'opengauss': return openPostgres(setting, clock);
  }
}

/** The keys a profile names, each where it is kept. */
function keyRing(rules: HttpProfile['keys'] = {}): KeyRing {
  return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, rule.sm2 === 'signer' ? openSignerKey(name, rule) : openKey(name, rule)]));
}

/** Asks on the terminal and gives the answer. */
async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(`${question} `);
  } finally {
    terminal.close();
  }
}

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
