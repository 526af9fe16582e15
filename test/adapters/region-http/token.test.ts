import { install } from '@sinonjs/fake-timers';
import { expect } from 'chai';
import { openRegion } from '../../../adapters/region-http/client.ts';
import type { Region } from '../../../src/port/region.ts';
import type { Answer } from '../../../src/record/receipt.ts';
import { says, scriptedRegion, sends, type ScriptedRegion } from '../../fakes/scripted-region.ts';
import { shippedProfile } from '../../fakes/shipped-profile.ts';
import { stillClock } from '../../fakes/still-clock.ts';

describe('the access token', () => {
  let server: ScriptedRegion;
  let region: Region;

  beforeEach(async () => {
    server = await scriptedRegion();
    let nonce = 0;
    region = openRegion(shippedProfile(server.url, { answerMs: 2_000 }), { clock: stillClock(), nonce: () => String(nonce += 1) });
  });
  afterEach(async () => {
    await region.close();
    await server.end();
  });

  const push = (): Promise<Answer> => region.push(region.wrap({ no: 'B', table: 't', time: '' }, []));
  /** Lets only these tokens in. */
  const only = (...tokens: string[]): void => {
    server.script = (response, request) => says(response, tokens.some((token) => request.headers.authorization === `Bearer ${token}`) ? { code: 200, data: { receipts: [] } } : { code: 401, message: '' });
  };

  it('is fetched once for everybody who needs it at the same time, and kept', async () => {
    const answers = await Promise.all([push(), push(), push()]);
    await push();
    expect(answers.map((answer) => answer.verdict)).to.deep.equal(['settled', 'settled', 'settled']);
    expect(server.tokens).to.have.length(1);
  });
  it('is signed for like any other call', async () => {
    await push();
    expect(server.tokens[0]?.headers).to.include.keys('x-aep-appkey', 'x-aep-timestamp', 'x-aep-nonce', 'x-aep-signature');
    expect(server.tokens[0]?.headers).to.not.include.keys('authorization');
  });
  it('is fetched anew once when the region no longer takes it, and the call is made again', async () => {
    only('token-2');
    expect((await push()).verdict).to.equal('settled');
    expect(server.tokens).to.have.length(2);
    expect(server.arrived).to.have.length(2);
    expect(server.arrived[0]?.body.equals(server.arrived[1]?.body ?? Buffer.alloc(0))).to.equal(true);
  });
  it('is fetched anew once for two callers who are told one after the other that it has ended', async () => {
    await push();
    const held: (() => void)[] = [];
    let toldOf = 0;
    server.script = (response, request) => {
      if (request.headers.authorization !== 'Bearer token-1') {
        says(response, { code: 200, data: { receipts: [] } });
        held.pop()?.();
      } else if ((toldOf += 1) === 1) held.push(() => says(response, { code: 401 }));
      else says(response, { code: 401 });
    };
    const answers = await Promise.all([push(), push()]);
    expect(answers.map((answer) => answer.verdict)).to.deep.equal(['settled', 'settled']);
    expect(server.tokens).to.have.length(2);
  });
  it('that is refused for ever is told after one renewal: nothing more is tried', async () => {
    only();
    expect(await push()).to.deep.include({ verdict: 'denied', code: 'TOKEN_NOT_ACCEPTED' });
    expect(server.tokens).to.have.length(2);
    expect(server.arrived).to.have.length(2);
  });
  it('is also renewed when HTTP 401 comes without a readable body', async () => {
    server.script = (response, _, nth) => (nth === 1 ? sends(response, Buffer.from('no'), { status: 401 }) : says(response, { code: 200, data: { receipts: [] } }));
    expect((await push()).verdict).to.equal('settled');
  });
  it('is renewed five minutes before it ends', async () => {
    const time = install({ toFake: ['Date'], now: Date.UTC(2026, 10, 23, 7) });
    try {
      server.tokenScript = (response, _, nth) => says(response, { code: 200, data: { accessToken: `token-${nth}`, expiresIn: 7200 } });
      await push();
      time.setSystemTime(time.now + (7200 - 301) * 1000);
      await push();
      expect(server.tokens).to.have.length(1);
      time.setSystemTime(time.now + 2_000);
      await push();
      expect(server.tokens).to.have.length(2);
    } finally {
      time.uninstall();
    }
  });
  it('that lives less than five minutes is fetched for each call', async () => {
    server.tokenScript = (response, _, nth) => says(response, { code: 200, data: { accessToken: `token-${nth}`, expiresIn: 200 } });
    await push();
    await push();
    expect(server.tokens).to.have.length(2);
  });
  for (const [name, verdict, body] of [
    ['is refused for our key', 'denied', { code: 403 }], ['is refused for our signature', 'denied', { code: 401 }], ['cannot be had just now', 'later', { code: 503 }],
    ['comes empty', 'later', { code: 200, data: { accessToken: '' } }], ['comes as an error page', 'later', '<html>'],
  ] as const) {
    it(`that ${name} makes the call ${verdict}, and nothing is sent without it`, async () => {
      server.tokenScript = (response) => says(response, body);
      expect((await push()).verdict).to.equal(verdict);
      expect((await region.ask(region.wrap({ no: 'B', table: 'up_lic_data', time: '' }, []))).verdict).to.equal(verdict);
      expect(server.arrived).to.have.length(0);
    });
  }
  it('whose answer is lost makes the call come back later', async () => {
    server.tokenScript = (response) => void response.socket?.destroy();
    expect(await push()).to.deep.include({ verdict: 'later', reason: 'TOKEN_UNREACHABLE' });
  });
});
