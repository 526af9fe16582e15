import express, { type ErrorRequestHandler, type Router } from 'express';
import { acceptCallback, type CallbackParts } from '../../src/inbound/callback.ts';

/** What the region's calls to us need. */
export interface CallbackRouterParts extends CallbackParts {
  /** Something of this resource has come and can be applied. */
  readonly arrived: (resource: string) => void;
  /** Told a code and what it was about; never what was sent. */
  readonly log: (code: string, facts: Readonly<Record<string, string | number>>) => void;
}

const mostBytes = 1_048_576;

/**
 * The region's own requests, at the paths of its profile; mount it before anything that reads bodies or asks for a session.
 * Who is refused learns only that: the reason is in the log.
 */
export function callbackRouter(parts: CallbackRouterParts): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const body = express.raw({ type: () => true, limit: mostBytes, inflate: false });
  for (const path of Object.keys(parts.profile.paths)) {
    router.post(path, body, async (request, response) => {
      const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
      const outcome = await acceptCallback(parts, { method: request.method, path: request.originalUrl, headers: request.headers, body: bytes });
      response.set('cache-control', 'no-store');
      if (outcome.verdict === 'refused') {
        parts.log('CALLBACK_REFUSED', { path, reason: outcome.reason });
        response.status(401).json({ code: 'CALLBACK_REFUSED' });
        return;
      }
      parts.log('CALLBACK', { path, fresh: outcome.fresh, repeated: outcome.repeated });
      if (outcome.fresh > 0) parts.arrived(outcome.resource);
      response.json({ code: 200, message: '成功', data: { fresh: outcome.fresh, repeated: outcome.repeated } });
    });
  }
  const failed: ErrorRequestHandler = (cause: unknown, request, response, next) => {
    if (response.headersSent) return next(cause);
    const status = typeof cause === 'object' && cause !== null && 'status' in cause && typeof cause.status === 'number' ? cause.status : 503;
    parts.log('CALLBACK_REFUSED', { path: request.path, reason: String(status) });
    return response.status(status >= 400 && status < 600 ? status : 503).json({ code: 'CALLBACK_REFUSED' });
  };
  return router.use(failed);
}
