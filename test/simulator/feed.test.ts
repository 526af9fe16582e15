import { expect } from 'chai';
import { clean, rehearse, sm3 } from './rehearsal.ts';
import type { Rehearsal, Wish } from './rehearsal.ts';

describe('what the region sends down', () => {
  let at: Rehearsal;
  beforeEach(async () => {
    at = await rehearse();
  });
  afterEach(() => at.end());

  it('comes in pages, oldest first, each with its count and digest', async () => {
    const applications = [{ no: '1' }, { no: '2' }, { no: '3' }];
    await at.sim('POST', 'issue', { resource: 'applications', records: applications });
    await at.sim('POST', 'issue', { resource: 'items', records: [{ no: 'other' }] });
    const first = (await at.call('/v1/down/applications?limit=2')).data;
    expect(first).to.deep.include({ records: applications.slice(0, 2), more: true, count: 2, digest: sm3(JSON.stringify(applications.slice(0, 2))) });
    const second = (await at.call(`/v1/down/applications?limit=2&cursor=${first.nextCursor}`)).data;
    expect(second).to.deep.include({ records: applications.slice(2), more: false });
    expect((await at.call(`/v1/down/applications?cursor=${second.nextCursor}`)).data).to.deep.include({ records: [], more: false, nextCursor: second.nextCursor });
  });
  it('is acknowledged', async () => {
    expect((await at.call('/v1/down/items/ack', '{"cursor":"7"}')).code).to.equal(200);
    expect((await at.sim('GET', 'state'))['acknowledged']).to.deep.equal({ items: '7' });
  });
  it('knows five kinds, and no bad cursors', async () => {
    for (const resource of ['directory', 'items', 'applications', 'evaluations', 'dictionaries']) expect((await at.call(`/v1/down/${resource}`)).code).to.equal(200);
    expect((await at.call('/v1/down/secrets')).code).to.equal(400);
    expect((await at.call('/v1/down/items?cursor=x')).code).to.equal(400);
    expect((await at.call('/v1/down/items?limit=0')).code).to.equal(400);
    expect((await at.sim('POST', 'issue', { resource: 'secrets', records: [] }))['error']).to.match(/^resource/u);
  });
  it('tells of a case that was found wrong later, as dn_audit_abnormal', async () => {
    await at.push('up_task_general_basic', 'B1', [clean('up_task_general_basic', 'B1', { row_guid: 'item' })]);
    await at.sim('POST', 'refuse', { rowGuid: 'item', message: '[字段]设定依据与目录不符' });
    const { records } = (await at.call('/v1/receipts')).data;
    expect(records).to.have.length(1);
    expect(records[0]).to.include({ table: 'dn_audit_abnormal', rowGuid: 'item' });
    expect(records[0]?.['record']).to.include({
      table_row_guid: 'item', table_name: 'up_task_general_basic', table_cd_batch: 'B1', table_cd_time: '2026-11-23 15:00:00', remark: '[字段]设定依据与目录不符' });
  });
  it('tells of a licence that was found wrong later, as dn_lic_data_error; and once only, unless ill', async () => {
    await at.push('up_lic_data', 'B1', [clean('up_lic_data', 'B1', { row_guid: 'a' }), clean('up_lic_data', 'B1', { row_guid: 'b' })]);
    await at.sim('POST', 'refuse', { rowGuid: 'a', message: '一' });
    await at.sim('POST', 'refuse', { rowGuid: 'b', message: '二' });
    const heard = async (): Promise<readonly unknown[]> => (await at.call('/v1/receipts')).data.records.map((line) => `${String(line['table'])} ${String(line['rowGuid'])} ${String((line['record'] as Wish)['error_remark'])}`);
    expect(await heard()).to.deep.equal(['dn_lic_data_error a 一', 'dn_lic_data_error b 二']);
    await at.sim('POST', 'illness', { kind: 'receipts-shuffled', times: 1 });
    expect(await heard()).to.deep.equal(['dn_lic_data_error b 二', 'dn_lic_data_error a 一']);
    await at.sim('POST', 'illness', { kind: 'receipts-duplicated', times: 1 });
    expect(await heard()).to.have.length(3);
  });
  it('cannot find fault with what it does not have', async () => {
    expect(await at.sim('POST', 'refuse', { rowGuid: 'a', message: '一' })).to.deep.equal({ error: 'the region has no such record' });
  });
});

describe('the region compared with the county', () => {
  let at: Rehearsal;
  before(async () => {
    at = await rehearse();
    const guids = Array.from({ length: 500 }, (_, n) => `county-${String(n).padStart(4, '0')}`);
    await at.push('up_lic_data', 'B1', guids.map((row_guid) => clean('up_lic_data', 'B1', { row_guid })));
  });
  after(() => at.end());
  const compare = async (prefix: string): Promise<Awaited<ReturnType<Rehearsal['call']>>['data']> =>
    (await at.call('/v1/compare/up_lic_data', JSON.stringify({ prefix }))).data;

  it('tells digests of buckets while there are many, skipping what all row_guids share', async () => {
    const { leaf, count, buckets } = await compare('');
    expect([leaf, count]).to.deep.equal([false, 500]);
    expect(buckets.map((bucket) => `${bucket.prefix} ${bucket.count}`)).to.deep.equal(['county-00 100', 'county-01 100', 'county-02 100', 'county-03 100', 'county-04 100']);
  });
  it('tells row_guids and digests when there are few, and the bucket\'s digest is made of them', async () => {
    const { leaf, rows } = await compare('county-03');
    expect([leaf, rows.length]).to.deep.equal([true, 100]);
    const { buckets } = await compare('');
    expect(buckets[3]?.digest).to.equal(sm3(rows.map(({ rowGuid, digest }) => `${rowGuid}:${digest}\n`).join('')));
  });
  it('makes a digest of the business fields alone, so that sending again changes nothing and a change shows', async () => {
    const one = async (): Promise<unknown> => (await compare('county-0499')).rows;
    const before = await one();
    const row = ((await at.sim('GET', 'row?table=up_lic_data&rowGuid=county-0499')) as unknown as readonly { record: Wish }[])[0]?.record ?? {};
    expect(before).to.deep.equal([{ rowGuid: 'county-0499', digest: sm3(JSON.stringify(row)) }]);
    const again = { ...row, cd_operation: 'U', cd_time: '2026-11-24 15:00:00', data_source: '150' };
    await at.push('up_lic_data', 'B2', [{ ...again, cd_batch: 'B2' }]);
    expect(await one()).to.deep.equal(before);
    await at.push('up_lic_data', 'B3', [{ ...again, cd_batch: 'B3', certificate_name: '改' }]);
    expect(await one()).to.not.deep.equal(before);
  });
  it('has nothing under a prefix nobody sent, and no such table', async () => {
    expect(await compare('city-')).to.deep.equal({ prefix: 'city-', leaf: true, count: 0, rows: [] });
    expect((await at.call('/v1/compare/up_no_such', '{}')).code).to.equal(400);
  });
});

describe('a licence verified by the region', () => {
  const identifier = '1.2.156.3005.2.11100000000013338W032.11150626MB0A12342C.15062600000000000001.001.M';
  let at: Rehearsal;
  before(async () => {
    at = await rehearse();
    await at.push('up_lic_data', 'B1', [clean('up_lic_data', 'B1', { row_guid: 'a', certificate_source_id: identifier, certificate_number: 'N1' })]);
  });
  after(() => at.end());
  const result = async (asked: Wish): Promise<string> => (await at.call('/v1/licences/verify', JSON.stringify(asked))).data.result;

  it('is right (0), by identifier or by a scanned code that ends in it', async () => {
    expect(await result({ identifier })).to.equal('0');
    expect(await result({ code: `https://licence.example/v?id=${identifier}` })).to.equal('0');
    expect(await result({ identifier, certificate_number: 'N1' })).to.equal('0');
  });
  it('is partly wrong (7), asked incompletely (4), asked wrongly (6) or unknown (5)', async () => {
    expect(await result({ identifier, certificate_number: 'N2' })).to.equal('7');
    expect(await result({})).to.equal('4');
    expect(await result({ identifier: 'JY1150626' })).to.equal('6');
    expect(await result({ identifier: `${identifier}M` })).to.equal('5');
  });
  it('is no longer valid (3) when it was withdrawn', async () => {
    await at.push('up_lic_data', 'B2', [{ row_guid: 'a', cd_operation: 'D', cd_time: '2026-11-23 15:00:00', cd_batch: 'B2', data_source: '150' }]);
    expect(await result({ identifier })).to.equal('3');
  });
});
