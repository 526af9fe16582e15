import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance } from 'axios';
import { exactJson } from '../county-sql/json-cells.ts';
import { tlsOptions } from '../database-tls/tls.ts';
import type { HttpSetting } from '../../src/port/source-setting.ts';
import { Failure } from '../../src/record/failure.ts';

/** Asks a county's system and reads what it says; whatever is no whole and right answer is a Failure. */
export class Asker {
  readonly #setting: HttpSetting;
  readonly #client: AxiosInstance;
  readonly #agents: readonly [HttpAgent, HttpsAgent];

  constructor(setting: HttpSetting) {
    this.#setting = setting;
    const agent = { keepAlive: true, maxSockets: 2 };
    this.#agents = [new HttpAgent(agent), new HttpsAgent({ ...agent, ...(setting.tls === undefined ? {} : tlsOptions(setting.tls, new URL(setting.url).hostname.replace(/^\[|\]$/g, ''))) })];
    this.#client = axios.create({
      responseType: 'arraybuffer', maxRedirects: 0, validateStatus: () => true, proxy: false, timeout: setting.timeoutSeconds * 1000,
      maxContentLength: setting.mostMiB * 2 ** 20, httpAgent: this.#agents[0], httpsAgent: this.#agents[1],
      headers: { accept: 'application/json', ...setting.headers },
    });
  }

  /** The body of an answer that says yes; null for a record that is not there. */
  async ask(url: URL): Promise<unknown> {
    const { status, data, headers } = await this.#sent(url);
    const source = this.#setting.url;
    if (status === 404) return null;
    if (status === 401 || status === 403) throw new Failure('SOURCE_DENIED', { source, reason: status });
    if (status === 429 || status >= 500) throw new Failure('SOURCE_AWAY', { source, reason: status });
    if (status < 200 || status > 299) throw new Failure('SOURCE_REFUSED', { source, reason: status });
    const body = this.#read(data, String(headers['content-type'] ?? ''), status);
    const { verdict } = this.#setting;
    if (verdict === undefined) return body;
    const code = textAt(body, verdict.code);
    if (code !== null && verdict.ok.includes(code)) return body;
    throw new Failure('SOURCE_REFUSED', { source, reason: code === null || !/^[\w.-]{1,20}$/.test(code) ? verdict.code : code });
  }

  close(): void {
    for (const agent of this.#agents) agent.destroy();
  }

  async #sent(url: URL): Promise<{ readonly status: number; readonly data: Uint8Array; readonly headers: Readonly<Record<string, unknown>> }> {
    try {
      return await this.#client.get<Uint8Array>(url.href);
    } catch (cause) {
      // What axios throws has the keys of the question in it, so it is not passed on.
      const code = axios.isAxiosError(cause) ? cause.code ?? 'UNKNOWN' : 'UNKNOWN';
      if (!axios.isAxiosError(cause)) throw cause;
      const lost = ['ECONNRESET', 'ECONNABORTED', 'ERR_BAD_RESPONSE', 'EPIPE'].includes(code);
      throw new Failure(code === 'ECONNABORTED' || code === 'ETIMEDOUT' ? 'SOURCE_SLOW' : lost ? 'SOURCE_LOST' : 'SOURCE_AWAY', { source: this.#setting.url, reason: code, seconds: this.#setting.timeoutSeconds });
    }
  }

  /** Pages of a firewall, garbled and cut texts are told apart from an answer before anybody reads it. */
  #read(bytes: Uint8Array, type: string, status: number): unknown {
    try {
      const charset = /charset=["']?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8';
      return exactJson(new TextDecoder(charset, { fatal: true }).decode(bytes));
    } catch (cause) {
      if (cause instanceof SyntaxError || cause instanceof TypeError || cause instanceof RangeError) throw new Failure('ANSWER_NO_JSON', { source: this.#setting.url, status });
      throw cause;
    }
  }
}

/** What stands at a dotted path of a body; undefined when nothing does. */
export function valueAt(body: unknown, path: string): unknown {
  let value = body;
  for (const key of path === '' ? [] : path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

/** The same as text, numbers as they are written; null when nothing stands there. */
export function textAt(body: unknown, path: string): string | null {
  const value = valueAt(body, path);
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'object' ? ('text' in value ? String(value.text) : null) : String(value);
}
