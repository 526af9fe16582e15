import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import type { Clock } from '../../src/port/clock.ts';
import type { InterfaceProfile } from '../../src/port/profile.ts';
import type { Region } from '../../src/port/region.ts';
import type { Answer, Fate } from '../../src/record/receipt.ts';
import { readAnswer, readFate, type Wire } from './answer.ts';
import { signedHeaders } from './auth.ts';
import { TokenDesk } from './token.ts';
import { wrapper } from './wrap.ts';

/** What a client needs besides the profile. */
export interface ClientSetting {
  readonly clock: Clock;
  /** A value never used before, for each request. */
  readonly nonce: () => string;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

const nothing = new Uint8Array();

/** An answer, and the token with which it was asked for. */
interface Answered extends Wire {
  readonly token: string;
}

/** `not-sent`: nothing reached the region. `lost`: nobody knows. */
type Outcome = Wire | { readonly failure: 'not-sent' | 'lost'; readonly reason: string };

/** The region over HTTP, by its interface profile. */
export function openRegion(profile: InterfaceProfile, setting: ClientSetting): Region {
  const line = new Line(profile, setting);
  return {
    wrap: wrapper(profile),
    push: (parcel) => push(line, {
      method: profile.push.method,
      path: profile.push.path.replace('{table}', encodeURIComponent(parcel.table)),
      body: parcel.body,
      headers: { [profile.push.idempotencyHeader]: parcel.no },
    }),
    ask: (batchNo) => ask(line, {
      method: profile.ask.method, path: profile.ask.path.replace('{batchNo}', encodeURIComponent(batchNo)), body: nothing, headers: {},
    }),
    close: async () => line.close(),
  };
}

async function push(line: Line, request: Request, again = false): Promise<Answer> {
  const outcome = await line.send(request);
  if ('failure' in outcome) {
    return outcome.failure === 'lost'
      ? { verdict: 'unknown', reason: outcome.reason }
      : { verdict: 'later', restMs: 0, reason: outcome.reason };
  }
  if ('verdict' in outcome) return outcome;
  const reading = readAnswer(line.profile, outcome, line.wallMs());
  if (reading.verdict === 'in-progress') return { verdict: 'unknown', reason: 'IN_PROGRESS' };
  if (reading.verdict !== 'token') return reading;
  if (again) return { verdict: 'denied', code: 'TOKEN_NOT_ACCEPTED', reason: 'TOKEN_NOT_ACCEPTED' };
  await line.tokens.forget(outcome.token);
  return push(line, request, true);
}

async function ask(line: Line, request: Request, again = false): Promise<Fate> {
  const outcome = await line.send(request);
  if ('failure' in outcome) return { verdict: 'later', restMs: 0, reason: outcome.reason };
  if ('verdict' in outcome) return outcome;
  const reading = readFate(line.profile, outcome, line.wallMs());
  if (reading.verdict !== 'token') return reading;
  if (again) return { verdict: 'denied', code: 'TOKEN_NOT_ACCEPTED', reason: 'TOKEN_NOT_ACCEPTED' };
  await line.tokens.forget(outcome.token);
  return ask(line, request, true);
}

/** One kept-alive line to the region: signs, sets deadlines and caps, follows no redirect, never throws for the network. */
class Line {
  readonly profile: InterfaceProfile;
  readonly tokens: TokenDesk;
  readonly #setting: ClientSetting;
  readonly #http: AxiosInstance;
  readonly #agents: { readonly http: HttpAgent; readonly https: HttpsAgent };

  constructor(profile: InterfaceProfile, setting: ClientSetting) {
    this.profile = profile;
    this.#setting = setting;
    const pool = { keepAlive: true, maxSockets: profile.limits.connections, timeout: profile.limits.answerMs };
    this.#agents = { http: new HttpAgent(pool), https: new HttpsAgent(pool) };
    this.#http = axios.create({
      baseURL: profile.baseUrl,
      httpAgent: this.#agents.http,
      httpsAgent: this.#agents.https,
      maxRedirects: 0,
      maxContentLength: profile.limits.answerBytes,
      maxBodyLength: profile.limits.bytesPerBatch * 2,
      decompress: false,
      proxy: false,
      responseType: 'arraybuffer',
      validateStatus: () => true,
      transformRequest: [(data: unknown) => data],
      transformResponse: [(data: unknown) => data],
    });
    this.tokens = new TokenDesk(profile, async (path) => {
      const outcome = await this.#exchange({ method: 'POST', path, body: nothing, headers: {} });
      return 'failure' in outcome ? null : outcome;
    });
  }

  wallMs(): number {
    return this.#setting.clock.wallMs();
  }

  close(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  async send(request: Request): Promise<Answered | Exclude<Outcome, Wire> | Extract<Answer, { verdict: 'denied' | 'later' }>> {
    const rule = this.profile.auth.token;
    if (rule === undefined) return withToken(await this.#exchange(request), '');
    const token = await this.tokens.token();
    if (typeof token !== 'string') {
      return token.verdict === 'denied'
        ? { verdict: 'denied', code: token.code, reason: token.code }
        : { verdict: 'later', restMs: 0, reason: token.code };
    }
    return withToken(await this.#exchange({ ...request, headers: { ...request.headers, [rule.header]: rule.prefix + token } }), token);
  }

  async #exchange(request: Request): Promise<Outcome> {
    const now = { wallMs: this.wallMs(), nonce: this.#setting.nonce() };
    try {
      const response = await this.#http.request<ArrayBuffer>({
        method: request.method,
        url: request.path,
        ...(request.body.length === 0 ? {} : { data: request.body }),
        headers: {
          ...request.headers,
          ...signedHeaders(this.profile, now, request.body),
          'content-type': 'application/json; charset=utf-8',
          accept: 'application/json',
          'accept-encoding': 'identity',
        },
        signal: AbortSignal.timeout(this.profile.limits.answerMs),
      });
      return wireOf(response);
    } catch (cause) {
      return failureOf(cause);
    }
  }
}

function withToken(outcome: Outcome, token: string): Answered | Exclude<Outcome, Wire> {
  return 'failure' in outcome ? outcome : { ...outcome, token };
}

function wireOf(response: AxiosResponse<ArrayBuffer>): Wire {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(response.headers)) headers[name.toLowerCase()] = String(value);
  return { status: response.status, headers, bytes: new Uint8Array(response.data) };
}

/** Failures before the connection stood; everything else may have reached the region. */
const beforeSending = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES', 'ERR_INVALID_URL']);

function failureOf(cause: unknown): Outcome {
  if (!axios.isAxiosError(cause)) throw cause;
  const code = cause.code ?? 'UNKNOWN';
  return { failure: beforeSending.has(code) ? 'not-sent' : 'lost', reason: code };
}
