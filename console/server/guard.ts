import type { RequestHandler } from 'express';

const headers: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether an address can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  return ['127.0.0.1', 'localhost', '::1'].includes(host);
}

/** Headers on every answer; only reading; only under a name of this machine, so that no foreign page can ask by rebinding DNS. */
export const guard: RequestHandler = (request, response, next) => {
  response.set(headers);
  if (!loopback.includes((request.headers.host ?? '').replace(/:\d+$/, ''))) {
    response.status(421).type('text').send('421\n');
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.set('allow', 'GET, HEAD').status(405).type('text').send('405\n');
  } else {
    next();
  }
};
