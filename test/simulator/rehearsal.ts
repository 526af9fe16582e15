import { mkdtempSync, rmSync } from 'node:fs';
import { hash, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { controlFields, readRegionTables } from '../../simulator/region-tables.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import type { Simulator, SimulatorOptions } from '../../simulator/simulator.ts';

export const profileDir = join(import.meta.dirname, '../../mappings/region/nmg');
export const tables = readRegionTables(profileDir);
/** 2026-11-23 15:00:00 +08:00, a Monday. */
export const monday = Date.UTC(2026, 10, 23, 7);
const key = 'county-of-the-tests';
const secret = 'secret-of-the-tests';

export type Wish = Record<string, unknown>;
/** What came back: the HTTP status and the body's own words. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly code: number;
  readonly message: string;
  readonly data: {
    readonly accessToken: string; readonly expiresIn: number; readonly batchNo: string; readonly state: string; readonly result: string;
    readonly receipts: readonly { readonly rowGuid: string; readonly code: string; readonly field?: string; readonly message?: string }[];
    readonly records: readonly Wish[]; readonly nextCursor: string; readonly more: boolean; readonly count: number; readonly digest: string;
    readonly leaf: boolean; readonly rows: readonly { readonly rowGuid: string; readonly digest: string }[];
    readonly buckets: readonly { readonly prefix: string; readonly count: number; readonly digest: string }[];
  };
}

/** A region on a free port with a clock that stands still unless moved, and a county that calls it. */
export interface Rehearsal {
  readonly simulator: Simulator;
  readonly clock: { ms: number };
  readonly rested: number[];
  sign(body: string, change?: Record<string, string>): Record<string, string>;
  /** A signed call with a token, as bytes on the wire would be. */
  raw(path: string, body?: string, headers?: Record<string, string>): Promise<Response>;
  call(path: string, body?: string, headers?: Record<string, string>): Promise<Reply>;
  push(table: string, batchNo: string, records: readonly Wish[], change?: Wish): Promise<Reply>;
  sim(method: string, path: string, body?: unknown): Promise<Wish>;
  end(): Promise<void>;
}

export const sm3 = (text: string): string => hash('sm3', text, 'hex');

/** The body of a batch, written as the engine writes it: compact, the records last. */
export function bodyOf(batchNo: string, records: readonly Wish[], change: Wish = {}): string {
  const text = JSON.stringify(records);
  const head = JSON.stringify({ batchNo, dataSource: '150', count: records.length, digest: sm3(text), ...change });
  return `${head.slice(0, -1)},"records":${text}}`;
}

/** A clean record: every field that must be filled, filled with something made up. */
export function clean(table: string, batchNo: string, change: Wish = {}): Wish {
  const record: Wish = {};
  for (const field of tables.get(table)?.fields ?? []) {
    if (field.nullable && !controlFields.has(field.name)) continue;
    const code = field.dictionary === null ? undefined : [...field.dictionary.codes][0];
    record[field.name] = field.type === 'int' ? 1 : field.type === 'datetime' ? '2026-11-20 09:00:00' : (code ?? '1');
  }
  return { ...record, row_guid: randomUUID(), cd_operation: 'I', cd_batch: batchNo, data_source: '150', ...change };
}

export async function rehearse(change: Partial<SimulatorOptions> = {}): Promise<Rehearsal> {
  const clock = { ms: monday };
  const rested: number[] = [];
  const dataDir = change.dataDir ?? mkdtempSync(join(tmpdir(), 'region-'));
  const simulator = await startSimulator({
    port: 0, dataDir, profileDir, appKey: key, appSecret: secret, clock: { wallMs: () => clock.ms }, luck: () => 0.5,
    rest: (ms) => {
      rested.push(ms);
      return Promise.resolve();
    },
    ...change,
  });
  let token: string | null = null;

  const sign: Rehearsal['sign'] = (body, { appKey = key, appSecret = secret, timestamp = String(Math.floor(clock.ms / 1000)), nonce = randomUUID() } = {}) => ({
    'x-aep-appkey': appKey, 'x-aep-timestamp': timestamp, 'x-aep-nonce': nonce,
    'x-aep-signature': hash('sha256', timestamp + appSecret + nonce + sm3(body) + timestamp, 'hex').toUpperCase(),
  });
  const ask = (path: string, body: string | undefined, headers: Record<string, string>): Promise<Response> =>
    fetch(simulator.url + path, { method: body === undefined ? 'GET' : 'POST', headers, redirect: 'manual', ...(body === undefined ? {} : { body }) });
  const raw: Rehearsal['raw'] = async (path, body, headers = {}) => {
    token ??= (await reply(await ask('/auth/token', '', sign('')))).data.accessToken;
    return ask(path, body, { ...sign(body ?? ''), authorization: `Bearer ${token}`, ...headers });
  };
  const call: Rehearsal['call'] = async (path, body, headers) => reply(await raw(path, body, headers));
  const push: Rehearsal['push'] = (table, batchNo, records, wrong) =>
    call(`/v1/up/${table}`, bodyOf(batchNo, records, wrong), { 'idempotency-key': batchNo });
  const sim: Rehearsal['sim'] = async (method, path, body) => {
    const response = await fetch(`${simulator.url}/sim/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return (await response.json()) as Wish;
  };
  const end = async (): Promise<void> => {
    await simulator.close();
    if (change.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  return { simulator, clock, rested, sign, raw, call, push, sim, end };
}

async function reply(response: Response): Promise<Reply> {
  const { code, message, data } = (await response.json()) as Reply;
  return { status: response.status, headers: response.headers, code, message, data };
}
