import { expect } from 'chai';
import { terminal } from '../fakes/parts-in-memory.ts';

describe('batches that nobody has concluded, at a terminal', () => {
  it('are listed while a gateway runs and holds the store', async () => {
    const { type, parts, said, complaints, dataDir } = terminal();
    await type('run', 'items');
    said.length = 0;
    const running = parts.openStore(`${dataDir}/gateway.db`, 'the service');
    expect(await type('batches', 'list'), complaints.join()).to.equal(0);
    await running.close();
    expect(said).to.deep.equal(['没有未了结的批次']);
  });
  it('cannot be listed before anything has run, and that is said', async () => {
    const { type, complaints } = terminal();
    expect(await type('batches', 'list')).to.equal(1);
    expect(complaints.at(-1)).to.contain('STORE_MISSING');
  });
});
