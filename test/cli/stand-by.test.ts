import { expect } from 'chai';
import { keepLease, storeWhenFree } from '../../src/cli/stand-by.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { LookingStore, Store } from '../../src/port/store.ts';
import { Failure } from '../../src/record/failure.ts';
import type { Invocation } from '../../src/cli/parts.ts';
import { terminal } from '../fakes/parts-in-memory.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

/** A second service beside a first one that holds the store until one moment, says it is alive until another, and is inside a transaction until a third. */
async function second(clock: Clock, first: { readonly endsMs: number; readonly silentMs: number; readonly insideMs?: number }): Promise<{ how: string; afterMs: number; told: number }> {
  const began = clock.steadyMs();
  const now = (): number => clock.steadyMs() - began;
  let how = 'never';
  const { parts, said } = terminal({
    clock, exists: () => true,
    openStore: (_file, _holder, wish = 'free') => {
      if (wish === 'free' && now() < first.endsMs) throw new Failure('STORE_HELD', { holder: '4711' });
      if (now() < (first.insideMs ?? 0)) throw new Failure('STORE_BUSY', { number: 5 });
      how = wish;
      return {} as Store;
    },
    openStoreToLook: () => ({
      lease: async () => ({ generation: 1, holder: '4711', renewedAt: Math.floor(Math.min(now(), first.silentMs) / 5_000) }), close: async () => undefined,
    } as unknown as LookingStore),
  });
  const invocation: Invocation = { parts, texts: parts.texts('zh-CN'), siteDir: '', dataDir: '', env: {}, json: false };
  await storeWhenFree(invocation, 'gateway.db');
  return { how, afterMs: now(), told: said.length };
}

describe('two services on one store', () => {
  it('the second stands by, says so once, and works within two seconds of the end of the first', () => inVirtualTime(async (clock) => {
    const found = await second(clock, { endsMs: 3_600_000, silentMs: 3_600_000 });
    expect(found).to.deep.include({ how: 'free', told: 1 });
    expect(found.afterMs).to.be.within(3_600_000, 3_602_000);
  }));
  it('the second takes over from one that is there and gives no sign of life for a minute', () => inVirtualTime(async (clock) => {
    const found = await second(clock, { endsMs: Number.POSITIVE_INFINITY, silentMs: 600_000 });
    expect(found).to.deep.include({ how: 'taking-over', told: 2 });
    expect(found.afterMs).to.be.within(655_000, 670_000);
  }));
  it('the second goes on standing by while the silent one is paused inside a transaction, and takes over when that has ended', () => inVirtualTime(async (clock) => {
    const found = await second(clock, { endsMs: Number.POSITIVE_INFINITY, silentMs: 600_000, insideMs: 1_200_000 });
    expect(found).to.deep.include({ how: 'taking-over', told: 2 });
    expect(found.afterMs).to.be.within(1_200_000, 1_202_000);
  }));
  for (const code of ['STORE_LOST', 'STORE_UNSYNCED']) {
    it(`and one that can no longer write the store hears of it at its next beat, once: ${code}`, async () => {
      const beats: (() => void)[] = [];
      const lost: string[] = [];
      const answers = ['STORE_BUSY', code];
      const letGo = keepLease(
        { renewLease: async () => { throw new Failure(answers.shift() ?? '', { holder: '4712', number: 5 }); } },
        { clock: terminal().parts.clock, every: (_ms, work) => { beats.push(work); return () => beats.splice(0); } },
        (failure) => lost.push(failure.code),
      );
      beats[0]?.();
      beats[0]?.();
      await letGo();
      expect({ lost, left: beats.length }).to.deep.equal({ lost: [code], left: 0 });
    });
  }
});
