import { expect } from 'chai';
import { terminal } from '../fakes/parts-in-memory.ts';

describe('the gates to the region, at a terminal', () => {
  it('are held and released by somebody with a reason, which status shows to everybody', async () => {
    const { type, said } = terminal();
    await type('run', 'items');
    expect(await type('breaker', 'hold', '--who', '王敏', '--why', '地区平台今晚升级')).to.equal(0);
    expect(await type('breaker', 'hold', '--dataset', 'licences', '--who', '李强', '--reason', '等代码表')).to.equal(0);
    said.length = 0;
    await type('status');
    expect(said.filter((line) => line.includes('暂停')).map((line) => line.replace(/2026-11-23 [\d:]+/, '某时'))).to.deep.equal([
      '分类 licences：李强 于 某时 暂停，原因：等代码表',
      '地区平台：王敏 于 某时 暂停，原因：地区平台今晚升级',
    ]);
    await type('breaker', 'release', '--who', '王敏', '--why', '升级完成');
    await type('breaker', 'release', '--dataset', 'licences', '--who', '李强', '--why', '已更新');
    said.length = 0;
    await type('status');
    expect(said.filter((line) => line.includes('暂停'))).to.deep.equal([]);
  });
  it('can be told of while a gateway runs and holds the store', async () => {
    const { type, parts, dataDir } = terminal();
    await type('run', 'items');
    const running = parts.openStore(`${dataDir}/gateway.db`, 'the service');
    expect(await type('breaker', 'hold', '--who', '王敏', '--why', '升级')).to.equal(0);
    expect((await running.gate('region')).held?.by).to.equal('王敏');
    await running.close();
  });
  it('a run by hand says why nothing goes out', async () => {
    const { type, complaints } = terminal();
    await type('run', 'items');
    await type('breaker', 'hold', '--dataset', 'items', '--who', '王敏', '--why', '升级');
    expect(await type('run', 'items')).to.equal(1);
    expect(complaints.at(-1)).to.contain('GATE_HELD').and.contain('升级');
  });
  it('are not held for a dataset that does not exist, nor without a reason', async () => {
    const { type, complaints } = terminal();
    await type('run', 'items');
    expect(await type('breaker', 'hold', '--dataset', 'licence', '--who', '王敏', '--why', '升级')).to.equal(1);
    expect(complaints.at(-1)).to.contain('GATE_UNKNOWN');
    expect(await type('breaker', 'hold', '--who', '王敏')).to.equal(2);
  });
});
