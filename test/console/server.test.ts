import { connect } from 'node:net';
import { expect } from 'chai';
import { Hall } from './hall.ts';

describe('the console’s server', () => {
  let hall: Hall;

  before(async () => {
    hall = await Hall.open();
  });
  after(() => hall.close());

  it('allows only its own files to a page, and does not say what it is built with', async () => {
    const { headers } = await hall.visitor().ask('GET', '/api/session');
    expect(headers['content-security-policy']).to.include("default-src 'none'").and.not.include('unsafe');
    expect(headers['x-content-type-options']).to.equal('nosniff');
    expect(headers['cache-control']).to.equal('no-store');
    expect(headers['x-powered-by']).to.equal(undefined);
  });
  it('answers only under a name of this machine', async () => {
    expect((await hall.visitor().ask('GET', '/healthz', undefined, { host: 'evil.example' })).status).to.equal(421);
  });
  it('refuses what the description does not have', async () => {
    const reply = await hall.visitor().ask('GET', '/api/gateway.yaml');
    expect([reply.status, reply.json['code']]).to.deep.equal([404, 'ROUTE_UNKNOWN']);
    expect((await hall.visitor().ask('GET', '/../gateway.yaml')).status).to.equal(404);
  });
  it('refuses a body that is too large, cannot be read, or says what nobody asked for', async () => {
    const visitor = hall.visitor();
    expect((await visitor.ask('POST', '/api/login', { login: 'a', password: 'x'.repeat(70_000) })).json['code']).to.equal('BODY_TOO_LARGE');
    expect((await visitor.ask('POST', '/api/login', '{')).json['code']).to.equal('BODY_UNREADABLE');
    expect((await visitor.ask('POST', '/api/login', { login: 'a', password: 'b', role: 'system' })).json['code']).to.equal('REQUEST_WRONG');
  });
  it('says no in the language asked for', async () => {
    const ask = async (language: string): Promise<unknown> => (await hall.visitor().ask('GET', '/api/accounts', undefined, { 'accept-language': language })).json['what'];
    expect([await ask('zh-CN'), await ask('en')]).to.deep.equal(['尚未登录', 'not signed in']);
  });
  it('lives, and is ready', async () => {
    expect((await hall.visitor().ask('GET', '/healthz')).json).to.include({ ok: true });
    expect((await hall.visitor().ask('GET', '/readyz')).json).to.include({ ok: true });
  });
  it('does not wait for somebody who never finishes speaking', async function () {
    this.timeout(15_000);
    const { port } = new URL(hall.running.url);
    const closed = await new Promise<boolean>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: '));
      socket.on('close', () => resolve(true)).on('error', () => resolve(true)).on('data', () => undefined);
    });
    expect(closed).to.equal(true);
  });
  it('refuses to listen where others could reach it without TLS', async () => {
    const refusal = await Hall.open({ host: '0.0.0.0' }).catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'CONSOLE_NOT_LOOPBACK' });
  });
  it('is not ready when the store cannot be read, and logs it', async () => {
    const other = await Hall.open({ ready: () => Promise.reject(new Error('disk')) });
    expect((await other.visitor().ask('GET', '/readyz')).json['code']).to.equal('STORE_UNREADABLE');
    expect(other.logged).to.deep.equal(['STORE_UNREADABLE Error']);
    await other.close();
  });
});
