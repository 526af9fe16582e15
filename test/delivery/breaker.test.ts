import { expect } from 'chai';
import { breakerOf, type Breaker, type Lamp } from '../../src/delivery/breaker.ts';
import type { Region } from '../../src/port/region.ts';
import type { Answer } from '../../src/record/receipt.ts';
import { timeByHand, type HandTime } from '../fakes/virtual-time.ts';

const silent: Answer = { verdict: 'unknown', reason: 'ETIMEDOUT' };
const well: Answer = { verdict: 'settled', receipts: [] };
const parcel = { no: '1', table: 'up_lic_data', count: 0, digest: '', body: new Uint8Array() };

describe('the breaker', () => {
  let time: HandTime;
  let breaker: Breaker;
  let answer: Answer | Error;
  let pushes: number;
  let lamps: Lamp[];

  beforeEach(() => {
    time = timeByHand();
    answer = well;
    pushes = 0;
    lamps = [];
    const region: Pick<Region, 'push'> = {
      push: async () => {
        pushes += 1;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    };
    breaker = breakerOf({ ...region, wrap: () => parcel, ask: async () => well, close: async () => undefined }, (lamp) => lamps.push(lamp));
  });
  afterEach(() => {
    breaker.close();
    time.end();
  });

  const push = async (times = 1): Promise<Answer> => {
    let last: Answer = well;
    for (let count = 0; count < times; count += 1) last = await breaker.push(parcel);
    return last;
  };

  it('stays closed while the region answers, whatever it answers', async () => {
    answer = { verdict: 'refused', code: '422', message: '' };
    await push(20);
    expect(pushes).to.equal(20);
    expect(breaker.lamp()).to.deep.equal({ state: 'closed', reason: null });
  });
  it('opens after five pushes of which more than half got no answer, and says why', async () => {
    answer = silent;
    await push(4);
    expect(breaker.lamp().state).to.equal('closed');
    await push(1);
    expect(breaker.lamp()).to.deep.equal({ state: 'open', reason: 'ETIMEDOUT' });
  });
  it('lets nothing through while it is open, and asks to come back', async () => {
    answer = silent;
    await push(5);
    expect(await push(3)).to.deep.equal({ verdict: 'later', restMs: 5_000, reason: 'BREAKER_OPEN' });
    expect(pushes).to.equal(5);
  });
  it('tries one push after its rest, and only one at a time', async () => {
    answer = silent;
    await push(5);
    await time.pass(10_000);
    expect(breaker.lamp().state).to.equal('half-open');
    const both = await Promise.all([breaker.push(parcel), breaker.push(parcel)]);
    expect(both.map((one) => one.verdict)).to.deep.equal(['unknown', 'later']);
    expect(pushes).to.equal(6);
    expect(breaker.lamp().state).to.equal('open');
  });
  for (const [name, way] of [
    ['accepts', well],
    ['refuses the batch', { verdict: 'refused', code: '422', message: '' }],
    ['does not know our key', { verdict: 'denied', code: '403', reason: '' }],
  ] as const) {
    it(`closes when the region ${name}: it is well`, async () => {
      answer = silent;
      await push(5);
      await time.pass(10_000);
      answer = way;
      expect((await push()).verdict).to.equal(way.verdict);
      expect(breaker.lamp()).to.deep.equal({ state: 'closed', reason: null });
      expect(lamps.map((lamp) => lamp.state)).to.deep.equal(['open', 'half-open', 'closed']);
    });
  }
  it('is never left half-open: a push that throws opens it again, and it recovers', async () => {
    answer = silent;
    await push(5);
    await time.pass(10_000);
    answer = new TypeError('a programming error');
    let thrown: unknown = null;
    await push().catch((cause: unknown) => {
      thrown = cause;
    });
    expect(thrown).to.equal(answer);
    expect(breaker.lamp().state).to.equal('open');
    await time.pass(10_000);
    answer = well;
    await push();
    expect(breaker.lamp().state).to.equal('closed');
  });
  it('forgets failures that are older than a minute', async () => {
    answer = silent;
    await push(4);
    await time.pass(61_000);
    await push(4);
    expect(breaker.lamp().state).to.equal('closed');
  });
});
