import { expect } from 'chai';
import { scanItems } from '../../src/inbound/scan-items.ts';
import { sourceInMemory } from '../fakes/source-in-memory.ts';
import { stillClock } from '../fakes/still-clock.ts';

describe('items that accept a scanned licence', () => {
  it('are listed with the materials that a scan spares, and only published ones', async () => {
    const source = sourceInMemory({
      ITEM: [{ ID: '1', NO: 'A', NAME: '甲', SCAN: '1' }, { ID: '2', NO: 'B', NAME: '乙', SCAN: '2' }, { ID: '3', NO: 'C', NAME: '丙', SCAN: '1' }],
      MATERIAL: [{ ITEM: '1', NAME: '营业执照', SPARED: '1' }, { ITEM: '1', NAME: '申请表', SPARED: null }, { ITEM: '3', NAME: '身份证', SPARED: '0' }],
    }, stillClock());
    const found = await scanItems({
      title: '扫码亮证', source: 'hall', items: { table: 'ITEM', key: 'ID', code: 'NO', name: 'NAME', where: { SCAN: ['1'] } }, spares: { table: 'MATERIAL', parent: 'ITEM', name: 'NAME', where: { SPARED: ['1'] } },
    }, source);
    expect(found).to.deep.equal([{ code: 'A', name: '甲', spares: ['营业执照'] }, { code: 'C', name: '丙', spares: [] }]);
  });
});
