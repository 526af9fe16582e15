import { createServer, type AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { expect } from 'chai';
import { openRegion } from '../../../adapters/region-http/client.ts';
import type { Region } from '../../../src/port/region.ts';
import type { Answer } from '../../../src/record/receipt.ts';
import { says, scriptedRegion, sends, type ScriptedRegion } from '../../fakes/scripted-region.ts';
import { shippedProfile } from '../../fakes/shipped-profile.ts';
import { stillClock } from '../../fakes/still-clock.ts';

const label = { no: 'B1', table: 'up_lic_data', time: '2026-11-23 15:00:00' };
const receipts = [{ rowGuid: '1', code: '0' }, { rowGuid: '2', code: 2, field: 'name', message: '不符' }];
const good = { code: 200, message: '成功', data: { receipts } };
const settled: Answer = { verdict: 'settled', receipts: [{ rowGuid: '1', verdict: 'accepted', code: '0' }, { rowGuid: '2', verdict: 'refused', code: '2', field: 'name', message: '不符' }] };
const whole = Buffer.from(JSON.stringify(good));
/** An answer whose message is 成功 in GBK. */
const gbk = Buffer.concat([Buffer.from('{"code":200,"message":"'), Buffer.from('b3c9b9a6', 'hex'), Buffer.from('","data":{"receipts":[]}}')]);

describe('the region over HTTP', () => {
  const clock = stillClock();
  let server: ScriptedRegion;
  let region: Region;

  const regionAt = (url: string, limits = {}): Region => {
    let nonce = 0;
    return openRegion(shippedProfile(url, { answerMs: 2_000, ...limits }), { clock, nonce: () => `nonce-${nonce += 1}` });
  };
  const push = (): Promise<Answer> => region.push(region.wrap(label, []));
  const answering = (script: (response: ServerResponse) => void): void => {
    server.script = (response) => script(response);
  };
  const withLimits = async (limits: Readonly<Record<string, number>>): Promise<void> => {
    await region.close();
    region = regionAt(server.url, limits);
  };

  beforeEach(async () => {
    server = await scriptedRegion();
    region = regionAt(server.url);
  });
  afterEach(async () => {
    await region.close();
    await server.end();
  });

  it('gets a batch at its table under its number, signed anew each time, with the same bytes', async () => {
    answering((response) => says(response, good));
    expect(await push()).to.deep.equal(settled);
    await push();
    const [one, two] = server.arrived;
    expect({ method: one?.method, path: one?.path, key: one?.headers['idempotency-key'], token: one?.headers.authorization })
      .to.deep.equal({ method: 'POST', path: '/v1/up/up_lic_data', key: 'B1', token: 'Bearer token-1' });
    expect(one?.body.equals(two?.body ?? Buffer.alloc(0))).to.equal(true);
    expect(one?.body.equals(region.wrap(label, []).body)).to.equal(true);
    expect(one?.headers['x-aep-nonce']).to.not.equal(two?.headers['x-aep-nonce']);
  });

  describe('is understood by the body, not by the status', () => {
    const table: readonly (readonly [number, unknown, Answer['verdict']])[] = [
      [200, { code: 500, message: '忙' }, 'later'],
      [200, { code: 422, message: '整批退回' }, 'refused'],
      [200, { code: 403, message: '无权' }, 'denied'],
      [200, { code: 409, message: '处理中' }, 'in-progress'],
      [200, { code: 299, message: '没听说过' }, 'unknown'],
      [200, { code: 200, data: {} }, 'unknown'],
      [200, { code: 200, data: { receipts: [{ rowGuid: '1', code: '7' }] } }, 'unknown'],
      [200, { code: 200, data: { receipts: [{ code: '0' }] } }, 'unknown'],
      [200, { data: { receipts: [] } }, 'unknown'],
      [200, { code: 'toString', data: { receipts: [] } }, 'unknown'],
      [200, [good], 'unknown'],
      [200, null, 'unknown'],
      [500, good, 'settled'],
      [207, { ...good, code: '207' }, 'settled'],
      [200, { code: 400, message: '格式' }, 'refused'],
      [503, { code: 503, message: '维护' }, 'later'],
    ];
    for (const [status, body, verdict] of table) {
      it(`HTTP ${status} with ${JSON.stringify(body).slice(0, 70)} is ${verdict}`, async () => {
        answering((response) => says(response, body, { status }));
        expect((await push()).verdict).to.equal(verdict);
      });
    }
  });

  describe('has not answered, and nobody knows what it did, after', () => {
    const html = Buffer.from('<html><body>200 OK</body></html>');
    const table: readonly (readonly [string, (response: ServerResponse) => void])[] = [
      ['an HTML page with status 200', (response) => sends(response, html, { headers: { 'content-type': 'text/html' } })],
      ['an HTML page with status 500', (response) => sends(response, html, { status: 500 })],
      ['an HTML page with status 502', (response) => sends(response, html, { status: 502 })],
      ['an empty body', (response) => sends(response, Buffer.alloc(0))],
      ['broken JSON', (response) => sends(response, Buffer.from('{"code":200,"data":{"receipts":[}}'))],
      ['a GBK body that says it is UTF-8', (response) => sends(response, gbk, { headers: { 'content-type': 'application/json; charset=utf-8' } })],
      ['a GBK body that does not say so', (response) => sends(response, gbk, { headers: { 'content-type': 'application/json' } })],
      ['a charset nobody knows', (response) => sends(response, whole, { headers: { 'content-type': 'application/json; charset=x-unheard-of' } })],
      ['a body cut off short of its length', (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(whole.length) });
        response.write(whole.subarray(0, 40), () => response.destroy());
      }],
      ['a body without length, cut off by the end of the connection', (response) => {
        response.socket?.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n'), whole.subarray(0, 40)]));
      }],
      ['a whole answer in pieces whose end never comes', (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write(whole, () => response.destroy());
      }],
      ['a reset after the request', (response) => void response.socket?.resetAndDestroy()],
      ['a connection closed without a word', (response) => void response.socket?.destroy()],
      ['something that is not HTTP at all', (response) => void response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n')],
      ['a redirect, which is not followed', (response) => sends(response, Buffer.alloc(0), { status: 302, headers: { location: '/elsewhere' } })],
    ];
    for (const [name, script] of table) {
      it(name, async () => {
        answering(script);
        expect((await push()).verdict).to.equal('unknown');
        expect(server.arrived.map((one) => one.path)).to.deep.equal(['/v1/up/up_lic_data']);
      });
    }
    it('an answer larger than the profile allows', async () => {
      await withLimits({ answerBytes: 10_000 });
      answering((response) => says(response, { ...good, padding: 'x'.repeat(20_000) }));
      expect((await push()).verdict).to.equal('unknown');
    });
    it('an answer that does not come in time', async () => {
      await withLimits({ answerMs: 50 });
      answering(() => undefined);
      expect((await push()).verdict).to.equal('unknown');
    });
    it('an answer that drips', async () => {
      await withLimits({ answerMs: 80 });
      answering((response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 10);
        response.once('close', () => clearInterval(drip));
      });
      expect((await push()).verdict).to.equal('unknown');
    });
  });

  it('is read in GBK when it says so, with or without quotes', async () => {
    for (const charset of ['gbk', '"GB18030"']) {
      answering((response) => sends(response, gbk, { headers: { 'content-type': `application/json; charset=${charset}` } }));
      expect((await push()).verdict, charset).to.equal('settled');
    }
  });
  it('has certainly got nothing when nobody listens', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', resolve);
    });
    const { port } = taken.address() as AddressInfo;
    await new Promise((resolve) => {
      taken.close(resolve);
    });
    const away = regionAt(`http://127.0.0.1:${port}`);
    expect((await away.push(away.wrap(label, []))).verdict).to.equal('later');
    await away.close();
  });

  describe('asks to come back', () => {
    const table: readonly (readonly [string, string | undefined, number])[] = [
      ['in 7 seconds', '7', 7_000], ['at a date', new Date(clock.wallMs() + 90_000).toUTCString(), 90_000], ['without saying when', undefined, 0],
      ['in a million years', '99999999999999', 900_000], ['at a date long ago', 'Mon, 01 Jan 2001 00:00:00 GMT', 0], ['before now', '-5', 0],
      ['in nonsense', 'soon', 0], ['in nothing', '', 0],
    ];
    for (const [name, header, restMs] of table) {
      it(`${name}: that is a rest of ${restMs / 1000} s`, async () => {
        answering((response) => sends(response, Buffer.from('busy'), { status: 429, headers: header === undefined ? {} : { 'retry-after': header } }));
        expect(await push()).to.deep.include({ verdict: 'later', restMs });
      });
    }
  });

  describe('asked after a batch, answers', () => {
    const table: readonly (readonly [string, unknown, number, string])[] = [
      ['that it has settled', { code: 200, data: { state: 'done', receipts } }, 200, 'settled'],
      ['that it never saw it', { code: 200, data: { state: 'unknown' } }, 200, 'never-seen'],
      ['that it is at work on it', { code: 200, data: { state: 'processing' } }, 200, 'in-progress'],
      ['with a state nobody knows', { code: 200, data: { state: 'lost' } }, 200, 'unknown'],
      ['by refusing the question, which says nothing of the batch', { code: 400, message: '' }, 200, 'unknown'],
      ['with an error page, which does not mean that it never saw it', 'not found', 404, 'unknown'],
      ['that it is busy', { code: 503 }, 503, 'later'],
      ['that we are not welcome', { code: 403 }, 200, 'denied'],
    ];
    for (const [name, body, status, verdict] of table) {
      it(name, async () => {
        answering((response) => says(response, body, { status }));
        expect((await region.ask(region.wrap({ ...label, no: 'B/1' }, []))).verdict).to.equal(verdict);
        expect(server.arrived[0]).to.include({ method: 'GET', path: '/v1/batches/B%2F1' });
      });
    }
    it('not at all: asking changes nothing, so it is asked again later', async () => {
      answering((response) => void response.socket?.destroy());
      expect((await region.ask(region.wrap(label, []))).verdict).to.equal('later');
    });
  });
});
