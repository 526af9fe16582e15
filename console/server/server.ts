import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express, { type ErrorRequestHandler, type Express, type Response } from 'express';
import type { Figures } from './figures.ts';
import { guard, isLoopback } from './guard.ts';
import { overviewCells } from './overview.ts';
import { overviewPage, unavailablePage } from './page.ts';
import { sharedReading } from './shared-reading.ts';
import { readWords } from './words.ts';

/** What the console is given. */
export interface ConsoleParts {
  /** 0 takes a free one. */
  readonly port: number;
  /** Must be an address of this machine: the console has no login yet. */
  readonly host: string;
  readonly figures: () => Promise<Figures>;
  /** Told a code and what it was about; never personal data. */
  readonly log: (code: string, facts: Readonly<Record<string, string>>) => void;
}

export interface RunningConsole {
  readonly url: string;
  close(): Promise<void>;
}

const web = join(import.meta.dirname, '..', 'web');
const files = [['overview.css', 'css'], ['overview.js', 'js'], ['mark.svg', 'svg']] as const;
const limits = { headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 15_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 8_192 };

/** Opens the operators' window on this machine; rejects when the port is taken or the host is not loopback. */
export async function startConsole(parts: ConsoleParts): Promise<RunningConsole> {
  if (!isLoopback(parts.host)) throw Object.assign(new Error(`CONSOLE_NOT_LOOPBACK ${parts.host}`), { code: 'CONSOLE_NOT_LOOPBACK' });
  const server = createServer(limits, application(parts));
  server.maxConnections = 64;
  await listen(server, parts);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${parts.host === '::1' ? '[::1]' : parts.host}:${port}/`,
    close: () => close(server),
  };
}

function application(parts: ConsoleParts): Express {
  const words = readWords();
  const figures = sharedReading(parts.figures);
  const app = express().disable('x-powered-by').set('etag', false).set('query parser', 'simple');
  app.use(guard);
  app.get('/', async (request, response) => {
    response.type('html').send(overviewPage(await figures(), words(request.query['lang'])));
  });
  app.get('/api/figures', async (request, response) => {
    const now = await figures();
    response.json({ figures: now, cells: overviewCells(now, words(request.query['lang'])) });
  });
  app.get('/healthz', async (_request, response) => {
    const { at } = await figures();
    response.json({ ok: true, at });
  });
  for (const [file, type] of files) {
    const bytes = readFileSync(join(web, file));
    app.get(`/${file}`, (_request, response) => void response.type(type).send(bytes));
  }
  app.use((_request, response) => void response.status(404).type('text').send('404\n'));
  const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
    parts.log('FIGURES_UNAVAILABLE', { path: request.path, reason: error instanceof Error ? error.name : 'unknown' });
    if (response.headersSent) return next(error);
    return unavailable(response, request.path, unavailablePage('FIGURES_UNAVAILABLE', words(request.query['lang'])));
  };
  return app.use(failed);
}

function unavailable(response: Response, path: string, page: string): void {
  response.status(503);
  if (path === '/') response.type('html').send(page);
  else response.json({ ok: false, code: 'FIGURES_UNAVAILABLE' });
}

function listen(server: Server, { port, host }: ConsoleParts): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
