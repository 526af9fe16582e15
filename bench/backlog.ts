/**
 * `npm run bench:backlog`: a million envelopes that wait. The store is filled through the gateway's own port, the process is
 * started anew on it, and sends against a region that takes its time: how much memory it needs, and how long from its start
 * to the first request.
 *
 *     npm run bench:backlog -- --envelopes 1000000 --seconds 60
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../adapters/store-sqlite/store.ts';
import type { Keep } from '../src/port/store.ts';
import { makeBenchCounty } from './bench-county.ts';
import { gatewayCommand } from './measured.ts';
import { keys } from './region-process.ts';

const { values } = parseArgs({ options: { envelopes: { type: 'string', default: '1000000' }, seconds: { type: 'string', default: '60' } } });
const envelopes = Number(values.envelopes);
const folder = mkdtempSync(join(tmpdir(), 'qilian-backlog-'));

try {
  await makeBenchCounty(join(folder, 'county.db'), { size: 'small', seed: 1 });
  say(`filling the outbox with ${envelopes} envelopes …`);
  await fill();
  const { firstMs, pushes, peakMiB } = await send();
  say(`from the start of the process to the first request ${(firstMs / 1_000).toFixed(2)} s   peak memory ${peakMiB.toFixed(0)} MiB   ${pushes} batches taken in ${values.seconds} s`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function fill(): Promise<void> {
  const store = openStore(join(folder, 'gateway.db'), 'bench');
  const run = await store.beginRun({ job: 'licences', dataset: 'licences', mode: 'changes', at: Date.now(), made: 'bench' });
  const page = 4_000;
  for (let from = 0; from < envelopes; from += page) {
    const keeps = Array.from({ length: Math.min(page, envelopes - from) }, (_, at) => keepOf(from + at));
    await store.keep({ dataset: 'licences', run, at: Date.now(), keeps, read: new Map(), cursor: null, counts: { read: keeps.length, same: 0, quarantined: 0 } });
  }
  await store.endRun(run, { at: Date.now(), state: 'pending', failure: null });
  await store.close();
}

/** A licence of usual length: about 900 bytes. */
function keepOf(id: number): Keep {
  const rowGuid = `b${String(id).padStart(31, '0')}`;
  const body = JSON.stringify({ row_guid: rowGuid, certificate_name: '食品经营许可证', certificate_holder: `样本商行${id}`, certificate_number: `JY1150626${String(id).padStart(8, '0')}`, remark: '一'.repeat(220) });
  const digest = rowGuid.padEnd(43, 'x');
  return { kind: 'put', key: String(id), identity: rowGuid, fingerprint: digest, records: [{ table: 'up_lic_data', rowGuid, body, digest }], problems: [], state: 'open', need: null, before: undefined };
}

/** Starts the licence job against a region that takes 100 ms for each batch; looks at its memory to the end. */
async function send(): Promise<{ readonly firstMs: number; readonly pushes: number; readonly peakMiB: number }> {
  let pushes = 0;
  let firstAt = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json; charset=utf-8');
      if (request.url === '/auth/token') {
        response.end(JSON.stringify({ code: 200, data: { accessToken: 'token', expiresIn: 7_200 } }));
        return;
      }
      if (firstAt === 0) firstAt = performance.now();
      pushes += 1;
      const { records = [] } = JSON.parse(Buffer.concat(parts).toString() || '{}') as { records?: { row_guid: string }[] };
      setTimeout(() => response.end(JSON.stringify({ code: 200, message: '', data: { receipts: records.map((record) => ({ rowGuid: record.row_guid, code: '0' })) } })), 100);
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const beganAt = performance.now();
  const child = spawn(process.execPath, gatewayCommand('run', 'licences'), {
    stdio: 'ignore', env: { ...process.env, ...keys, QILIAN_DATA: folder, QILIAN_REGION_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
  });
  let peakMiB = 0;
  for (const until = beganAt + Number(values.seconds) * 1_000; performance.now() < until && child.exitCode === null;) {
    await new Promise((done) => setTimeout(done, 100));
    peakMiB = Math.max(peakMiB, peakOf(child.pid ?? 0));
  }
  const taken = pushes;
  child.kill('SIGKILL');
  server.closeAllConnections();
  server.close();
  return { firstMs: firstAt - beganAt, pushes: taken, peakMiB };
}

/** Most memory the process has ever had, by the system's own account. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
