import { hash } from 'node:crypto';
import type { InterfaceProfile } from '../../src/port/profile.ts';

/** What a signature is made of. */
export interface Signing {
  readonly appKey: string;
  readonly secret: string;
  readonly nonce: string;
  readonly timestamp: string;
  /** SM3 of the body's bytes, lower-case hex; empty when the body is not covered. */
  readonly bodyDigest: string;
}

/**
 * The `x-aep` signature: upper-case hex SHA-256 over timestamp + secret + nonce [+ body digest] + timestamp (form 1)
 * or timestamp + appKey + nonce + secret [+ body digest] + timestamp (form 2).
 */
export function aepSignature(form: 1 | 2, { appKey, secret, nonce, timestamp, bodyDigest }: Signing): string {
  const middle = form === 1 ? secret + nonce : appKey + nonce + secret;
  return hash('sha256', timestamp + middle + bodyDigest + timestamp).toUpperCase();
}

/** Headers that sign one request. Timestamp and nonce are fresh each time, the body is not. */
export function signedHeaders(profile: InterfaceProfile, now: { readonly wallMs: number; readonly nonce: string }, body: Uint8Array): Record<string, string> {
  const { auth, identity } = profile;
  const timestamp = auth.timestamp === 'seconds' ? String(Math.floor(now.wallMs / 1000)) : (now.wallMs / 1000).toFixed(3);
  const signature = aepSignature(auth.form, {
    appKey: identity.appKey,
    secret: identity.appSecret,
    nonce: now.nonce,
    timestamp,
    bodyDigest: auth.cover === 'body' ? hash('sm3', body) : '',
  });
  return {
    [auth.headers.appKey]: identity.appKey,
    [auth.headers.timestamp]: timestamp,
    [auth.headers.nonce]: now.nonce,
    [auth.headers.signature]: signature,
  };
}
