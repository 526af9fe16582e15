import type { IncomingMessage } from 'node:http';
import axios, { type AxiosInstance } from 'axios';
import type { HttpProfile } from '../../src/port/profile.ts';
import { beforeStanding, type Agents } from './agents.ts';
import type { Wire } from './place.ts';

/** One request, ready for the wire. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** `not-sent`: nothing reached the region. `refused`: nor will it, until a person has mended something. `lost`: nobody knows. */
export type Outcome = Wire | { readonly failure: 'not-sent' | 'refused' | 'lost'; readonly reason: string };

/** Why waiting was given up. */
class GivenUp extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const rateWindowMs = 30_000;

/** A line that follows no redirect, asks no proxy, and reads bytes as they come. */
export function lineOf(profile: HttpProfile, agents: Agents): AxiosInstance {
  return axios.create({
    baseURL: profile.baseUrl,
    httpAgent: agents.http,
    httpsAgent: agents.https,
    maxRedirects: 0,
    maxBodyLength: Number.POSITIVE_INFINITY,
    decompress: false,
    proxy: false,
    responseType: 'stream',
    validateStatus: () => true,
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
  });
}

/** Sends one request and reads its answer within the profile's deadlines and caps; never throws for the network. */
export async function exchange(line: AxiosInstance, { limits, http }: HttpProfile, request: Request): Promise<Outcome> {
  const ending = new AbortController();
  const whole = setTimeout(() => ending.abort(new GivenUp('ANSWER_TIMEOUT')), limits.answerMs);
  const head = setTimeout(() => ending.abort(new GivenUp('HEADERS_TIMEOUT')), Math.min(limits.answerMs, http?.headersMs ?? limits.answerMs));
  try {
    const response = await line.request<IncomingMessage>({
      method: request.method, url: request.path, headers: request.headers, signal: ending.signal,
      ...(request.body.length === 0 ? {} : { data: request.body }),
    });
    clearTimeout(head);
    const headers: Record<string, string | undefined> = {};
    for (const [name, value] of Object.entries(response.headers)) headers[name.toLowerCase()] = String(value);
    const rate = { least: http?.leastBytesPerSecond ?? 0, windowMs: http?.rateMs ?? rateWindowMs };
    const bytes = await readWhole(response.data, { most: limits.answerBytes, rate, ending });
    return { status: response.status, headers, bytes };
  } catch (cause) {
    const given: unknown = ending.signal.reason;
    return failureOf(given instanceof GivenUp ? given : cause);
  } finally {
    clearTimeout(whole);
    clearTimeout(head);
  }
}

interface Reading {
  readonly most: number;
  readonly rate: { readonly least: number; readonly windowMs: number };
  readonly ending: AbortController;
}

/** Reads to the end of the body as HTTP frames it; a body that is cut off, too large or too slow is an error. */
async function readWhole(body: IncomingMessage, { most, rate, ending }: Reading): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  let before = 0;
  const give = (code: string): void => {
    ending.abort(new GivenUp(code));
    body.destroy();
  };
  const watch = rate.least === 0 ? undefined : setInterval(() => {
    if (size - before < rate.least * rate.windowMs / 1000) give('ANSWER_TOO_SLOW');
    before = size;
  }, rate.windowMs);
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > most) {
        give('ANSWER_TOO_LARGE');
        break;
      }
      parts.push(part);
    }
  } finally {
    clearInterval(watch);
  }
  if (ending.signal.aborted) throw ending.signal.reason as Error;
  if (!body.complete) throw new GivenUp('ANSWER_CUT_OFF');
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

/** Failures that can only be met before a connection stands: nothing was sent. */
const beforeSending = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES', 'ERR_INVALID_URL', 'CONNECT_TIMEOUT']);

/** The other side's certificate, or ours, does not do, or there is no protocol both speak; OpenSSL's own names of what is wrong. */
const aboutCertificates = /^(?:EPROTO$|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CRL_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED|ERR_OSSL_)/;

function failureOf(cause: unknown): Outcome {
  if (cause instanceof GivenUp) return { failure: 'lost', reason: cause.code };
  const inner = axios.isAxiosError(cause) && cause.cause instanceof Error ? cause.cause : cause;
  const code = codeOf(inner) ?? codeOf(cause);
  if (code === undefined) throw cause;
  const early = beforeSending.has(code) || (inner instanceof Error && beforeStanding.has(inner));
  if (!early) return { failure: 'lost', reason: code };
  return aboutCertificates.test(code) ? { failure: 'refused', reason: `TLS ${code}` } : { failure: 'not-sent', reason: code };
}

function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && cause.code !== undefined ? String(cause.code) : undefined;
}
