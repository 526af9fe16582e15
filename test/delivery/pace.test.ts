import { expect } from 'chai';
import { breakerOf } from '../../src/delivery/breaker.ts';
import { usualBreaker } from '../../src/port/profile.ts';
import { Failure } from '../../src/record/failure.ts';
import type { Answer } from '../../src/record/receipt.ts';
import { GatesInMemory } from '../fakes/gates-in-memory.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

const well: Answer = { verdict: 'settled', receipts: [] };
const parcel = { no: '1', table: 't', count: 0, rowGuids: [], digest: '', body: new Uint8Array() };

describe('the limits of the region\'s interface', () => {
  it('so many requests a second and no more, over all connections, pushes and questions together', () => inVirtualTime(async (clock) => {
    const at: number[] = [];
    const arrive = async (): Promise<Answer> => {
      at.push(clock.steadyMs());
      await clock.rest(1);
      return well;
    };
    const breaker = breakerOf({ region: { push: arrive, ask: arrive }, clock, store: new GatesInMemory(), rule: usualBreaker, connections: 4, perSecond: 5, onChange: () => undefined });
    const signal = new AbortController().signal;
    await Promise.all([0, 1, 2, 3].map(async (worker) => {
      for (let n = 0; n < 10; n += 1) await (worker === 0 ? breaker.ask(parcel, signal) : breaker.push(parcel, signal));
    }));
    breaker.close();
    expect(at).to.have.length(40);
    for (const begin of at) expect(at.filter((one) => one >= begin && one < begin + 1_000).length).to.be.at.most(5);
    expect((at.at(-1) ?? 0) - (at[0] ?? 0)).to.be.within(7_700, 8_000);
  }));
  it('whoever has waited for his turn sends nothing when a person has held the gate meanwhile, or another process has taken the store', () => inVirtualTime(async (clock) => {
    let pushes = 0;
    const store = new GatesInMemory();
    const push = async (): Promise<Answer> => {
      pushes += 1;
      return well;
    };
    const breaker = breakerOf({ region: { push, ask: push }, clock, store, rule: usualBreaker, connections: 4, perSecond: 0.1, onChange: () => undefined });
    const signal = new AbortController().signal;
    const [first, second, third] = [1, 2, 3].map(() => breaker.push(parcel, signal).catch((cause: unknown) => (cause as Failure).code));
    expect(await first).to.equal(well);
    await store.sayGate({ gate: 'region', word: 'hold', reason: '平台升级', by: '王敏', at: clock.wallMs() });
    expect(await second).to.deep.include({ verdict: 'shut' });
    store.gate = () => Promise.reject(new Failure('STORE_LOST', { holder: '4712' }));
    expect(await third).to.equal('STORE_LOST');
    expect(pushes).to.equal(1);
    breaker.close();
  }));
  it('outside the region\'s hours nothing is sent, and it is looked again within half a minute', () => inVirtualTime(async (clock) => {
    let pushes = 0;
    const began = clock.steadyMs();
    const breaker = breakerOf({
      region: { push: async () => { pushes += 1; return well; }, ask: async () => well }, clock, store: new GatesInMemory(), rule: usualBreaker, connections: 1,
      opensInMs: () => Math.max(0, began + 100_000 - clock.steadyMs()), onChange: () => undefined,
    });
    const signal = new AbortController().signal;
    expect(await breaker.push(parcel, signal)).to.deep.equal({ verdict: 'shut', restMs: 30_000 });
    expect(breaker.lamp()).to.deep.include({ state: 'closed', reason: 'REGION_CLOSED' });
    await clock.rest(100_000);
    expect(await breaker.push(parcel, signal)).to.equal(well);
    expect({ pushes, reason: breaker.lamp().reason }).to.deep.equal({ pushes: 1, reason: null });
    breaker.close();
  }));
});
