import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { request as overHttp, type IncomingMessage } from 'node:http';
import { request as overTls } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { LookAround, Reached } from '../../src/port/look-around.ts';

const patienceMs = 10_000;

/** Looks at this machine's disk and knocks at addresses: a HEAD without any key. */
export const lookAround: LookAround = {
  disk: async (folder) => {
    await mkdir(folder, { recursive: true });
    const { bavail, bsize } = await statfs(folder);
    const writable = await access(folder, constants.W_OK).then(() => true, () => false);
    return { freeBytes: bavail * bsize, writable };
  },
  reach: (url, tls) => new Promise((answered, failed) => {
    const secure = url.startsWith('https:');
    const ca = tls?.ca === undefined ? {} : { ca: readFileSync(tls.ca, 'utf8') };
    const asking = secure ? overTls(url, { method: 'HEAD', timeout: patienceMs, ...ca }) : overHttp(url, { method: 'HEAD', timeout: patienceMs });
    asking.once('response', (response) => {
      answered(reached(response, secure));
      response.destroy();
    });
    asking.once('timeout', () => asking.destroy(Object.assign(new Error('no answer'), { code: 'no answer' })));
    asking.once('error', failed);
    asking.end();
  }),
};

function reached(response: IncomingMessage, secure: boolean): Reached {
  const date = Date.parse(response.headers.date ?? '');
  const certificate = secure ? (response.socket as TLSSocket).getPeerCertificate() : null;
  const until = Date.parse(certificate?.valid_to ?? '');
  return { status: response.statusCode ?? 0, clockMs: Number.isNaN(date) ? null : date, certificateUntilMs: Number.isNaN(until) ? null : until };
}
