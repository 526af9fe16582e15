import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { openStore, openStoreToLook } from '../../../adapters/store-sqlite/store.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const code = async (work: () => Promise<unknown>): Promise<string> => work().then(() => 'done', (cause: unknown) => (cause as { code: string }).code);
const run = { job: 'a', dataset: 'a', mode: 'changes' as const, at: 0, made: '' };

describe('the right to write the store', () => {
  const file = (): string => join(temporaryFolder(), 'gateway.db');

  it('is somebody\'s under a number that grows with every holder, and shows who that is', async () => {
    const at = file();
    const seen: unknown[] = [];
    for (const holder of ['first', 'second']) {
      const store = openStore(at, holder);
      await store.renewLease(7);
      const look = openStoreToLook(at);
      seen.push(await look.lease());
      await look.close();
      await store.close();
    }
    expect(seen).to.deep.equal([{ generation: 1, holder: 'first', renewedAt: 7 }, { generation: 2, holder: 'second', renewedAt: 7 }]);
  });
  it('is lost to who takes over: not a run, not a batch, not a word of the breaker is kept any more, and nothing may be sent', async () => {
    const at = file();
    const first = openStore(at, 'first');
    const id = await first.beginRun(run);
    const second = openStore(at, 'second', 'taking-over');
    expect([
      await code(() => first.beginRun(run)), await code(() => first.endRun(id, { at: 0, state: 'done', failure: null })), await code(() => first.settle([])),
      await code(() => first.keepGate({ gate: 'region', state: 'shut', since: 0, reason: '', tryAt: 0, tries: 0 })), await code(() => first.gate('region')),
      await code(() => first.renewLease(0)),
      await code(() => first.keep({ dataset: 'a', run: id, at: 0, keeps: [], read: new Map(), cursor: { stream: 's', value: 'c' }, counts: { read: 0, same: 0, quarantined: 0 } })),
    ]).to.deep.equal(Array(7).fill('STORE_LOST'));
    expect(await second.cursor('s')).to.equal(null);
    expect(await code(() => second.beginRun(run))).to.equal('done');
    await first.close();
    await second.renewLease(1);
    expect(await code(() => second.beginRun(run))).to.equal('done');
    await second.close();
  });
  it('is not taken from one that is inside a transaction; that is told by its code, and once it has ended the right is taken', async () => {
    const at = file();
    const first = openStore(at, 'first');
    const inside = new DatabaseSync(at);
    inside.exec('begin immediate');
    expect(await code(async () => openStore(at, 'second', 'taking-over'))).to.equal('STORE_BUSY');
    inside.exec('rollback');
    inside.close();
    const second = openStore(at, 'second', 'taking-over');
    expect(await code(() => first.beginRun(run))).to.equal('STORE_LOST');
    await first.close();
    await second.close();
  });
  it('is held with the system\'s own lock too, as soon as the one that was paused is gone', async () => {
    const at = file();
    const first = openStore(at, 'first');
    const second = openStore(at, 'second', 'taking-over');
    await first.close();
    await second.renewLease(1);
    expect(await code(async () => openStore(at, 'third'))).to.equal('STORE_HELD');
    await second.close();
    await openStore(at, 'third').close();
  });
});
