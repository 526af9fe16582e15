import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Does with one answer whatever the script says; `nth` counts the calls that are not for a token, from 1. */
export type Script = (response: ServerResponse, request: Arrived, nth: number) => void;

/** A server on loopback that answers exactly as a test says. */
export interface ScriptedRegion {
  readonly url: string;
  /** Calls other than for a token. */
  readonly arrived: readonly Arrived[];
  readonly tokens: readonly Arrived[];
  script: Script;
  /** What is said to somebody who asks for a token. */
  tokenScript: Script;
  end(): Promise<void>;
}

export async function scriptedRegion(): Promise<ScriptedRegion> {
  const arrived: Arrived[] = [];
  const tokens: Arrived[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    // The real time of day is no part of what a test scripts.
    response.sendDate = false;
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const one: Arrived = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) };
      const forToken = one.path === '/auth/token';
      const list = forToken ? tokens : arrived;
      list.push(one);
      (forToken ? region.tokenScript : region.script)(response, one, list.length);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const region: ScriptedRegion = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived, tokens,
    script: (response) => says(response, { code: 200, data: { receipts: [] } }),
    tokenScript: (response, _, nth) => says(response, { code: 200, data: { accessToken: `token-${nth}`, expiresIn: 7200 } }),
    end: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
  return region;
}

/** A JSON answer, as a well region gives it. */
export function says(response: ServerResponse, body: unknown, about: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {}): void {
  sends(response, Buffer.from(JSON.stringify(body)), { ...about, headers: { 'content-type': 'application/json; charset=utf-8', ...about.headers } });
}

/** Any bytes with any headers. */
export function sends(response: ServerResponse, bytes: Uint8Array, about: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {}): void {
  response.writeHead(about.status ?? 200, { ...about.headers });
  response.end(bytes);
}
