import { expect } from 'chai';
import { breakerOf, type Breaker, type Lamp, type Shut } from '../../src/delivery/breaker.ts';
import { usualBreaker } from '../../src/port/profile.ts';
import type { Answer, Fate } from '../../src/record/receipt.ts';
import { GatesInMemory } from '../fakes/gates-in-memory.ts';
import { timeByHand, type HandTime } from '../fakes/virtual-time.ts';

const silent: Answer = { verdict: 'unknown', reason: 'ETIMEDOUT' };
const well: Answer = { verdict: 'settled', receipts: [] };
const parcel = { no: '1', table: 'up_lic_data', count: 0, rowGuids: [], digest: '', body: new Uint8Array() };
const going = new AbortController().signal;

describe('the breaker', () => {
  let time: HandTime;
  let store: GatesInMemory;
  let breaker: Breaker;
  let answer: Answer | Error;
  let pushes: number;
  let lamps: (Lamp & { at: number })[];

  const start = (): Breaker => breakerOf({
    region: {
      push: async () => {
        pushes += 1;
        if (answer instanceof Error) throw answer;
        return answer;
      },
      ask: async () => answer as Fate,
    },
    clock: time.clock, store, rule: usualBreaker, connections: 2, onChange: (lamp) => lamps.push({ ...lamp, at: time.clock.steadyMs() }),
  });

  beforeEach(() => {
    time = timeByHand();
    store = new GatesInMemory();
    answer = well;
    pushes = 0;
    lamps = [];
    breaker = start();
  });
  afterEach(() => {
    breaker.close();
    time.end();
  });

  const push = async (times = 1): Promise<Answer | Shut> => {
    let last: Answer | Shut = well;
    for (let count = 0; count < times; count += 1) last = await breaker.push(parcel, going);
    return last;
  };
  const shutFor = async (ms: number): Promise<void> => {
    answer = silent;
    await push(5);
    await time.pass(ms);
  };

  it('stays closed while the region answers, whatever it answers', async () => {
    answer = { verdict: 'refused', code: '422', message: '' };
    await push(20);
    expect(pushes).to.equal(20);
    expect(breaker.lamp()).to.deep.equal({ state: 'closed', reason: null, since: null, held: null });
  });
  it('opens after five requests of which more than half got no answer, and says why and since when', async () => {
    answer = silent;
    await push(4);
    expect(breaker.lamp().state).to.equal('closed');
    await push(1);
    expect(breaker.lamp()).to.deep.include({ state: 'open', reason: 'ETIMEDOUT', since: time.clock.wallMs() });
  });
  it('opens for questions without an answer too', async () => {
    answer = silent;
    for (let count = 0; count < 5; count += 1) await breaker.ask(parcel, going);
    expect(breaker.lamp().state).to.equal('open');
  });
  it('lets nothing through while it is open, and says when to come back', async () => {
    await shutFor(0);
    expect(await push(3)).to.deep.equal({ verdict: 'shut', restMs: 30_000 });
    expect(pushes).to.equal(5);
  });
  it('tries one request after its rest, and only one at a time', async () => {
    await shutFor(30_000);
    expect(breaker.lamp().state).to.equal('half-open');
    expect(breaker.wary()).to.equal(true);
    const both = await Promise.all([breaker.push(parcel, going), breaker.push(parcel, going)]);
    expect(both.map((one) => one.verdict)).to.deep.equal(['unknown', 'shut']);
    expect(pushes).to.equal(6);
    expect(breaker.lamp().state).to.equal('open');
  });
  it('rests twice as long each time it is tried in vain, up to a quarter of an hour', async () => {
    await shutFor(0);
    const rests: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      let waited = 0;
      for (; breaker.lamp().state === 'open'; waited += 10) await time.pass(10_000);
      rests.push(waited);
      await push();
    }
    expect(rests).to.deep.equal([30, 60, 120, 240, 480, 900, 900, 900]);
  });
  for (const [name, way] of [
    ['accepts', well],
    ['refuses the batch', { verdict: 'refused', code: '422', message: '' }],
    ['does not know our key', { verdict: 'denied', code: '403', reason: '' }],
  ] as const) {
    it(`closes when the region ${name}: it is well`, async () => {
      await shutFor(30_000);
      answer = way;
      expect((await push()).verdict).to.equal(way.verdict);
      expect(breaker.lamp()).to.deep.include({ state: 'closed', reason: null });
      expect(lamps.map((lamp) => lamp.state)).to.deep.equal(['open', 'closed']);
    });
  }
  it('is never left half-open: a push that throws opens it again, and it recovers', async () => {
    await shutFor(30_000);
    answer = new TypeError('a programming error');
    let thrown: unknown = null;
    await push().catch((cause: unknown) => {
      thrown = cause;
    });
    expect(thrown).to.equal(answer);
    expect(breaker.lamp().state).to.equal('open');
    await time.pass(60_000);
    answer = well;
    await push();
    expect(breaker.lamp().state).to.equal('closed');
  });
  it('forgets failures that are older than a minute', async () => {
    await (async (): Promise<void> => {
      answer = silent;
      await push(4);
    })();
    await time.pass(61_000);
    await push(4);
    expect(breaker.lamp().state).to.equal('closed');
  });
  it('changes at most once in 30 s, however fast the region comes and goes', async () => {
    for (let second = 0; second < 3_600; second += 1) {
      answer = second % 14 < 8 ? silent : well;
      void breaker.push(parcel, going);
      await time.pass(1_000);
    }
    const gaps = lamps.slice(1).map((lamp, at) => lamp.at - (lamps[at]?.at ?? 0));
    expect(lamps.length).to.be.above(3);
    expect(Math.min(...gaps)).to.be.at.least(30_000);
  });
  it('asks a region that is back for a tenth of its time in the first minute, for a quarter in the second, then for all', async () => {
    await shutFor(30_000);
    let under = 0;
    let most = 0;
    const busy = [0, 0, 0];
    answer = well;
    const began = time.clock.steadyMs();
    const slow = breakerOf({
      region: {
        push: async () => {
          under += 1;
          most = Math.max(most, under);
          const minute = Math.floor((time.clock.steadyMs() - began) / 60_000);
          await time.clock.rest(100);
          busy[minute] = (busy[minute] ?? 0) + 100;
          under -= 1;
          return well;
        },
        ask: async () => well,
      },
      clock: time.clock, store, rule: usualBreaker, connections: 2, onChange: () => undefined,
    });
    let ended = false;
    const workers = [0, 1].map(async () => {
      while (!ended) if ((await slow.push(parcel, going)).verdict === 'shut') await time.clock.rest(1_000);
    });
    await time.pass(185_000);
    ended = true;
    await time.pass(1_000);
    await Promise.all(workers);
    slow.close();
    const shares = busy.map((ms) => ms / 120_000);
    expect(shares[0]).to.be.within(0.05, 0.1);
    expect(shares[1]).to.be.within(0.2, 0.26);
    expect(shares[2]).to.be.above(0.9);
    expect(most).to.equal(2);
  });
  it('leaves the region in peace as long as it asks, whoever comes', async () => {
    answer = { verdict: 'later', restMs: 60_000, reason: '429' };
    await push();
    answer = well;
    expect(await push()).to.deep.equal({ verdict: 'shut', restMs: 60_000 });
    await time.pass(60_000);
    expect(await push()).to.equal(well);
  });

  describe('after a restart', () => {
    it('rests on as long as it would have rested', async () => {
      await shutFor(10_000);
      breaker.close();
      breaker = start();
      expect((await push()).verdict).to.equal('shut');
      expect(breaker.lamp()).to.deep.include({ state: 'open', reason: 'ETIMEDOUT' });
      await time.pass(20_000);
      answer = well;
      expect(await push()).to.equal(well);
    });
    it('that came late tries at once, with one request', async () => {
      await shutFor(10_000);
      breaker.close();
      await time.pass(3_600_000);
      breaker = start();
      expect((await push()).verdict).to.equal('unknown');
      expect((await push()).verdict).to.equal('shut');
      expect(pushes).to.equal(6);
    });
    it('with the clock put back rests no longer than a quarter of an hour', async () => {
      await store.keepGate({ gate: 'region', state: 'shut', since: 0, reason: 'x', tryAt: time.clock.wallMs() + 86_400_000, tries: 1 });
      breaker.close();
      breaker = start();
      expect((await push()).verdict).to.equal('shut');
      await time.pass(900_000);
      expect(breaker.lamp().state).to.equal('half-open');
    });
  });

  describe('held by a person', () => {
    const say = (word: 'hold' | 'release'): Promise<void> => store.sayGate({ gate: 'region', word, reason: '平台升级', by: '王敏', at: time.clock.wallMs() });

    it('lets nothing through until it is released, restarts or not', async () => {
      await say('hold');
      expect((await push()).verdict).to.equal('shut');
      expect(breaker.lamp()).to.deep.include({ state: 'closed', held: { gate: 'region', word: 'hold', reason: '平台升级', by: '王敏', at: time.clock.wallMs() } });
      breaker.close();
      breaker = start();
      await time.pass(3_600_000);
      expect((await push()).verdict).to.equal('shut');
      expect(pushes).to.equal(0);
      await say('release');
      expect(await push()).to.equal(well);
      expect(breaker.lamp().held).to.equal(null);
    });
    it('and released while it was open, tries one request at once', async () => {
      await shutFor(1_000);
      await say('release');
      answer = well;
      expect(await push()).to.equal(well);
      expect(breaker.lamp().state).to.equal('closed');
    });
    it('and released too early opens again at the first failure', async () => {
      await shutFor(1_000);
      await say('release');
      expect((await push()).verdict).to.equal('unknown');
      expect((await push()).verdict).to.equal('shut');
      expect(pushes).to.equal(6);
    });
  });
});
