import { hash, timingSafeEqual } from 'node:crypto';
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import type { Verification } from '../../src/inbound/verification.ts';
import type { Shown } from '../../src/port/verifier.ts';

/** What terminals and windows may ask; who they are is proven by a key each of them has. */
export interface LicenceRouterParts {
  readonly keys: readonly string[];
  readonly verify: (shown: Shown) => Promise<Verification>;
  readonly words: { readonly ledger: (reported: boolean) => string };
  readonly log: (code: string, facts: Readonly<Record<string, string | number>>) => void;
}

/** `POST /api/licences/verify`: `{identifier}` or `{code}`; nothing that is asked or answered is logged. */
export function licenceRouter(parts: LicenceRouterParts): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const known = parts.keys.map(digest);
  const keyed: RequestHandler = (request, response, next) => {
    const said = digest(/^Bearer (\S{16,256})$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
    if (known.some((one) => timingSafeEqual(one, said))) return next();
    return response.status(401).json({ code: 'TERMINAL_UNKNOWN' });
  };
  router.post('/api/licences/verify', keyed, express.json({ limit: 4_096, strict: true, inflate: false }), async (request, response) => {
    const shown = shownIn(request.body);
    response.set('cache-control', 'no-store');
    if (shown === null) return void response.status(400).json({ code: 'SHOWN_NOTHING' });
    const found = await parts.verify(shown);
    parts.log('VERIFY', { source: found.source, result: found.result ?? '' });
    response.json(found.source === 'ledger' ? { ...found, meaning: parts.words.ledger(found.reported) } : found);
  });
  const failed: ErrorRequestHandler = (cause: unknown, _request, response, next) => {
    if (response.headersSent) return next(cause);
    const status = typeof cause === 'object' && cause !== null && 'status' in cause && typeof cause.status === 'number' ? cause.status : 503;
    return response.status(status).json({ code: 'SHOWN_NOTHING' });
  };
  return router.use('/api/licences', failed);
}

function digest(key: string): Buffer {
  return hash('sm3', key, 'buffer');
}

/** Exactly one of the two, of a length a licence can have. */
function shownIn(body: unknown): Shown | null {
  if (typeof body !== 'object' || body === null) return null;
  const { identifier, code } = body as Readonly<Record<string, unknown>>;
  const fits = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= 512;
  if (fits(identifier) && code === undefined) return { identifier };
  return fits(code) && identifier === undefined ? { code } : null;
}
