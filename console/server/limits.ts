import type { RequestHandler } from 'express';
import type { Clock } from '../../src/port/clock.ts';
import type { Texts } from '../../src/cli/texts.ts';
import { isLoopback } from './guard.ts';
import { Refusal } from './refusal.ts';
import { replyRefusal } from './reply.ts';

/** What one server takes at a time. */
export const serverLimits = { headersTimeout: 5_000, requestTimeout: 30_000, keepAliveTimeout: 15_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 8_192 } as const;
export const mostConnections = 128;
export const mostBodyBytes = 65_536;

interface Bucket { tokens: number; at: number }

/** Requests of one address: `perSecond` in the long run, `burst` at once. A tunnel or proxy on this machine stands for many desks. */
export function rateLimit({ clock, words, perSecond, burst }: { readonly clock: Clock; readonly words: (language: unknown) => Texts; readonly perSecond: number; readonly burst: number }): RequestHandler {
  const buckets = new Map<string, Bucket>();
  return (request, response, next) => {
    const address = request.socket.remoteAddress ?? '';
    const factor = isLoopback(address) ? 4 : 1;
    const now = clock.steadyMs();
    const bucket = buckets.get(address) ?? { tokens: burst * factor, at: now };
    bucket.tokens = Math.min(burst * factor, bucket.tokens + ((now - bucket.at) / 1000) * perSecond * factor);
    bucket.at = now;
    buckets.set(address, bucket);
    if (buckets.size > 10_000) for (const [name, one] of buckets) if (now - one.at > 60_000) buckets.delete(name);
    if (bucket.tokens < 1) {
      replyRefusal(response, new Refusal(429, 'TOO_MANY_REQUESTS'), words(request.headers['accept-language']));
      return;
    }
    bucket.tokens -= 1;
    next();
  };
}
