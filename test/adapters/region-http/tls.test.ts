import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { createServer as createTcp, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import { openRegion } from '../../../adapters/region-http/client.ts';
import type { HttpProfile, TlsRule } from '../../../src/port/profile.ts';
import type { Answer } from '../../../src/record/receipt.ts';
import { shippedProfile } from '../../fakes/shipped-profile.ts';
import { Authority, type Certified } from '../../fixtures/certificates.ts';

describe('the line to the region under TLS', () => {
  let authority: Authority;
  let servers: { close(): void }[] = [];
  let requests = 0;
  const warned: string[] = [];

  before(() => {
    authority = new Authority();
  });
  beforeEach(() => {
    requests = 0;
    warned.length = 0;
  });
  afterEach(() => {
    for (const server of servers) server.close();
    servers = [];
  });

  const serve = async (certified: Certified, change: ServerOptions = {}): Promise<string> => {
    const server: Server = createServer({ cert: readFileSync(certified.certificate), key: readFileSync(certified.key), ...change }, (request, response) => {
      requests += 1;
      request.resume();
      response.end(request.url === '/auth/token' ? '{"code":200,"data":{"accessToken":"t","expiresIn":7200}}' : '{"code":200,"data":{"receipts":[]}}');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    servers.push({ close: () => {
      server.close();
      server.closeAllConnections();
    } });
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const profileAt = (url: string, tls: TlsRule = { ca: authority.certificate }, limits = {}): HttpProfile => ({ ...shippedProfile(url, { answerMs: 3_000, connectMs: 2_000, ...limits }), tls });
  const push = async (profile: HttpProfile): Promise<Answer> => {
    const region = openRegion(profile, { clock: { wallMs: () => Date.now(), steadyMs: () => 0, rest: async () => undefined }, nonce: () => 'n', warn: (code, { whose, days }) => warned.push(`${code} ${whose} ${days}`) });
    try {
      return await region.push(region.wrap({ no: 'B1', table: 'up_lic_data', time: '2026-11-23 15:00:00' }, []));
    } finally {
      await region.close();
    }
  };

  it('stands when the region\'s certificate is signed by the authority the profile names', async () => {
    expect((await push(profileAt(await serve(authority.issue('good'))))).verdict).to.equal('settled');
  });
  for (const [name, certified, tls, code] of [
    ['by nobody the machine knows', () => authority.issue('unknown'), () => ({}), 'TLS UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['by itself', () => {
      const alone = new Authority();
      return { certificate: alone.certificate, key: alone.certificate.replace('.crt', '.key') };
    }, () => ({ ca: authority.certificate }), 'TLS DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['for another host', () => authority.issue('other', { name: 'DNS:region.example' }), () => ({ ca: authority.certificate }), 'TLS ERR_TLS_CERT_ALTNAME_INVALID'],
    ['until yesterday', () => authority.issue('ended', { days: -1 }), () => ({ ca: authority.certificate }), 'TLS CERT_HAS_EXPIRED'],
  ] as const) {
    it(`does not stand when the certificate was signed ${name}: we stop and say so, and nothing is sent`, async () => {
      const answer = await push(profileAt(await serve(certified()), tls()));
      expect(answer).to.deep.include({ verdict: 'denied', code });
      expect(requests).to.equal(0);
    });
  }
  it('does not stand over a protocol older than TLS 1.2', async () => {
    const answer = await push(profileAt(await serve(authority.issue('old'), { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' })));
    expect(answer).to.deep.include({ verdict: 'denied' });
    expect(answer.verdict === 'denied' ? answer.code : '').to.match(/^TLS (?:EPROTO|ERR_SSL_)/);
  });
  it('is verified whatever the environment says', async () => {
    const name = ['NODE_TLS', 'REJECT_UNAUTHORIZED'].join('_');
    process.env[name] = '0';
    try {
      expect((await push(profileAt(await serve(authority.issue('env')), {}))).verdict).to.equal('denied');
    } finally {
      delete process.env[name];
    }
  });
  it('shows our certificate to a region that asks for it, and is refused without', async () => {
    const url = await serve(authority.issue('mutual'), { requestCert: true, rejectUnauthorized: true, ca: readFileSync(authority.certificate) });
    const ours = authority.issue('county');
    expect((await push(profileAt(url, { ca: authority.certificate, certificate: ours.certificate, key: ours.key }))).verdict).to.equal('settled');
    expect((await push(profileAt(url))).verdict).to.not.equal('settled');
    expect(requests).to.equal(2);
  });
  it('gives up a handshake that does not come in time: nothing was sent', async () => {
    const mute = createTcp(() => undefined);
    await new Promise<void>((resolve) => {
      mute.listen(0, '127.0.0.1', resolve);
    });
    servers.push(mute);
    const answer = await push(profileAt(`https://127.0.0.1:${(mute.address() as AddressInfo).port}`, {}, { connectMs: 60 }));
    expect(answer).to.deep.equal({ verdict: 'later', restMs: 0, reason: 'TOKEN_UNREACHABLE' });
  });
  it('tells thirty days before a certificate ends, theirs or ours, and once', async () => {
    const url = await serve(authority.issue('ending', { days: 20 }));
    const ours = authority.issue('ours-ending', { days: 7 });
    expect((await push(profileAt(url, { ca: authority.certificate, certificate: ours.certificate, key: ours.key }))).verdict).to.equal('settled');
    expect(warned.toSorted().map((line) => line.replace(/\d+$/, (days) => String(Math.ceil(Number(days) / 10) * 10)))).to.deep.equal(['CERTIFICATE_ENDING ours 10', 'CERTIFICATE_ENDING region 20']);
    expect((await push(profileAt(await serve(authority.issue('lasting'))))).verdict).to.equal('settled');
    expect(warned).to.have.length(2);
  });
  for (const [name, tls, code] of [
    ['has ended', () => {
      const { certificate, key } = authority.issue('ours-ended', { days: -1 });
      return { certificate, key };
    }, 'CERTIFICATE_ENDED'],
    ['is not there', () => ({ certificate: '/nowhere/county.crt' }), 'KEY_FILE_UNREADABLE'],
    ['is none', () => ({ certificate: authority.issue('key-only').key }), 'CERTIFICATE_UNREADABLE'],
  ] as const) {
    it(`is not even tried when our certificate ${name}`, () => {
      expect(() => openRegion(profileAt('https://127.0.0.1:9', tls()), { clock: { wallMs: () => Date.now(), steadyMs: () => 0, rest: async () => undefined }, nonce: () => 'n' }))
        .to.throw().with.property('code', code);
    });
  }
});
