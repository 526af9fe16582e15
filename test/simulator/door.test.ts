import { expect } from 'chai';
import { rehearse } from './rehearsal.ts';
import type { Rehearsal } from './rehearsal.ts';

describe('the region at its door', () => {
  let at: Rehearsal;
  beforeEach(async () => {
    at = await rehearse({ tokenSeconds: 600 });
  });
  afterEach(() => at.end());

  const tokenCode = async (change?: Record<string, string>): Promise<string> => {
    const response = await fetch(`${at.simulator.url}/auth/token`, { method: 'POST', headers: at.sign('', change) });
    const { code, message } = (await response.json()) as { code: number; message: string };
    return `${response.status} ${code} ${message}`;
  };

  it('gives a token, and says how many seconds it lasts', async () => {
    const response = await fetch(`${at.simulator.url}/auth/token`, { method: 'POST', headers: at.sign('') });
    const { data } = (await response.json()) as { data: { accessToken: string; expiresIn: number } };
    expect(data.expiresIn).to.equal(600);
    expect(data.accessToken).to.have.length.above(20);
  });
  it('refuses a wrong secret, an unknown key and a missing nonce', async () => {
    expect(await tokenCode({ appSecret: 'guessed' })).to.equal('403 403 [鉴权]签名不正确');
    expect(await tokenCode({ appKey: 'somebody-else' })).to.equal('403 403 [鉴权]应用标识不存在');
    expect(await tokenCode({ nonce: '' })).to.equal('403 403 [鉴权]缺少时间戳或随机数');
  });
  it('lets a clock be off by 300 seconds, and not by 301, early or late', async () => {
    const off = (seconds: number): string => String(at.clock.ms / 1000 + seconds);
    expect(await tokenCode({ timestamp: off(300) })).to.match(/^200/u);
    expect(await tokenCode({ timestamp: off(-300) })).to.match(/^200/u);
    expect(await tokenCode({ timestamp: off(301) })).to.equal('403 403 [鉴权]时间戳与服务器时间相差超过300秒');
    expect(await tokenCode({ timestamp: off(-301) })).to.match(/^403/u);
    expect(await tokenCode({ timestamp: 'yesterday' })).to.match(/^403/u);
  });
  it('takes a nonce once in ten minutes', async () => {
    expect(await tokenCode({ nonce: 'once' })).to.match(/^200/u);
    expect(await tokenCode({ nonce: 'once' })).to.equal('403 403 [鉴权]随机数重复');
    at.clock.ms += 600_000;
    expect(await tokenCode({ nonce: 'once' })).to.match(/^200/u);
  });
  it('does not use up the nonce of a caller whose signature is wrong', async () => {
    expect(await tokenCode({ nonce: 'mine', appSecret: 'guessed' })).to.match(/^403/u);
    expect(await tokenCode({ nonce: 'mine' })).to.match(/^200/u);
  });
  it('refuses a body that was changed on the way', async () => {
    const response = await at.raw('/v1/licences/verify', '{"identifier":"a"}', at.sign('{"identifier":"b"}'));
    expect(response.status).to.equal(403);
  });
  it('asks for a new token with 401 when it has run out, or was never given', async () => {
    expect((await at.call('/v1/batches/none')).code).to.equal(200);
    at.clock.ms += 600_000;
    expect((await at.call('/v1/batches/none')).code).to.equal(401);
    expect((await at.call('/v1/batches/none', undefined, { authorization: 'Bearer invented' })).code).to.equal(401);
  });
  it('prints its own time on every answer', async () => {
    const { headers } = await at.call('/v1/batches/none');
    expect(headers.get('date')).to.equal('Mon, 23 Nov 2026 07:00:00 GMT');
  });
});
