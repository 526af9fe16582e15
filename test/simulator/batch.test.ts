import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bodyOf, clean, rehearse } from './rehearsal.ts';
import type { Rehearsal, Reply } from './rehearsal.ts';

const table = 'up_lic_data';
const some = (batchNo: string, count: number): ReturnType<typeof clean>[] => Array.from({ length: count }, (_, at) => clean(table, batchNo, { row_guid: `${batchNo}-${at}` }));

describe('a batch at the region', () => {
  let at: Rehearsal;
  beforeEach(async () => {
    at = await rehearse();
  });
  afterEach(() => at.end());
  const state = async (): Promise<Record<string, unknown>> => at.sim('GET', 'state');
  const said = ({ status, code, message }: Reply): string => `${status} ${code} ${message}`;

  it('is answered with one receipt for every record, in the order sent', async () => {
    const { status, code, data } = await at.push(table, 'B1', some('B1', 3));
    expect([status, code]).to.deep.equal([200, 200]);
    expect(data).to.deep.equal({ batchNo: 'B1', receipts: [{ rowGuid: 'B1-0', code: '0' }, { rowGuid: 'B1-1', code: '0' }, { rowGuid: 'B1-2', code: '0' }] });
    expect((await state())['tables']).to.deep.equal({ [table]: { rows: 3, live: 3 } });
  });
  it('with a bad record lets the good ones through, says 207, and names the field', async () => {
    const [first, second] = some('B1', 2);
    const { status, code, data } = await at.push(table, 'B1', [{ ...first, certificate_name: '证'.repeat(513) }, second ?? {}]);
    expect([status, code]).to.deep.equal([200, 207]);
    expect(data.receipts).to.deep.equal([
      { rowGuid: 'B1-0', code: '2', field: 'certificate_name', message: '[字段]证照名称长度超过512' }, { rowGuid: 'B1-1', code: '0' }]);
    expect((await state())['tables']).to.deep.equal({ [table]: { rows: 1, live: 1 } });
  });
  it('may hold 500 records and not 501', async () => {
    expect((await at.push(table, 'B1', some('B1', 500))).code).to.equal(200);
    expect(said(await at.push(table, 'B2', some('B2', 501)))).to.equal('413 413 [批次]超过500条');
  });
  it('may not be larger than 2 MiB', async () => {
    const large = bodyOf('B1', some('B1', 1)).replace('{', `{"padding":"${'x'.repeat(2_097_152)}",`);
    expect(said(await at.call(`/v1/up/${table}`, large, { 'idempotency-key': 'B1' }))).to.equal('413 413 [批次]正文超过2MiB');
  });
  it('is refused as a whole when count or digest do not fit the records', async () => {
    expect(said(await at.push(table, 'B1', some('B1', 2), { count: 3 }))).to.equal('400 400 [批次]记录数与正文不符');
    expect(said(await at.push(table, 'B1', some('B1', 2), { digest: 'f'.repeat(64) }))).to.equal('400 400 [批次]摘要与正文不符');
    expect((await state())['tables']).to.deep.equal({});
  });
  it('is refused when it is empty, no JSON, not UTF-8, for no table, or under another key', async () => {
    const key = { 'idempotency-key': 'B1' };
    expect((await at.push(table, 'B1', [])).code).to.equal(400);
    expect((await at.call(`/v1/up/${table}`, '{"batchNo":', key)).code).to.equal(400);
    expect((await at.call(`/v1/up/${table}`, '[]', key)).code).to.equal(400);
    expect((await at.push('up_no_such_table', 'B1', some('B1', 1))).code).to.equal(400);
    expect(said(await at.call(`/v1/up/${table}`, bodyOf('B1', some('B1', 1)), { 'idempotency-key': 'B2' }))).to.equal('400 400 [批次]幂等键与批次号不一致');
  });
  it('proves itself also when the records are not written last', async () => {
    const { records, ...head } = JSON.parse(bodyOf('B1', some('B1', 2))) as Record<string, unknown>;
    expect((await at.call(`/v1/up/${table}`, JSON.stringify({ records, ...head }), { 'idempotency-key': 'B1' })).code).to.equal(200);
  });

  it('sent again word for word gets its first answer and has no second effect', async () => {
    const records = [...some('B1', 2), clean(table, 'B1', { row_guid: 'bad', certificate_name: '' })];
    const before = await at.push(table, 'B1', records);
    expect((await at.push(table, 'B1', records)).data).to.deep.equal(before.data);
    expect(await state()).to.include({ batches: 1, replays: 1, accepted: 2, refused: 1 });
    expect(await at.sim('GET', 'duplicates')).to.include({ rowGuids: 0, batches: 0 });
  });
  it('number is spent: other records under it are refused with 422', async () => {
    await at.push(table, 'B1', some('B1', 2));
    expect(said(await at.push(table, 'B1', some('B1', 1)))).to.equal('422 422 [批次]同一批次号的内容与上次不同');
  });
  it('sent a second time while it is being worked on gets 409, and is then asked after', async () => {
    await at.end();
    const { promise, resolve } = Promise.withResolvers<void>();
    const { promise: asleep, resolve: sleeps } = Promise.withResolvers<void>();
    at = await rehearse({ rest: () => (sleeps(), promise) });
    await at.sim('POST', 'illness', { kind: 'latency', ms: 60_000, times: 1, match: { path: '/v1/up/' } });
    const first = at.push(table, 'B1', some('B1', 1));
    await asleep;
    expect((await at.push(table, 'B1', some('B1', 1))).code).to.equal(409);
    expect((await at.call('/v1/batches/B1')).data.state).to.equal('processing');
    resolve();
    expect((await first).code).to.equal(200);
    expect((await at.call('/v1/batches/B1')).data.state).to.equal('done');
  });
  it('can be asked after: unknown before, done with its receipts afterwards', async () => {
    expect((await at.call('/v1/batches/B1')).data).to.deep.equal({ state: 'unknown' });
    const { data } = await at.push(table, 'B1', [...some('B1', 1), clean(table, 'B1', { row_guid: 'bad', issue_date: null })]);
    expect((await at.call('/v1/batches/B1')).data).to.deep.equal({ state: 'done', receipts: data.receipts });
  });
  it('is remembered over a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'region-'));
    const records = some('B1', 2);
    const before = await rehearse({ dataDir });
    await before.push(table, 'B1', records);
    await before.end();
    const after = await rehearse({ dataDir });
    expect((await after.push(table, 'B1', records)).code).to.equal(200);
    expect(await after.sim('GET', 'state')).to.deep.include({ replays: 1, accepted: 0, tables: { [table]: { rows: 2, live: 2 } } });
    await after.end();
    rmSync(dataDir, { recursive: true });
  });
});
