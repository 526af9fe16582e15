import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../port/clock.ts';
import type { InboundStore } from '../port/inbound.ts';
import type { CallbackProfile, PullProfile } from '../port/pull-profile.ts';
import { named } from './receive.ts';

/** A request of the region's to us, read whole. */
export interface CallbackRequest {
  readonly method: string;
  /** With its query, as it came. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/**
 * `unsigned`: signature, a header or the path is not right. `untimely`: its clock or ours is off. `replayed`: its nonce has
 * been used. `unreadable`: signed rightly, and yet no list of records. Nothing of a refused request is kept.
 */
export type CallbackOutcome =
  | { readonly verdict: 'accepted'; readonly resource: string; readonly fresh: number; readonly repeated: number }
  | { readonly verdict: 'refused'; readonly reason: 'unsigned' | 'untimely' | 'replayed' | 'unreadable' };

export interface CallbackParts {
  readonly profile: CallbackProfile;
  readonly resources: PullProfile['resources'];
  readonly store: Pick<InboundStore, 'receive'>;
  readonly clock: Clock;
}

/** Takes what the region sends of itself: kept as a page would be, so it has the same effect whichever comes first. */
export async function acceptCallback(parts: CallbackParts, request: CallbackRequest): Promise<CallbackOutcome> {
  const { profile, resources, store, clock } = parts;
  const [timestamp, nonce, signature] = [profile.headers.timestamp, profile.headers.nonce, profile.headers.signature].map((name) => headerOf(request, name));
  const resource = Object.hasOwn(profile.paths, request.path) ? profile.paths[request.path] : undefined;
  const naming = resource === undefined ? undefined : resources[resource];
  const signed = timestamp !== undefined && nonce !== undefined && signature !== undefined && /^[\x21-\x7e]{8,128}$/.test(nonce) && /^\d{1,12}$/.test(timestamp)
    && same(signature, callbackSignature(profile.secret, { ...request, timestamp, nonce }));
  if (!signed || resource === undefined || naming === undefined) return { verdict: 'refused', reason: 'unsigned' };
  const at = clock.wallMs();
  if (Math.abs(at - Number(timestamp) * 1000) > profile.skewSeconds * 1000) return { verdict: 'refused', reason: 'untimely' };
  const records = recordsIn(request.body, profile.records);
  if (records === null) return { verdict: 'refused', reason: 'unreadable' };
  const arrived = await store.receive({
    resource, at, run: 0, records: records.map((text) => named({ naming }, text)),
    // Beyond twice the skew the timestamp itself is refused, so a nonce need not be remembered longer.
    via: { kind: 'callback', nonce, expiresAt: at + 2 * profile.skewSeconds * 1000 + 1 },
  });
  return arrived === 'replayed' ? { verdict: 'refused', reason: 'replayed' } : { verdict: 'accepted', resource, fresh: arrived.fresh, repeated: arrived.repeated + arrived.overtaken };
}

/** HMAC-SM3, lower-case hex, over method, path, SM3 of the body, time and nonce, a line each. */
export function callbackSignature(secret: string, said: Pick<CallbackRequest, 'method' | 'path' | 'body'> & { readonly timestamp: string; readonly nonce: string }): string {
  const text = [said.method, said.path, hash('sm3', said.body, 'hex'), said.timestamp, said.nonce].join('\n');
  return createHmac('sm3', secret).update(text).digest('hex');
}

/** Takes as long whether they differ at the beginning or at the end. */
function same(said: string, right: string): boolean {
  const [a, b] = [Buffer.from(said), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A header that came twice is no header. */
function headerOf({ headers }: CallbackRequest, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function recordsIn(body: Uint8Array, path: string): readonly string[] | null {
  try {
    let here = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
    for (const name of path.split('.')) here = typeof here === 'object' && here !== null && Object.hasOwn(here, name) ? (here as Record<string, unknown>)[name] : undefined;
    return Array.isArray(here) && here.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one)) ? here.map((one) => JSON.stringify(one)) : null;
  } catch {
    return null;
  }
}
