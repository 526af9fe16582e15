import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { Failure } from '../../src/record/failure.ts';
import type { Handlers } from './asked.ts';
import { consoleKeys } from './access/keys.ts';
import { Gate } from './access/gate.ts';
import { passwordsOf } from './access/password.ts';
import { newSetupToken } from './access/setup-token.ts';
import { readDescription } from './description.ts';
import { handlerOf, type FrameParts } from './frame.ts';
import { isLoopback, onlyKnownNames, protectiveHeaders } from './guard.ts';
import { holdersOf } from './holders.ts';
import { mostBodyBytes, mostConnections, rateLimit, serverLimits } from './limits.ts';
import { measure, type Measured } from './metrics.ts';
import { Plans } from './plans.ts';
import { servePages } from './pages.ts';
import { Refusal } from './refusal.ts';
import { replyRefusal } from './reply.ts';
import { accountRoutes } from './routes/accounts.ts';
import { alarmRoutes } from './routes/alarms.ts';
import { auditRoutes } from './routes/audit.ts';
import { batchRoutes } from './routes/batches.ts';
import { machineRoutes } from './routes/machines.ts';
import { sessionRoutes } from './routes/session.ts';
import { comparisonRoutes } from './routes/comparisons.ts';
import { conflictRoutes } from './routes/conflicts.ts';
import { dictionaryRoutes } from './routes/dictionaries.ts';
import { gateRoutes } from './routes/gates.ts';
import { jobRoutes } from './routes/jobs.ts';
import { mappingRoutes } from './routes/mappings.ts';
import { overviewReading, overviewRoutes } from './routes/overview.ts';
import { planRoutes } from './routes/plans.ts';
import { qualityRoutes } from './routes/quality.ts';
import { quarantineRoutes } from './routes/quarantine.ts';
import { recordRoutes } from './routes/records.ts';
import { systemRoutes } from './routes/system.ts';
import { unmaskingRoutes } from './routes/unmaskings.ts';
import { streamRoutes } from './routes/stream.ts';
import { readWords } from './words.ts';
import type { ConsoleParts, World } from './world.ts';

export interface RunningConsole {
  readonly url: string;
  /** The word for the first accounts; null when there are accounts. */
  readonly setupToken: string | null;
  readonly onAnswer: (kind: 'push' | 'ask', verdict: string, seconds: number) => void;
  close(): Promise<void>;
}

/** Opens the operators' window; rejects when the port is taken, or when others could reach it without TLS. */
export async function startConsole(parts: ConsoleParts): Promise<RunningConsole> {
  if (!isLoopback(parts.host) && parts.tls === null) throw new Failure('CONSOLE_NOT_LOOPBACK', { host: parts.host });
  const { app, world, onAnswer } = application(parts);
  const server = parts.tls === null ? createServer(serverLimits, app) : createSecureServer({ ...serverLimits, ...parts.tls, minVersion: 'TLSv1.2' }, app);
  server.maxConnections = mostConnections;
  await listen(server, parts);
  const { port } = server.address() as AddressInfo;
  const first = (await parts.accounts.accounts()).length === 0;
  return {
    url: `${parts.tls === null ? 'http' : 'https'}://${parts.host === '::1' ? '[::1]' : parts.host}:${port}/`,
    setupToken: first ? world.setup.token : null,
    onAnswer,
    close: () => close(server),
  };
}

/** Every operation of the description gets its route; what is not described is refused. */
function application(parts: ConsoleParts): { readonly app: Express; readonly world: World; readonly onAnswer: RunningConsole['onAnswer'] } {
  const description = readDescription();
  const words = readWords();
  const keys = consoleKeys(parts.key);
  const world: World = {
    ...parts, keys, words, rights: description.rights, setup: newSetupToken(), description,
    passwords: passwordsOf({ gate: new Gate(parts.clock), pepper: keys.pepper, cost: parts.hashingCost }),
  };
  const meter = measure(world);
  const frame: FrameParts = { sessions: world, trail: parts.trail, clock: parts.clock, words, handlers: handlersOf(world, meter.measured), log: parts.log, turnedAway: { count: 0, writtenAt: Number.NEGATIVE_INFINITY }, count: (...told) => meter.measured.answered(...told) };
  const app = express().disable('x-powered-by').set('etag', false).set('query parser', 'simple').set('case sensitive routing', true).set('strict routing', true);
  app.use(protectiveHeaders(parts.tls !== null), onlyKnownNames(parts.names), rateLimit({ clock: parts.clock, words, perSecond: 25, burst: 100 }));
  for (const door of parts.doors ?? []) app.use(door);
  // Four times as many from this machine, where a tunnel or proxy stands for many desks.
  app.post('/api/login', rateLimit({ clock: parts.clock, words, perSecond: 20 / 60, burst: 20 }));
  const json = express.json({ limit: mostBodyBytes, strict: true, type: 'application/json' });
  const unkept: RequestHandler = (_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  };
  for (const one of description.operations) {
    const body: RequestHandler = (request, response, next) => (one.takes === 'application/json' ? json(request, response, next) : next());
    app[one.method](one.path, unkept, body, handlerOf(one, frame));
  }
  servePages(app, words);
  app.use((request, response) => replyRefusal(response, new Refusal(404, 'ROUTE_UNKNOWN'), words(request.headers['accept-language'])));
  const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    return replyRefusal(response, refusalOf(error), words(request.headers['accept-language']));
  };
  return { app: app.use(failed), world, onAnswer: (...told) => meter.region.asked(...told) };
}

function handlersOf(world: World, measured: Measured): Handlers {
  const figures = overviewReading(world);
  const groups = [
    machineRoutes(world, measured), sessionRoutes(world), accountRoutes(world), auditRoutes(world), overviewRoutes(world, figures), streamRoutes(world, figures), gateRoutes(world), conflictRoutes(world), batchRoutes(world), jobRoutes(world),
    planRoutes(world, new Plans(world.plan)),
    recordRoutes(world, holdersOf({ ...world, store: world.holders, key: world.keys.holders })), unmaskingRoutes(world), quarantineRoutes(world),
    mappingRoutes(world), dictionaryRoutes(world), comparisonRoutes(world), qualityRoutes(world), systemRoutes(world), alarmRoutes(world),
  ];
  return { reads: Object.assign({}, ...groups.map((one) => one.reads ?? {})), acts: Object.assign({}, ...groups.map((one) => one.acts ?? {})) };
}

/** What the reader of bodies has against one. */
function refusalOf(error: unknown): unknown {
  const status = error instanceof Error && 'status' in error ? error.status : 0;
  if (status === 413) return new Refusal(413, 'BODY_TOO_LARGE', { most: mostBodyBytes });
  return status === 400 || status === 415 ? new Refusal(400, 'BODY_UNREADABLE') : error;
}

function listen(server: Server, { port, host }: Pick<ConsoleParts, 'port' | 'host'>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(cause.code === 'EADDRINUSE' ? new Failure('PORT_TAKEN', { port }, cause) : cause));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
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
