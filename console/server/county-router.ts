import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type ErrorRequestHandler, type Router } from 'express';
import type { Drop } from '../../src/port/drop.ts';

/** What the county's own door needs. */
export interface CountyRouterParts {
  /** By the source's name: where records go, and the word that lets a system in. */
  readonly drops: Readonly<Record<string, { readonly drop: Drop; readonly token: string }>>;
  /** Records of this source have come and can be read. */
  readonly arrived: (source: string) => void;
  /** Told a code and what it was about; never what was sent. */
  readonly log: (code: string, facts: Readonly<Record<string, string | number>>) => void;
}

const mostBytes = 8 * 2 ** 20;
const mostKey = 200;

/**
 * `POST /county/<source>/<table>`: a county's system hands in what has changed, under a key of its own (draft-ietf-httpapi-idempotency-key-header).
 * 202 only when it is on disk; the same key with the same records is 202 again, with others 422, while it is being written 409.
 */
export function countyRouter({ drops, arrived, log }: CountyRouterParts): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const body = express.raw({ type: () => true, limit: mostBytes, inflate: false });
  router.post('/county/:source/:table', (request, response, next) => {
    const known = Object.hasOwn(drops, request.params.source) ? drops[request.params.source] : undefined;
    response.set('cache-control', 'no-store');
    if (known === undefined || !same(request.headers.authorization ?? '', `Bearer ${known.token}`)) {
      log('DROP_REFUSED', { source: known === undefined ? '' : request.params.source, status: 401 });
      response.status(401).json({ code: 'DROP_REFUSED' });
      return;
    }
    next();
  }, body, async (request, response) => {
    const { source = '', table = '' } = request.params as Readonly<Record<string, string>>;
    const drop = drops[source]?.drop;
    const key = request.get('idempotency-key') ?? '';
    const refuse = (status: number): void => {
      log('DROP_REFUSED', { source, table: drop?.tables.includes(table) === true ? table : '', status });
      response.status(status).json({ code: 'DROP_REFUSED' });
    };
    if (drop === undefined || !drop.tables.includes(table)) return refuse(404);
    if (key === '' || key.length > mostKey) return refuse(400);
    const dropped = await drop.put(table, key, request.body instanceof Uint8Array ? request.body : new Uint8Array());
    switch (dropped.state) {
      case 'unreadable': return refuse(400);
      case 'busy': return refuse(409);
      case 'different': return refuse(422);
      case 'kept':
        log('DROP', { source, table, records: dropped.records, again: dropped.again ? 1 : 0 });
        if (!dropped.again) arrived(source);
        response.status(202).json({ records: dropped.records, again: dropped.again });
    }
  });
  const failed: ErrorRequestHandler = (cause: unknown, _request, response, next) => {
    if (response.headersSent) return next(cause);
    const status = typeof cause === 'object' && cause !== null && 'status' in cause && typeof cause.status === 'number' ? cause.status : 503;
    log('DROP_REFUSED', { source: '', status });
    return response.status(status >= 400 && status < 600 ? status : 503).json({ code: 'DROP_REFUSED' });
  };
  router.use('/county', failed);
  return router;
}

function same(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
