/**
 * `node bench/login-flood.ts`: what a flood of logins costs delivery. The service as it is started in life reports the made-up
 * licences, alternately in peace and while so many logins a second with unknown names knock at its console.
 *
 *     node bench/login-flood.ts --rounds 3 --size 50000 --perSecond 100 --addresses 200
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gatewayCommand } from './measured.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, size: { type: 'string', default: '50000' }, perSecond: { type: 'string', default: '100' }, addresses: { type: 'string', default: '1' }, port: { type: 'string', default: '18471' } } });
const [consolePort, regionPort] = [Number(values.port), Number(values.port) + 1];
const agent = new Agent({ keepAlive: true, maxSockets: 60 });
let knocks = 0;
const work = mkdtempSync(join(tmpdir(), 'qilian-flood-'));

interface Round { readonly seconds: number; readonly records: number; readonly answers: Readonly<Record<string, number>> }

try {
  const county = join(work, 'county');
  await serve(county, false, 'items');
  const found: Record<'peace' | 'flood', number[]> = { peace: [], flood: [] };
  for (let turn = 1; turn <= Number(values.rounds); turn += 1) {
    for (const how of turn % 2 === 1 ? (['peace', 'flood'] as const) : (['flood', 'peace'] as const)) {
      const folder = join(work, `${how}-${turn}`);
      for (const file of ['county.db', 'county.json', 'truth.db']) cpSync(join(county, file), join(folder, file));
      const { seconds, records, answers } = await serve(folder, how === 'flood', 'licences');
      found[how].push(records / seconds);
      say(`round ${turn} ${how}: ${records} licences in ${seconds.toFixed(2)} s, ${Math.round(records / seconds)}/s${how === 'flood' ? `; logins answered ${JSON.stringify(answers)}` : ''}`);
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const [peace, flood] = [median(found.peace), median(found.flood)];
  say(`median: ${Math.round(peace)}/s in peace, ${Math.round(flood)}/s in the flood: ${((1 - flood / peace) * 100).toFixed(1)} % less`);
} finally {
  agent.destroy();
  rmSync(work, { recursive: true, force: true });
}

/** Starts the service on this folder and waits until the job has run once. */
async function serve(folder: string, flooded: boolean, job: string): Promise<Round> {
  const child = spawn(process.execPath, gatewayCommand('start', '--size', values.size, '--data', folder), {
    env: { ...process.env, QILIAN_PORT: String(consolePort), QILIAN_SIM_PORT: String(regionPort) }, stdio: ['ignore', 'ignore', 'inherit'],
  });
  const answers: Record<string, number> = {};
  let knocking: NodeJS.Timeout | null = null;
  try {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      const text = await ask('GET', '/metrics', null).then((reply) => reply.text, () => '');
      if (text !== '' && flooded) knocking ??= setInterval(() => knock(answers), 1000 / Number(values.perSecond));
      const { seconds } = read(text, job);
      if (seconds > 0) return { seconds, records: (await figures(job)).records, answers };
      if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}`);
    }
  } finally {
    if (knocking !== null) clearInterval(knocking);
    await end(child);
  }
}

async function figures(job: string): Promise<{ readonly seconds: number; readonly records: number }> {
  return read((await ask('GET', '/metrics', null)).text, job);
}

function read(text: string, job: string): { readonly seconds: number; readonly records: number } {
  const figure = (name: string, label: string): number => Number(new RegExp(`^${name}\\{${label}="${job}"\\} (\\S+)$`, 'm').exec(text)?.[1] ?? 'NaN');
  return { seconds: figure('qilian_last_run_duration_seconds', 'job'), records: figure('qilian_delivered_envelopes_total', 'dataset') };
}

/** From one of the addresses in turn: the limit on one address alone would keep a single flooder out. */
function knock(answers: Record<string, number>): void {
  knocks += 1;
  const place = knocks % Number(values.addresses);
  const from = place === 0 ? '127.0.0.1' : `127.0.${1 + Math.floor(place / 250)}.${1 + (place % 250)}`;
  const body = JSON.stringify({ login: `nobody-${Math.floor(Math.random() * 1e9)}`, password: 'guessed' });
  ask('POST', '/api/login', body, from).then(({ status }) => {
    answers[status] = (answers[status] ?? 0) + 1;
  }, () => {
    answers['none'] = (answers['none'] ?? 0) + 1;
  });
}

function ask(method: string, path: string, body: string | null, localAddress = '127.0.0.1'): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: consolePort, localAddress, method, path, agent, headers: body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }));
    });
    call.on('error', reject).end(body ?? undefined);
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

function median(all: readonly number[]): number {
  const sorted = all.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
