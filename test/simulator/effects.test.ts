import { expect } from 'chai';
import { clean, rehearse } from './rehearsal.ts';
import type { Rehearsal, Wish } from './rehearsal.ts';

const table = 'up_lic_data';
const removal = (batchNo: string, row_guid: string): Wish => ({ row_guid, cd_operation: 'D', cd_time: '2026-11-23 15:00:00', cd_batch: batchNo, data_source: '150' });

describe('what the region keeps', () => {
  let at: Rehearsal;
  beforeEach(async () => {
    at = await rehearse();
  });
  afterEach(() => at.end());
  const one = (batchNo: string, change: Wish = {}): Promise<unknown> => at.push(table, batchNo, [clean(table, batchNo, { row_guid: 'a', ...change })]);
  const copies = async (): Promise<readonly Wish[]> => (await at.sim('GET', `row?table=${table}&rowGuid=a`)) as unknown as readonly Wish[];

  it('shows a record sent under two batch numbers as a duplicate, because row_guid is no unique key', async () => {
    await one('B1');
    expect(await at.sim('GET', 'duplicates')).to.deep.equal({ rowGuids: 0, batches: 0, first: [] });
    await one('B2');
    expect(await at.sim('GET', 'duplicates')).to.deep.equal({ rowGuids: 1, batches: 0, first: [{ table, rowGuid: 'a', times: 2 }] });
  });
  it('changes the newest row by U, and marks it gone by D', async () => {
    await one('B1', { certificate_name: '旧' });
    await one('B2', { certificate_name: '新', cd_operation: 'U' });
    expect((await copies()).map(({ live, record }) => [live, (record as Wish)['certificate_name']])).to.deep.equal([[true, '新']]);
    await at.push(table, 'B3', [removal('B3', 'a')]);
    expect((await copies()).map(({ live }) => live)).to.deep.equal([false]);
    expect((await at.sim('GET', 'state'))['tables']).to.deep.equal({ [table]: { rows: 1, live: 0 } });
  });
  it('takes a record back after it was gone', async () => {
    await one('B1');
    await at.push(table, 'B2', [removal('B2', 'a')]);
    await one('B3');
    expect((await copies()).map(({ live }) => live)).to.deep.equal([false, true]);
    expect(await at.sim('GET', 'duplicates')).to.include({ rowGuids: 0 });
  });
  it('refuses to change or withdraw what it does not have, or has no longer', async () => {
    const absent = { rowGuid: 'a', code: '2', field: 'row_guid', message: '[记录]要修改或撤回的记录不存在' };
    expect((await at.push(table, 'B1', [removal('B1', 'a')])).data.receipts).to.deep.equal([absent]);
    expect((await at.push(table, 'B2', [clean(table, 'B2', { row_guid: 'a', cd_operation: 'U' })])).data.receipts).to.deep.equal([absent]);
    await one('B3');
    await at.push(table, 'B4', [removal('B4', 'a')]);
    expect((await at.push(table, 'B5', [removal('B5', 'a')])).data.receipts).to.deep.equal([absent]);
  });
  it('logs every effect once, in order, and what was refused not at all', async () => {
    await at.push(table, 'B1', [clean(table, 'B1', { row_guid: 'a' }), clean(table, 'B1', { row_guid: 'b', certificate_name: '' }), clean(table, 'B1', { row_guid: 'c' })]);
    await one('B2', { cd_operation: 'U' });
    await at.push(table, 'B3', [removal('B3', 'c')]);
    const log = await at.sim('GET', 'effects');
    const effects = log['effects'] as readonly Wish[];
    expect(effects.map(({ batchNo, rowGuid, operation }) => `${batchNo} ${operation} ${rowGuid}`)).to.deep.equal(['B1 I a', 'B1 I c', 'B2 U a', 'B3 D c']);
    expect(effects[0]).to.include({ table, at: '2026-11-23T07:00:00.000Z' });
    const first = await at.sim('GET', 'effects?after=0&limit=3');
    const rest = await at.sim('GET', `effects?after=${first['next']}`);
    expect([...(first['effects'] as readonly Wish[]), ...(rest['effects'] as readonly Wish[])]).to.deep.equal(effects);
  });
});

describe('items before cases', () => {
  let at: Rehearsal;
  beforeEach(async () => {
    at = await rehearse();
  });
  afterEach(() => at.end());
  let number = 0;
  const send = async (name: string, change: Wish): Promise<string> => {
    const batchNo = `B${++number}`;
    const { data } = await at.push(name, batchNo, [clean(name, batchNo, change)]);
    const receipt = data.receipts[0];
    return receipt?.code === '0' ? 'accepted' : `${receipt?.field}: ${receipt?.message}`;
  };

  it('a case waits for its item', async () => {
    const item = { task_code: 'T1', task_handle_item: 'T101' };
    expect(await send('up_pro_accept', item)).to.equal('task_handle_item: [关联]办件所属事项尚未汇聚');
    expect(await send('up_task_general_basic', item)).to.equal('accepted');
    expect(await send('up_pro_accept', item)).to.equal('accepted');
    expect(await send('up_pro_accept', { task_code: 'T1', task_handle_item: 'T102' })).to.match(/^task_handle_item/u);
    expect(await send('up_pro_accept', { task_code: 'T1' })).to.equal('accepted');
    expect(await send('up_pro_accept', { task_code: 'T2' })).to.match(/^task_code/u);
  });
  it('an item of public service does as well', async () => {
    await send('up_task_public_basic', { task_code: 'T1' });
    expect(await send('up_pro_accept', { task_code: 'T1' })).to.equal('accepted');
  });
  for (const name of ['up_pro_process', 'up_pro_special_procedure', 'up_pro_material', 'up_pro_result']) {
    it(`${name} waits for its case`, async () => {
      expect(await send(name, { project_no: 'P1' })).to.equal('project_no: [关联]办件受理信息尚未汇聚');
      await send('up_task_general_basic', { task_code: 'T1' });
      await send('up_pro_accept', { task_code: 'T1', project_no: 'P1' });
      expect(await send(name, { project_no: 'P1' })).to.equal('accepted');
    });
  }
  for (const family of ['general', 'public']) {
    for (const part of ['extend', 'material', 'fee_project', 'questions']) {
      it(`up_task_${family}_${part} waits for its item`, async () => {
        expect(await send(`up_task_${family}_${part}`, { task_code: 'T1' })).to.equal('task_code: [关联]事项基本信息尚未汇聚');
        await send(`up_task_${family}_basic`, { task_code: 'T1' });
        expect(await send(`up_task_${family}_${part}`, { task_code: 'T1' })).to.equal('accepted');
      });
    }
  }
  it('an item that was withdrawn, or got another code, is there no longer', async () => {
    await send('up_task_general_basic', { task_code: 'T1', row_guid: 'i' });
    await send('up_task_general_basic', { task_code: 'T2', row_guid: 'i', cd_operation: 'U' });
    expect(await send('up_pro_accept', { task_code: 'T1' })).to.match(/^task_code/u);
    expect(await send('up_pro_accept', { task_code: 'T2' })).to.equal('accepted');
    await at.push('up_task_general_basic', 'D1', [removal('D1', 'i')]);
    expect(await send('up_pro_accept', { task_code: 'T2' })).to.match(/^task_code/u);
  });
});
