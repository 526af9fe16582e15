import type { ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { gzipSync, brotliCompressSync, deflateSync } from 'node:zlib';
import { expect } from 'chai';
import { openRegion } from '../../../adapters/region-http/client.ts';
import type { HttpProfile } from '../../../src/port/profile.ts';
import type { Region } from '../../../src/port/region.ts';
import type { Answer } from '../../../src/record/receipt.ts';
import { says, scriptedRegion, sends, type ScriptedRegion } from '../../fakes/scripted-region.ts';
import { shippedProfile } from '../../fakes/shipped-profile.ts';
import { stillClock } from '../../fakes/still-clock.ts';

const good = { code: 200, message: '成功', data: { receipts: [] } };
const json = { 'content-type': 'application/json; charset=utf-8' };
const sealed = Buffer.from(JSON.stringify(good));

describe('the wire to the region', () => {
  const clock = stillClock();
  let server: ScriptedRegion;
  let opened: Region[] = [];

  beforeEach(async () => {
    server = await scriptedRegion();
  });
  afterEach(async () => {
    for (const region of opened) await region.close();
    opened = [];
    await server.end();
  });
  const regionOf = (change: Partial<HttpProfile> = {}, limits = {}, url = server.url): Region => {
    let nonce = 0;
    const region = openRegion({ ...shippedProfile(url, { answerMs: 2_000, ...limits }), ...change }, { clock, nonce: () => `n${nonce += 1}` });
    opened.push(region);
    return region;
  };
  const push = (region: Region): Promise<Answer> => region.push(region.wrap({ no: 'B1', table: 'up_lic_data', time: '2026-11-23 15:00:00' }, []));
  const reasonOf = (answer: Answer): string => ('reason' in answer ? answer.reason : answer.verdict);
  const answering = (script: (response: ServerResponse) => void): void => {
    server.script = (response) => script(response);
  };

  describe('has sent nothing, and tries again later, when', () => {
    it('the name of the region is not known', async () => {
      const answer = await push(regionOf({ baseUrl: 'http://region.invalid' }));
      expect(answer).to.deep.include({ verdict: 'later' });
    });
    it('nobody listens at its address', async () => {
      expect(reasonOf(await push(regionOf({ tokens: {}, headers: {} }, {}, 'http://127.0.0.1:9')))).to.equal('ECONNREFUSED');
    });
  });

  describe('gives up, and nobody knows what the region did, when', () => {
    it('the answer does not begin in time', async () => {
      answering(() => undefined);
      const began = performance.now();
      expect(reasonOf(await push(regionOf({ http: { headersMs: 60 } })))).to.equal('HEADERS_TIMEOUT');
      expect(performance.now() - began).to.be.below(1_060);
    });
    it('the answer is not whole in time, however busily it drips', async () => {
      answering((response) => {
        response.writeHead(200, json);
        const drip = setInterval(() => response.write(' '), 5);
        response.once('close', () => clearInterval(drip));
      });
      expect(reasonOf(await push(regionOf({}, { answerMs: 120 })))).to.equal('ANSWER_TIMEOUT');
    });
    it('the answer comes more slowly than the profile allows', async () => {
      answering((response) => {
        response.writeHead(200, json);
        const drip = setInterval(() => response.write(' '), 5);
        response.once('close', () => clearInterval(drip));
      });
      expect(reasonOf(await push(regionOf({ http: { leastBytesPerSecond: 10_000, rateMs: 60 } })))).to.equal('ANSWER_TOO_SLOW');
    });
    it('the connection breaks in the middle of the upload; the next try carries the same number', async () => {
      let upload = 0;
      const broken: Server = createServer((socket) => {
        socket.on('error', () => undefined).once('data', () => {
          upload += 1;
          socket.resetAndDestroy();
        });
      });
      await new Promise<void>((resolve) => {
        broken.listen(0, '127.0.0.1', resolve);
      });
      const region = regionOf({ tokens: {}, headers: {} }, {}, `http://127.0.0.1:${(broken.address() as AddressInfo).port}`);
      const parcel = { no: 'B1', table: 'up_lic_data', count: 1, rowGuids: ['1'], digest: '', body: Buffer.alloc(4_000_000, 'x') };
      expect((await region.push(parcel)).verdict).to.equal('unknown');
      expect(upload).to.equal(1);
      broken.close();
    });
  });

  describe('takes for no answer', () => {
    const table: readonly (readonly [string, string, (response: ServerResponse) => void])[] = [
      ['a web page in place of JSON', 'ANSWER_IS_A_PAGE HTTP 200', (response) => sends(response, Buffer.from('<!DOCTYPE html><title>系统维护</title>'), { headers: { 'content-type': 'text/html; charset=utf-8' } })],
      ['a web page that says it is JSON', 'ANSWER_IS_A_PAGE HTTP 502', (response) => sends(response, Buffer.from('\n<html>'), { status: 502, headers: json })],
      ['a picture', 'ANSWER_TYPE_WRONG HTTP 200', (response) => sends(response, sealed, { headers: { 'content-type': 'image/png' } })],
      ['nothing at all', 'ANSWER_EMPTY HTTP 200', (response) => sends(response, Buffer.alloc(0), { headers: json })],
      ['bytes that are not of the charset they say', 'ANSWER_CHARSET_WRONG HTTP 200', (response) => sends(response, Buffer.from('7b2263223a22b3c9b9a6227d', 'hex'), { headers: json })],
      ['a NUL in the text', 'ANSWER_UNREADABLE HTTP 200', (response) => sends(response, Buffer.from('{"code":200,\0"data":{"receipts":[]}}'), { headers: json })],
      ['anything after the end of the text', 'ANSWER_UNREADABLE HTTP 200', (response) => sends(response, Buffer.concat([sealed, Buffer.from('{}')]), { headers: json })],
      ['brackets a hundred thousand deep', 'ANSWER_UNREADABLE HTTP 200', (response) => sends(response, Buffer.from(`{"code":200,"data":${'['.repeat(100_000)}`), { headers: json })],
      ['a text instead of an object', 'ANSWER_UNREADABLE HTTP 200', (response) => sends(response, Buffer.from('"200"'), { headers: json })],
      ['a redirect to itself', 'ANSWER_REDIRECTS HTTP 302', (response) => sends(response, Buffer.alloc(0), { status: 302, headers: { location: '/v1/up/up_lic_data' } })],
      ['a redirect to the machine\'s own secrets', 'ANSWER_REDIRECTS HTTP 307', (response) => sends(response, Buffer.alloc(0), { status: 307, headers: { location: 'http://169.254.169.254/latest/' } })],
      ['half an answer that ends with the connection', 'ANSWER_UNREADABLE HTTP 200', (response) => {
        response.socket?.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n'), sealed.subarray(0, 30)]));
      }],
      ['a packing nobody knows', 'ANSWER_PACKING_UNKNOWN HTTP 200', (response) => sends(response, sealed, { headers: { ...json, 'content-encoding': 'zstd-of-ours' } })],
      ['a packing that is broken', 'ANSWER_PACKING_BROKEN HTTP 200', (response) => sends(response, sealed, { headers: { ...json, 'content-encoding': 'gzip' } })],
    ];
    for (const [name, reason, script] of table) {
      it(name, async () => {
        answering(script);
        const answer = await push(regionOf());
        expect([answer.verdict, reasonOf(answer)]).to.deep.equal(['unknown', reason]);
        expect(server.arrived, 'one request, and none elsewhere').to.have.length(1);
      });
    }
    it('an answer cut short of the length it promised', async () => {
      answering((response) => {
        response.writeHead(200, { ...json, 'content-length': String(sealed.length) });
        response.write(sealed.subarray(0, 20), () => response.destroy());
      });
      expect((await push(regionOf())).verdict).to.equal('unknown');
    });
    it('an answer without end, and lets go of it at the cap', async () => {
      answering((response) => {
        response.writeHead(200, json);
        const flood = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536, ' '))) { /* until the line is full */ }
        };
        response.on('drain', flood).on('error', () => undefined);
        flood();
      });
      const before = process.memoryUsage().rss;
      expect(reasonOf(await push(regionOf({}, { answerBytes: 4_194_304 })))).to.equal('ANSWER_TOO_LARGE');
      expect(process.memoryUsage().rss - before).to.be.below(64 * 1_048_576);
    });
    for (const [packing, bomb] of [['gzip', gzipSync(Buffer.alloc(64_000_000, 32))], ['br', brotliCompressSync(Buffer.alloc(64_000_000, 32))]] as const) {
      it(`a bomb: ${bomb.length} bytes of ${packing} that would be 64 million`, async () => {
        answering((response) => sends(response, bomb, { headers: { ...json, 'content-encoding': packing } }));
        expect(reasonOf(await push(regionOf({}, { answerBytes: 1_048_576 })))).to.equal('ANSWER_TOO_LARGE HTTP 200');
      });
    }
  });

  describe('takes for an answer', () => {
    const table: readonly (readonly [string, (response: ServerResponse) => void, Partial<HttpProfile>])[] = [
      ['one with a byte order mark', (response) => sends(response, Buffer.concat([Buffer.from('efbbbf', 'hex'), sealed]), { headers: json }), {}],
      ['one that says it is plain text, or says nothing', (response) => sends(response, sealed, { headers: { 'content-type': 'text/plain' } }), {}],
      ['one without a type', (response) => sends(response, sealed), {}],
      ['one packed though nobody asked for it', (response) => sends(response, gzipSync(sealed), { headers: { ...json, 'content-encoding': 'gzip' } }), {}],
      ['one packed in another way', (response) => sends(response, deflateSync(sealed), { headers: { ...json, 'content-encoding': 'deflate' } }), {}],
      ['one with a name twice, by the last', (response) => sends(response, Buffer.from('{"code":500,"code":200,"data":{"receipts":[]}}'), { headers: json }), {}],
      ['one in GBK that forgets to say so, where the profile says it', (response) => sends(response, Buffer.concat([Buffer.from('{"code":200,"message":"'), Buffer.from('b3c9b9a6', 'hex'), Buffer.from('","data":{"receipts":[]}}')]), { headers: { 'content-type': 'application/json' } }), { http: { charset: 'gb18030' } }],
    ];
    for (const [name, script, change] of table) {
      it(name, async () => {
        answering(script);
        expect((await push(regionOf(change))).verdict).to.equal('settled');
      });
    }
  });

  it('asks for answers that are not packed, and packs what it sends only when the profile says so', async () => {
    answering((response) => says(response, good));
    await push(regionOf());
    const { push: rule } = shippedProfile();
    await push(regionOf({ push: { ...rule, gzip: true } }));
    expect(server.arrived.map(({ headers }) => [headers['accept-encoding'], headers['content-encoding']])).to.deep.equal([['identity', undefined], ['identity', 'gzip']]);
    expect(server.arrived[1]?.body.subarray(0, 2).toString('hex')).to.equal('1f8b');
  });
  it('blames the clock when the region refuses us and its clock is far from ours', async () => {
    const date = (skewSeconds: number): string => new Date(clock.wallMs() + skewSeconds * 1000).toUTCString();
    for (const [skew, code] of [[612, '403 CLOCK_SKEW +612 s'], [-900, '403 CLOCK_SKEW -900 s'], [30, '403']] as const) {
      answering((response) => says(response, { code: 403, message: '签名不正确' }, { headers: { date: date(skew) } }));
      expect(await push(regionOf()), code).to.deep.include({ verdict: 'denied', code });
    }
  });
  it('signs by the region\'s clock when the profile says so, and by ours otherwise', async () => {
    answering((response) => says(response, good, { headers: { date: new Date(clock.wallMs() + 600_000).toUTCString() } }));
    for (const [follow, moved] of [['region', 600], [undefined, 0]] as const) {
      const region = regionOf({ clock: { allowSeconds: 300, ...(follow === undefined ? {} : { follow }) } });
      await push(region);
      await push(region);
      const stamp = Number(server.arrived.at(-1)?.headers['x-aep-timestamp']);
      expect(stamp - Math.floor(clock.wallMs() / 1000), String(follow)).to.equal(moved);
    }
  });
});
