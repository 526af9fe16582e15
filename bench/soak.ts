/**
 * `npm run bench:soak`: whether a service that has worked for long holds more than one that has just begun. The service as it
 * is started in life runs its jobs one after the other over HTTP, with rows that change, sweeps, pulls and a region that is ill
 * for a while, and people who look at its pages; after every so many runs it is asked what it holds.
 *
 *     npm run bench:soak -- --rounds 400 --looks 8
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { makeBenchCounty } from './bench-county.ts';
import { gatewayCommand } from './measured.ts';
import { keys, startRegion } from './region-process.ts';
import type { Held } from './soak-preload.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '400' }, looks: { type: 'string', default: '8' }, size: { type: 'string', default: '500' } } });
const [rounds, looks] = [Number(values.rounds), Number(values.looks)];
const folder = mkdtempSync(join(tmpdir(), 'qilian-soak-'));
/** What a round runs, besides the three reports. */
const besides = ['pull-applications', 'items-sweep', 'cases-sweep', 'licences-sweep', 'licences-compare', 'pull-evaluations'] as const;
const ill = ['503', 'reset-after-commit', 'hang', 'partial', 'truncated'] as const;
const password = 'Herd of 1000 horses!';

interface Desk {
  readonly child: ChildProcess;
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Response>;
}

const left: (() => Promise<unknown>)[] = [];

try {
  await makeBenchCounty(join(folder, 'county.db'), { size: values.size, seed: 1 });
  const region = await startRegion(folder);
  left.push(() => region.end());
  const desk = await serve(region.url);
  const found: { runs: number; held: Held }[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    changeRows(round);
    if (round % 20 === 0) await fetch(`${region.url}/sim/illness`, { method: 'POST', body: JSON.stringify({ kind: ill[(round / 20) % ill.length], times: 3 }) });
    for (const job of ['items', 'cases', 'licences', besides[round % besides.length] ?? 'items']) await run(desk, job);
    for (const page of ['overview', 'runs', 'quarantine', 'jobs']) await (await desk.ask('GET', `/api/${page}`)).text();
    if (round % Math.floor(rounds / looks) !== 0) continue;
    const seen = { runs: ended(), held: await look(desk.child) };
    found.push(seen);
    tell(seen);
  }
  judge(found);
} finally {
  for (const ending of left.toReversed()) await ending();
  rmSync(folder, { recursive: true, force: true });
}

/** The service on its own: the shipped site's files under another name, its console on a free port, one administrator signed in. */
async function serve(regionUrl: string): Promise<Desk> {
  const site = join(folder, 'site');
  symlinkSync(resolve(import.meta.dirname, '..'), site);
  const preload = join(import.meta.dirname, 'soak-preload.ts');
  const child = spawn(process.execPath, ['--expose-gc', '--import', preload, ...gatewayCommand('start', '--site', site)], {
    env: { ...process.env, ...keys, QILIAN_DATA: folder, QILIAN_REGION_URL: regionUrl, QILIAN_PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  left.push(() => end(child));
  let [url, token] = ['', ''];
  await new Promise<void>((opened, failed) => {
    child.once('exit', (code) => failed(new Error(`the service ended with ${code}`)));
    createInterface(child.stdout ?? process.stdin).on('line', (line) => {
      url ||= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';
      token ||= /[：:]\s?([\w-]{20,})$/.exec(line)?.[1] ?? '';
      if (url !== '' && token !== '') opened();
    });
  });
  const said: Record<string, string> = { 'content-type': 'application/json' };
  const ask = (method: string, path: string, body?: unknown): Promise<Response> => fetch(`${url}${path}`, { method, headers: said, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const accounts = ['system', 'security', 'audit', 'operator'].map((role) => ({ login: role, name: `Made-up ${role}`, role, password }));
  await mustDo(await ask('POST', '/api/setup', { token, secondFactor: 'optional', accounts }));
  const signedIn = await mustDo(await ask('POST', '/api/login', { login: 'system', password }));
  said['cookie'] = signedIn.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
  said['x-csrf'] = (await signedIn.json() as { csrf: string }).csrf;
  return { child, ask };
}

async function mustDo(reply: Response): Promise<Response> {
  if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
  return reply;
}

/** What the county's clerks do between two rounds: a few licences are held by somebody else from now on. */
function changeRows(round: number): void {
  const county = new DatabaseSync(join(folder, 'county.db'), { timeout: 10_000 });
  const now = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  county.prepare(`update DZZZ_ZZXX set CZZT = '样本商行' || ?, GXSJ = ? where ZZID in (select ZZID from DZZZ_ZZXX where ZZZT in ('2', '3') order by ZZID limit 10 offset ?)`).run(round, now, (round * 10) % 400);
  county.close();
}

/** Puts a job in line, and waits until its run has ended. */
async function run({ ask, child }: Desk, job: string): Promise<void> {
  const before = ended();
  for (let asked = await ask('POST', `/api/jobs/${job}/run`, { reason: 'soak' }); !asked.ok; asked = await ask('POST', `/api/jobs/${job}/run`, { reason: 'soak' })) {
    if (asked.status !== 409 && asked.status !== 429) throw new Error(`${job}: ${asked.status} ${await asked.text()}`);
    await wait(100);
  }
  for (let waited = 0; ended() === before; waited += 10) {
    if (child.exitCode !== null || waited > 120_000) throw new Error(`${job} does not end`);
    await wait(10);
  }
}

/** Runs that have ended, reports and pulls. */
function ended(): number {
  const file = join(folder, 'gateway.db');
  if (!existsSync(file)) return 0;
  const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  try {
    return Number(database.prepare(`select count(*) as n from run where ended_at is not null`).get()?.['n']);
  } finally {
    database.close();
  }
}

async function look(child: ChildProcess): Promise<Held> {
  const answer = once(child, 'message');
  child.send('what do you hold?');
  return (await answer)[0] as Held;
}

function tell({ runs, held }: { readonly runs: number; readonly held: Held }): void {
  say(`${String(runs).padStart(6)} runs   heap ${mib(held.heapBytes)} MiB   rss ${mib(held.rssBytes)} MiB   timers ${held.timers}   sockets ${held.sockets}   open files ${held.openFiles}   event loop late p99 ${held.lateP99Ms.toFixed(1)} ms`);
}

/** The last quarter of the looks beside the second: in the first everything is still being made for the first time. */
function judge(found: readonly { readonly runs: number; readonly held: Held }[]): void {
  const quarter = Math.max(1, Math.floor(found.length / 4));
  const [early, late] = [found.slice(quarter, 2 * quarter), found.slice(-quarter)];
  const mean = (looked: typeof found, of: (one: (typeof found)[number]) => number): number => looked.reduce((sum, one) => sum + of(one), 0) / Math.max(1, looked.length);
  const ratio = (of: (held: Held) => number): string => (mean(late, (one) => of(one.held)) / mean(early, (one) => of(one.held))).toFixed(2);
  const grown = (mean(late, (one) => one.held.heapBytes) - mean(early, (one) => one.held.heapBytes)) / ((mean(late, (one) => one.runs) - mean(early, (one) => one.runs)) / 1_000);
  say(`last quarter ÷ second: heap ${ratio((held) => held.heapBytes)}   rss ${ratio((held) => held.rssBytes)}   timers ${ratio((held) => held.timers)}   open files ${ratio((held) => held.openFiles)}   heap grew ${(grown / 1024).toFixed(0)} KiB per 1,000 runs`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

function mib(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
