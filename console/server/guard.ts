import type { RequestHandler } from 'express';
import helmet from 'helmet';

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether an address can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  return ['127.0.0.1', 'localhost', '::1', '::ffff:127.0.0.1'].includes(host);
}

/** Headers on every answer: only our own files, in no frame, kept nowhere; over TLS never again without it. */
export function protectiveHeaders(secure: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], connectSrc: ["'self'"], imgSrc: ["'self'", 'data:'], fontSrc: ["'self'"],
        baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  });
}

/** Only under a name of this machine, or one the site has given it, so that no foreign page can ask by rebinding DNS. */
export function onlyKnownNames(names: readonly string[]): RequestHandler {
  const known = new Set([...loopback, ...names]);
  return (request, response, next) => {
    if (known.has((request.headers.host ?? '').replace(/:\d+$/, ''))) next();
    else response.status(421).type('text').send('421\n');
  };
}
