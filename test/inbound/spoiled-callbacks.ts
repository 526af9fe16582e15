import { callbackSignature, type CallbackRequest } from '../../src/inbound/callback.ts';
import type { CallbackProfile } from '../../src/port/pull-profile.ts';
import { stillClock } from '../fakes/still-clock.ts';
import { suit } from './town-hall.ts';

export const callbacks: CallbackProfile = {
  headers: { timestamp: 'x-time', nonce: 'x-nonce', signature: 'x-sign' }, secret: 'never-shown', skewSeconds: 300, records: 'records', paths: { '/callbacks/applications': 'applications' },
};
export const clock = stillClock();
let made = 0;

/** A request as the region signs it. */
export function signed(records: unknown, change: { readonly path?: string; readonly secret?: string; readonly offset?: number } = {}): CallbackRequest {
  made += 1;
  const { path = '/callbacks/applications', secret = callbacks.secret, offset = 0 } = change;
  const body = Buffer.from(JSON.stringify({ records }));
  const [timestamp, nonce] = [String(Math.floor(clock.wallMs() / 1000) + offset), `nonce-${made}-0123456789`];
  return { method: 'POST', path, body, headers: { 'x-time': timestamp, 'x-nonce': nonce, 'x-sign': callbackSignature(secret, { method: 'POST', path, body, timestamp, nonce }) } };
}

/** None of these is what the region has signed: each is one that it sent before, or a signed one with something changed. */
export function* notTheRegions(count: number, { valid, luck, methods }: { readonly valid: CallbackRequest; readonly luck: () => number; readonly methods: readonly string[] }): Generator<CallbackRequest> {
  const pick = (n: number): number => Math.floor(luck() * n);
  const bytes = (text: string): string => {
    const at = pick(text.length);
    const other = String.fromCharCode(33 + pick(94));
    return [text.slice(0, at) + (other === text[at] ? '~!' : other) + text.slice(at + 1), text.slice(0, at) + text.slice(at + 1), `${text}${other}`][pick(3)] ?? '';
  };
  const spoiled = (request: CallbackRequest): CallbackRequest => {
    const [name = 'x-time'] = [['x-time', 'x-nonce', 'x-sign'][pick(3)]];
    switch (pick(8)) {
      case 0: return { ...request, method: methods[pick(methods.length)] ?? '' };
      case 1: return { ...request, path: bytes(request.path) };
      case 2: return { ...request, body: Buffer.from(bytes(Buffer.from(request.body).toString('latin1')), 'latin1') };
      case 3: return { ...request, headers: { ...request.headers, [name]: undefined } };
      case 4: return { ...request, headers: { ...request.headers, [name]: [String(request.headers[name]), String(request.headers[name])] } };
      case 5: return { ...request, headers: { ...request.headers, 'x-sign': callbackSignature(`guess-${pick(1e9)}`, { ...request, timestamp: String(request.headers['x-time']), nonce: String(request.headers['x-nonce']) }) } };
      case 6: return { ...request, headers: { ...request.headers, 'x-sign': signed([suit('7', 1)]).headers['x-sign'] } };
      default: return { ...request, headers: { ...request.headers, [name]: bytes(String(request.headers[name])) } };
    }
  };
  for (let n = 0; n < count; n += 1) yield n % 10 === 0 ? valid : spoiled(n % 3 === 0 ? valid : signed([suit(String(n), 1)]));
}
