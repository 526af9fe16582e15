import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { answer, sm3 } from './answer.ts';
import type { Answer } from './answer.ts';
import type { NonceMemory } from './nonce-memory.ts';
import type { TokenDesk } from './token-desk.ts';

/** What the door compares with: the county's key pair, the region's clock, nonces seen, tokens given. */
export interface Door {
  readonly appKey: string;
  readonly appSecret: string;
  readonly nonces: NonceMemory;
  readonly tokens: TokenDesk;
}

/** One caller at the door. */
export interface Caller {
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  /** The region's time, which an illness may have shifted. */
  readonly nowMs: number;
}

/** How far a caller's clock may be off, in seconds. */
export const skewSeconds = 300;

/** Signature = upper-case hex SHA-256 of timestamp + secret + nonce + SM3(body) + timestamp (x-aep, form 1, body covered). */
export function signatureOf(secret: string, timestamp: string, nonce: string, bodyDigest: string): string {
  return hash('sha256', timestamp + secret + nonce + bodyDigest + timestamp, 'hex').toUpperCase();
}

/** Null when the caller may pass; else the refusal: 403 for key, signature, clock and replay. */
export function checkSignature(door: Door, { headers, body, nowMs }: Caller): Answer | null {
  const timestamp = one(headers['x-aep-timestamp']);
  const nonce = one(headers['x-aep-nonce']);
  if (one(headers['x-aep-appkey']) !== door.appKey) return answer(403, '[鉴权]应用标识不存在');
  if (timestamp === '' || nonce === '' || nonce.length > 64) return answer(403, '[鉴权]缺少时间戳或随机数');
  if (one(headers['x-aep-signature']) !== signatureOf(door.appSecret, timestamp, nonce, sm3(body))) {
    return answer(403, '[鉴权]签名不正确');
  }
  const skew = Math.abs(Number(timestamp) - nowMs / 1000);
  if (!(skew <= skewSeconds)) return answer(403, `[鉴权]时间戳与服务器时间相差超过${skewSeconds}秒`);
  return door.nonces.take(nonce, nowMs) ? null : answer(403, '[鉴权]随机数重复');
}

/** Null when the bearer token is one that was given and has not run out; else 401. */
export function checkToken(door: Door, { headers, nowMs }: Caller): Answer | null {
  const [scheme, token] = one(headers.authorization).split(' ');
  return scheme === 'Bearer' && token !== undefined && door.tokens.good(token, nowMs) ? null : answer(401, '[鉴权]访问令牌无效或已过期');
}

function one(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
