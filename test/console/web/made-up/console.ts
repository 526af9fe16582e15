import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { routes, type Calls } from '../../../../console/web/api/calls.ts';
import { root } from '../../../house/tree.ts';

export type CallName = keyof Calls;

/** What a made-up call is given: places of its path, its query, its body. */
export interface Asked {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** Answers by call; a call without one is refused as unknown. */
export type Answers = { readonly [Name in CallName]?: (asked: Asked) => Calls[Name]['answer'] | Promise<Calls[Name]['answer']> };

/** Thrown by an answer that refuses. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly what: string;
  constructor(status: number, code: string, what = code) {
    super(code);
    this.status = status;
    this.code = code;
    this.what = what;
  }
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A console whose server only says what it was told to say, under the strict policy of the real one. */
export async function startMadeUpConsole(answers: Answers): Promise<{ readonly url: string; readonly asked: string[]; close(): Promise<void> }> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => void serve(request, response, { answers, asked }));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked,
    close: () => new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, { answers, asked }: { readonly answers: Answers; readonly asked: string[] }): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://x');
  response.setHeader('content-security-policy', policy);
  if (!url.pathname.startsWith('/api/')) return file(url.pathname, response);
  if (url.pathname === '/api/stream') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n');
    return undefined;
  }
  const found = routeOf(request.method ?? '', url.pathname);
  const answer = found === null ? undefined : answers[found.name];
  if (found === null || answer === undefined) return json(response, 404, { code: 'ROUTE_UNKNOWN', what: '没有这个接口' });
  asked.push(`${request.method} ${url.pathname}`);
  try {
    const given = await answer({ path: found.path, query: url.searchParams, body: await bodyOf(request) });
    return given instanceof Blob ? void response.writeHead(200, { 'content-type': given.type }).end(Buffer.from(await given.arrayBuffer())) : json(response, 200, given);
  } catch (cause) {
    if (!(cause instanceof Refused)) throw cause;
    return json(response, cause.status, { code: cause.code, what: cause.what });
  }
}

function routeOf(method: string, path: string): { readonly name: CallName; readonly path: Readonly<Record<string, string>> } | null {
  for (const [name, [verb, pattern]] of Object.entries(routes)) {
    const hit = verb === method ? new RegExp(`^${pattern.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(path) : null;
    if (hit !== null) return { name: name as CallName, path: hit.groups ?? {} };
  }
  return null;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return request.headers['content-type'] === 'application/json' && text !== '' ? JSON.parse(text) : text;
}

async function file(path: string, response: ServerResponse): Promise<void> {
  const name = path === '/' ? 'index.html' : path.slice(1);
  try {
    const bytes = await readFile(join(root, 'console', 'web', 'dist', name));
    response.writeHead(200, { 'content-type': types[extname(name)] ?? 'application/octet-stream' }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
