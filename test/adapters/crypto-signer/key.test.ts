import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { openSignerKey } from '../../../adapters/crypto-signer/key.ts';
import { keyOf } from '../../../adapters/crypto-sm2/key.ts';
import type { Sm2Key } from '../../../src/port/sm2-key.ts';

const card = keyOf('card', {
  privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  publicKey: '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
});

describe('a key kept by a signing server', () => {
  let server: Server;
  let asked: Record<string, string>[] = [];
  let status = 200;
  let rest = 0;

  beforeEach(async () => {
    asked = [];
    status = 200;
    rest = 0;
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(parts).toString()) as Record<string, string>;
        asked.push({ work: request.url ?? '', ...body });
        setTimeout(() => void answer(request.url ?? '', body).then((data) => response.writeHead(status).end(JSON.stringify({ data }))), rest);
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });
  afterEach(() => new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  }));

  const key = (answerMs = 2_000): Sm2Key => openSignerKey('county', { sm2: 'signer', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keyId: 'k1', pin: '123456', answerMs });
  const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (cause: { code?: string }) => cause.code ?? 'unforeseen');
  const data = Buffer.from('乌审旗');

  it('signs, verifies, seals and opens there: only the text and the work travel', async () => {
    const signature = await key().sign(data, 'raw');
    expect(await card.verify(data, signature, 'raw')).to.equal(true);
    expect(await key().verify(data, signature, 'raw')).to.equal(true);
    const shape = { order: 'C1C3C2', form: 'bare' } as const;
    expect(Buffer.from(await key().decrypt(await key().encrypt(data, shape), shape)).equals(data)).to.equal(true);
    expect(asked.map(({ work, keyId, userId }) => [work, keyId, userId])).to.deep.equal(
      ['/sign', '/verify', '/encrypt', '/decrypt'].map((work) => [work, 'k1', '1234567812345678']));
  });
  it('whose PIN is refused is not asked again, however many wait for it: cards lock themselves', async () => {
    status = 403;
    rest = 20;
    const one = key();
    const codes = await Promise.all([1, 2, 3, 4, 5].map(() => codeOf(one.sign(data, 'der'))));
    expect(codes).to.deep.equal(Array.from({ length: 5 }, () => 'SIGNER_PIN_REFUSED'));
    expect(await codeOf(one.sign(data, 'der'))).to.equal('SIGNER_PIN_REFUSED');
    expect(asked).to.have.length(1);
  });
  it('that is away, slow or ill is asked again later', async () => {
    status = 503;
    expect(await codeOf(key().sign(data, 'der'))).to.equal('SIGNER_AWAY');
    rest = 200;
    expect(await codeOf(key(50).sign(data, 'der'))).to.equal('SIGNER_AWAY');
    const one = key();
    status = 200;
    rest = 0;
    expect(await codeOf(one.sign(data, 'der'))).to.equal('done');
  });
  it('that does not know the key says so with its status', async () => {
    status = 404;
    expect(await codeOf(key().sign(data, 'der'))).to.equal('SIGNER_REFUSED');
  });
});

async function answer(work: string, body: Record<string, string>): Promise<string | boolean> {
  const bytes = (name: string): Buffer => Buffer.from(body[name] ?? '', 'base64');
  const form = body['form'] as 'raw' & 'bare';
  const shape = { order: body['order'] as 'C1C3C2', form };
  if (work === '/sign') return Buffer.from(await card.sign(bytes('data'), form)).toString('base64');
  if (work === '/verify') return card.verify(bytes('data'), bytes('signature'), form);
  return Buffer.from(await (work === '/encrypt' ? card.encrypt(bytes('data'), shape) : card.decrypt(bytes('data'), shape))).toString('base64');
}
