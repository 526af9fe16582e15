import { expect } from 'chai';
import { request } from 'node:http';
import { clean, bodyOf, rehearse } from './rehearsal.ts';
import type { Rehearsal, Reply, Wish } from './rehearsal.ts';

const table = 'up_lic_data';
const guids = ['a', 'b', 'c'];

describe('an ill region', () => {
  let at: Rehearsal;
  beforeEach(async () => {
    at = await rehearse();
    await at.call('/v1/batches/none');
  });
  afterEach(() => at.end());

  let number = 0;
  const next = (): string => `B${++number}`;
  const ill = (order: Wish): Promise<Wish> => at.sim('POST', 'illness', { times: 1, ...order });
  const records = (no: string): Wish[] => guids.map((row_guid) => clean(table, no, { row_guid }));
  const push = (no = next()): Promise<Reply> => at.push(table, no, records(no));
  const rawPush = (no = next()): Promise<Response> => at.raw(`/v1/up/${table}`, bodyOf(no, records(no)), { 'idempotency-key': no });
  const failed = (work: Promise<unknown>): Promise<string> => work.then(() => 'answered', () => 'broken');
  const stored = async (): Promise<number> => ((await at.sim('GET', 'state'))['tables'] as Record<string, { rows: number }>)[table]?.rows ?? 0;
  const asked = async (no: string): Promise<string> => (await at.call(`/v1/batches/${no}`)).data.state;
  const told = ({ data }: Reply): string => data.receipts.map(({ rowGuid, code }) => `${rowGuid}${code}`).join(' ');

  it('keeps the caller waiting', async () => {
    await ill({ kind: 'latency', ms: 7000 });
    expect((await push()).code).to.equal(200);
    expect(at.rested).to.deep.equal([7000]);
  });
  for (const [order, header] of [
    [{}, null], [{ retryAfter: 120 }, '120'], [{ retryAfter: '1000000000' }, '1000000000'], [{ retryAfter: -5 }, '-5'],
    [{ retryAfterDate: 60 }, 'Mon, 23 Nov 2026 07:01:00 GMT'],
  ] as const) {
    it(`says 429 with Retry-After ${header ?? 'left out'}, and has done nothing`, async () => {
      await ill({ kind: '429', ...order });
      const answer = await push();
      expect([answer.status, answer.headers.get('retry-after')]).to.deep.equal([429, header]);
      expect(await stored()).to.equal(0);
    });
  }
  for (const status of [500, 502, 503, 504]) {
    it(`says ${status} before doing anything, or, told so, after having done it`, async () => {
      await ill({ kind: status });
      expect((await push()).status).to.equal(status);
      expect(await stored()).to.equal(0);
      await ill({ kind: status, commit: true });
      expect((await push()).status).to.equal(status);
      expect(await stored()).to.equal(3);
    });
  }
  it('says no in the body while HTTP says 200', async () => {
    await ill({ kind: 'code', code: 403, message: '无权访问' });
    const { status, code } = await push();
    expect([status, code]).to.deep.equal([200, 403]);
  });
  it('shows a web page with status 200', async () => {
    await ill({ kind: 'html200' });
    const response = await rawPush();
    expect([response.status, response.headers.get('content-type')]).to.deep.equal([200, 'text/html; charset=utf-8']);
    expect(await response.text()).to.match(/^<!DOCTYPE html>/u);
  });
  it('sends the caller round in a circle', async () => {
    await ill({ kind: 'redirect' });
    const response = await rawPush();
    expect([response.status, response.headers.get('location')]).to.deep.equal([302, `/v1/up/${table}`]);
  });
  it('cuts an answer short of its promised length', async () => {
    await ill({ kind: 'truncated' });
    expect(await failed(rawPush().then((response) => response.text()))).to.equal('broken');
    expect(await stored()).to.equal(3);
  });
  it('cuts an answer short that promised no length, so that only its text can tell', async () => {
    await ill({ kind: 'truncated', withLength: false, keep: 40 });
    const text = await (await rawPush()).text();
    expect(Buffer.from(text)).to.have.length.within(38, 40);
    expect(() => JSON.parse(text) as unknown).to.throw();
  });
  it('writes broken JSON', async () => {
    await ill({ kind: 'broken-json' });
    const text = await (await rawPush()).text();
    expect(() => JSON.parse(text) as unknown).to.throw();
  });
  it('answers in GBK while saying UTF-8', async () => {
    await ill({ kind: 'gbk' });
    const bytes = await (await rawPush()).arrayBuffer();
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).to.throw();
    expect(new TextDecoder('gbk').decode(bytes)).to.equal('{"code":200,"message":"成功","data":{}}');
  });
  it('changes the shape of its answers', async () => {
    await ill({ kind: 'shape' });
    const body = (await (await rawPush()).json()) as Wish;
    expect(Object.keys(body)).to.deep.equal(['status', 'result']);
    expect(JSON.stringify(body)).to.contain('"list":').and.not.contain('"receipts":');
  });
  it('lets an answer drip', async () => {
    await ill({ kind: 'drip', bytes: 10, everyMs: 500 });
    expect((await push()).code).to.equal(200);
    expect(at.rested.length).to.be.above(10);
    expect(new Set(at.rested)).to.deep.equal(new Set([500]));
  });
  it('floods the caller', async () => {
    await ill({ kind: 'huge', bytes: 5_000_000 });
    const text = await (await rawPush()).text();
    expect(text.length).to.be.above(4_900_000);
  });
  it('drops the connection before doing anything', async () => {
    await ill({ kind: 'reset-before-commit' });
    const no = next();
    expect(await failed(push(no))).to.equal('broken');
    expect([await stored(), await asked(no)]).to.deep.equal([0, 'unknown']);
  });
  it('drops the connection after having done everything', async () => {
    await ill({ kind: 'reset-after-commit' });
    const no = next();
    expect(await failed(push(no))).to.equal('broken');
    expect([await stored(), await asked(no)]).to.deep.equal([3, 'done']);
    expect((await push(no)).code).to.equal(200);
    expect(await stored()).to.equal(3);
  });
  for (const [commit, state] of [[false, 'unknown'], [true, 'done']] as const) {
    it(`hangs ${commit ? 'after' : 'before'} doing it; when the caller has left, the batch is ${state}`, async () => {
      await ill({ kind: 'hang', commit });
      const no = next();
      expect(await leaves(no)).to.equal('left');
      expect(await asked(no)).to.equal(state);
    });
  }
  it('takes part of a batch: so many refused, or these', async () => {
    await ill({ kind: 'partial', count: 2 });
    expect(told(await push())).to.equal('a2 b2 c0');
    await ill({ kind: 'partial', rowGuids: ['b'], message: '[记录]存疑' });
    const answer = await push();
    expect([answer.code, told(answer), answer.data.receipts[1]?.message]).to.deep.equal([207, 'a0 b2 c0', '[记录]存疑']);
  });
  it('accepts with a warning', async () => {
    await ill({ kind: 'partial', count: 1, code: '1' });
    const answer = await push();
    expect([answer.code, told(answer), await stored()]).to.deep.equal([200, 'a1 b0 c0', 3]);
  });
  it('refuses the whole batch for one record in it', async () => {
    await ill({ kind: 'refuse-batch', rowGuid: 'b', times: 9 });
    expect([(await push()).code, await stored()]).to.deep.equal([400, 0]);
    const no = next();
    expect((await at.push(table, no, records(no).filter(({ row_guid }) => row_guid !== 'b'))).code).to.equal(200);
  });
  it('takes a code out of its dictionary', async () => {
    await ill({ kind: 'dictionary', field: 'certificate_holder_type', code: '111' });
    const no = next();
    const [first, second] = records(no);
    const answer = await at.push(table, no, [{ ...first, certificate_holder_type: '111' }, { ...second, certificate_holder_type: '001' }]);
    expect([told(answer), answer.data.receipts[0]?.field]).to.deep.equal(['a2 b0', 'certificate_holder_type']);
  });
  it('forgets the tokens it gave, once', async () => {
    await ill({ kind: 'token', afterRequests: 1 });
    expect((await push()).code).to.equal(200);
    expect((await push()).code).to.equal(401);
  });
  it('has a clock that is off', async () => {
    await ill({ kind: 'clock', offsetSeconds: 400 });
    const answer = await push();
    expect([answer.code, answer.headers.get('date')]).to.deep.equal([403, 'Mon, 23 Nov 2026 07:06:40 GMT']);
    expect((await push()).code).to.equal(200);
  });
  it('keeps receipts back until it has been asked so many times', async () => {
    await ill({ kind: 'receipts-late', asks: 2 });
    const no = next();
    const answer = await push(no);
    expect([answer.code, answer.data.receipts]).to.deep.equal([202, []]);
    expect([await asked(no), await asked(no), await asked(no)]).to.deep.equal(['processing', 'processing', 'done']);
  });
  for (const [order, heard] of [
    [{ kind: 'receipts-shuffled' }, 'c0 b0 a0'], [{ kind: 'receipts-duplicated' }, 'a0 b0 c0 a0'], [{ kind: 'receipts-missing' }, 'a0 b0'],
    [{ kind: 'receipts-foreign' }, 'nobody-sent-this-10 b0 c0'], [{ kind: 'receipts-foreign', added: true }, 'a0 b0 c0 nobody-sent-this-10'],
  ] as const) {
    it(`hands out receipts as ${order.kind}: ${heard}`, async () => {
      await ill(order);
      const no = next();
      expect(told(await push(no))).to.equal(heard);
      expect(told(await at.call(`/v1/batches/${no}`))).to.equal('a0 b0 c0');
    });
  }

  it('strikes so many times, after so many requests, on this path and table only', async () => {
    await ill({ kind: 503, afterRequests: 1, times: 2, match: { table } });
    const codes: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) codes.push((await push()).code);
    expect(codes).to.deep.equal([200, 503, 503, 200]);
    expect((await at.call('/v1/batches/none')).code).to.equal(200);
    await ill({ kind: 500, match: { path: '/auth/token' } });
    expect((await push()).code).to.equal(200);
    expect((await fetch(`${at.simulator.url}/auth/token`, { method: 'POST', headers: at.sign('') })).status).to.equal(500);
  });
  it('strikes by luck', async () => {
    await ill({ kind: 503, probability: 0.5 });
    expect((await push()).code).to.equal(200);
    await ill({ kind: 503, probability: 0.6 });
    expect((await push()).code).to.equal(503);
  });
  it('is well again when told so, shows what it has, and knows no other illness', async () => {
    await ill({ kind: 503, times: 5 });
    expect((await at.sim('GET', 'state'))['illnesses']).to.have.length(1);
    await at.sim('DELETE', 'illness');
    expect((await push()).code).to.equal(200);
    expect((await ill({ kind: 'plague' }))['error']).to.match(/^kind must be one of: latency, 429/u);
  });

  /** Sends a batch, waits until the region has it, and hangs up; resolves when the region has noticed. */
  async function leaves(no: string): Promise<string> {
    const body = bodyOf(no, records(no));
    const { headers } = new Request(at.simulator.url, { headers: { ...at.sign(body), 'idempotency-key': no } });
    const bearer = (await token()).data.accessToken;
    const call = request(`${at.simulator.url}/v1/up/${table}`, { method: 'POST', headers: { ...Object.fromEntries(headers), authorization: `Bearer ${bearer}` } });
    call.on('error', () => undefined);
    call.end(body);
    while (((await at.sim('GET', 'state'))['illnesses'] as readonly { struck: number }[])[0]?.struck !== 1) continue;
    call.destroy();
    while (((await at.sim('GET', 'state'))['inFlight'] as readonly string[]).length > 0) continue;
    return 'left';
  }
  async function token(): Promise<Reply> {
    return (await (await fetch(`${at.simulator.url}/auth/token`, { method: 'POST', headers: at.sign('') })).json()) as Reply;
  }
});
