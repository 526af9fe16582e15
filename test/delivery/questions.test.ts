import { expect } from 'chai';
import { openDigests } from '../../adapters/store-sqlite/digests.ts';
import { openStore, openStoreForPages } from '../../adapters/store-sqlite/store.ts';
import { breakerOf, type Breaker } from '../../src/delivery/breaker.ts';
import { counterpartThrough, feedThrough } from '../../src/delivery/questions.ts';
import { mustBeOpen } from '../../src/delivery/standing-gate.ts';
import type { Clock } from '../../src/port/clock.ts';
import { usualBreaker } from '../../src/port/profile.ts';
import type { Answer } from '../../src/record/receipt.ts';
import type { Failure } from '../../src/record/failure.ts';
import { openGateway } from '../../src/schedule/gateway.ts';
import { Asking } from '../../src/reconcile/asking.ts';
import { shippedSite } from '../console/hall.ts';
import { FeedInMemory } from '../fakes/feed-in-memory.ts';
import { counterpartInMemory } from '../fakes/counterpart-in-memory.ts';
import { GatesInMemory } from '../fakes/gates-in-memory.ts';
import { RegionInMemory } from '../fakes/region-in-memory.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { stillClock } from '../fakes/still-clock.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { inVirtualTime, monday } from '../fakes/virtual-time.ts';
import { suit, TownHall } from '../inbound/town-hall.ts';

const going = new AbortController().signal;
const parcel = { no: '1', table: 'up_lic_data', count: 0, rowGuids: [], digest: '', body: new Uint8Array() };

interface Door {
  readonly clock: Clock;
  readonly breaker: Breaker;
  readonly gates: GatesInMemory;
  readonly hall: TownHall;
  /** What the region says to a report. */
  answer: Answer;
  /** A pull run through the breaker. */
  pull(): ReturnType<TownHall['run']>;
}

function atTheDoor(work: (door: Door) => Promise<void>, setting: { readonly perSecond?: number; readonly opensInMs?: () => number } = {}): () => Promise<void> {
  return () => inVirtualTime(async (clock) => {
    const gates = new GatesInMemory();
    const hall = new TownHall(clock);
    hall.feed.issue('applications', suit('1', 1), suit('2', 1), suit('3', 1));
    const silent: Answer = { verdict: 'unknown', reason: 'ETIMEDOUT' };
    const door: Door = {
      clock, gates, hall, answer: silent,
      breaker: breakerOf({ region: { push: async () => door.answer, ask: async () => ({ verdict: 'never-seen' }) }, clock, store: gates, rule: usualBreaker, connections: 4, onChange: () => undefined, ...setting }),
      pull: () => hall.run({ page: 1, feed: feedThrough(door.breaker, hall.feed, going) }),
    };
    try {
      await work(door);
    } finally {
      door.breaker.close();
      await hall.end();
    }
  });
}

async function open({ breaker }: Door): Promise<void> {
  for (let count = 0; count < 5; count += 1) await breaker.push(parcel, going);
  expect(breaker.lamp().state).to.equal('open');
}

describe('what is asked of the region', () => {
  it('is not asked while the breaker is open: the pull says so, nothing is lost, and the run after goes on', atTheDoor(async (door) => {
    await open(door);
    const shut = await door.pull();
    expect([shut.state, shut.failure?.code, door.hall.feed.asked.length]).to.deep.equal(['pending', 'BREAKER_OPEN', 0]);
    await door.clock.rest(31_000);
    const later = await door.pull();
    expect([later.state, door.hall.rows().length, door.breaker.lamp().state], 'it was the one request that tries').to.deep.equal(['done', 3, 'closed']);
  }));
  it('is not asked while a person holds the region, and what has come before is applied all the same', atTheDoor(async (door) => {
    await door.hall.run({ page: 1, use: () => ({ kind: 'kept', state: 'held' }), feed: { ...door.hall.feed, pull: (asked) => door.hall.feed.pull(asked), acknowledge: (...told) => door.hall.feed.acknowledge(...told) } });
    const before = door.hall.feed.asked.length;
    await door.gates.sayGate({ gate: 'region', word: 'hold', reason: '检修', by: '其其格', at: 1 });
    const held = await door.pull();
    expect([held.state, held.failure?.code, door.hall.feed.asked.length - before]).to.deep.equal(['pending', 'BREAKER_HELD', 0]);
    await door.gates.sayGate({ gate: 'region', word: 'release', reason: '完工', by: '其其格', at: 2 });
    expect((await door.pull()).state).to.equal('done');
  }));
  it('that finds nobody there again opens the breaker for twice as long', atTheDoor(async (door) => {
    await open(door);
    await door.clock.rest(31_000);
    door.hall.feed.away = true;
    expect((await door.pull()).failure?.code, 'one request, and no more').to.equal('BREAKER_OPEN');
    expect([door.hall.feed.asked.length, door.breaker.lamp().state]).to.deep.equal([1, 'open']);
    expect((await door.gates.gate('region')).standing?.tryAt).to.equal(door.clock.wallMs() - 2_000 + 60_000);
  }));
  it('rests as long as the region asked for, and so do reports', atTheDoor(async (door) => {
    door.hall.feed.ill = (nth) => (nth === 1 ? { verdict: 'later', restMs: 120_000, reason: '429' } : null);
    door.answer = { verdict: 'settled', receipts: [] };
    const running = door.pull();
    await door.clock.rest(1_000);
    expect(await door.breaker.push(parcel, going), 'a report knocks meanwhile').to.deep.equal({ verdict: 'shut', restMs: 119_000 });
    expect((await running).state).to.equal('done');
    expect(door.clock.steadyMs()).to.be.at.least(120_000);
  }));
  it('keeps to the requests a second that reports keep to', atTheDoor(async (door) => {
    const began = door.clock.steadyMs();
    expect((await door.pull()).state).to.equal('done');
    expect(door.hall.feed.asked.length).to.be.at.least(3);
    expect(door.clock.steadyMs() - began, 'pages and the word that they are here').to.be.at.least((door.hall.feed.asked.length) * 2_000);
  }, { perSecond: 0.5 }));
  it('does not keep to hours that are for sending', atTheDoor(async (door) => {
    expect(await door.breaker.push(parcel, going)).to.deep.equal({ verdict: 'shut', restMs: 30_000 });
    expect((await door.pull()).state).to.equal('done');
  }, { opensInMs: () => 3_600_000 }));
  it('and not told, keeps no report back: an interface for asking that is ill is no region that is away', atTheDoor(async (door) => {
    door.answer = { verdict: 'settled', receipts: [] };
    door.hall.feed.away = true;
    for (let count = 0; count < 3; count += 1) expect((await door.pull()).failure?.code).to.equal('PULL_NO_ANSWER');
    expect([door.hall.feed.asked.length, door.breaker.lamp().state, (await door.breaker.push(parcel, going)).verdict]).to.deep.equal([12, 'closed', 'settled']);
  }));
  it('of what it has, goes the same way', atTheDoor(async (door) => {
    const far = counterpartInMemory(new RegionInMemory(door.clock).books);
    const ask = (): Promise<unknown> => new Asking(counterpartThrough(door.breaker, far, going), door.clock, going).ask({ table: 'up_lic_data' }, (one) => one.digests('up_lic_data', ''));
    expect(await ask()).to.deep.equal({ rows: [] });
    await open(door);
    expect(await ask().then(() => null, (cause: unknown) => (cause as Failure).code)).to.equal('BREAKER_OPEN');
    expect(far.asked).to.equal(1);
  }));
});

describe('a gateway', () => {
  it('neither pulls nor compares while a person holds the region, and does both again afterwards', async () => {
    const clock = stillClock();
    const [site, file, feed] = [await shippedSite(), `${temporaryFolder()}/gateway.db`, new FeedInMemory()];
    const far = new RegionInMemory(clock);
    const counterpart = counterpartInMemory(far.books);
    const gateway = await openGateway({
      site: { ...site, store: { ...site.store, file } }, store: openStore(file, 'test'), clock, luck: seededLuck(1), log: silentLog(), openDigests, openQuality: openStoreForPages,
      openRegion: () => Object.assign(far, { feed, counterpart }), openSource: () => { throw new Error('no county is asked'); },
    });
    const job = site.jobs.find((one) => one.kind === 'pull' && one.dataset === 'dictionaries')?.job ?? '';
    const comparing = site.jobs.find((one) => one.kind === 'compare')?.job ?? '';
    const run = (name: string): ReturnType<typeof gateway.run> => gateway.run(name, { signal: going, patienceMs: 90_000, progress: () => undefined });
    const code = async (): Promise<string> => gateway.compare('licences', going).then(() => 'compared', (cause: unknown) => (cause as Failure).code);
    await gateway.sayGate({ gate: 'region', word: 'hold', reason: '检修', by: '其其格' });
    for (const name of [job, comparing]) {
      const { state, failure } = await run(name);
      expect([name, state, failure?.code]).to.deep.equal([name, 'pending', 'BREAKER_HELD']);
    }
    expect([await code(), feed.asked.length, counterpart.asked]).to.deep.equal(['BREAKER_HELD', 0, 0]);
    await gateway.sayGate({ gate: 'region', word: 'release', reason: '完工', by: '其其格' });
    for (const name of [job, comparing]) expect((await run(name)).failure?.code ?? 'done', name).to.equal('done');
    expect([await code(), feed.asked.length > 0, counterpart.asked > 0]).to.deep.equal(['compared', true, true]);
    await gateway.close();
  });
});

describe('who asks the region beside a gateway', () => {
  const shut = { gate: 'region', state: 'shut', since: monday, reason: 'ETIMEDOUT', tryAt: monday + 60_000, tries: 1 } as const;
  const word = { gate: 'region', reason: '检修', by: '其其格' } as const;
  const told = (about: Parameters<typeof mustBeOpen>[0]): string => {
    try {
      mustBeOpen(about);
      return 'open';
    } catch (cause) {
      return (cause as Failure).code;
    }
  };
  it('is told what that gateway’s breaker would say: by the last word, and by how it stands', () => {
    expect(told({ gates: [], words: [], at: monday })).to.equal('open');
    expect(told({ gates: [shut], words: [], at: monday + 1 })).to.equal('BREAKER_OPEN');
    expect(told({ gates: [shut], words: [], at: monday + 60_000 })).to.equal('open');
    expect(told({ gates: [{ ...shut, gate: 'cases' }], words: [], at: monday + 1 })).to.equal('open');
    expect(told({ gates: [], words: [{ ...word, word: 'hold', at: 1 }], at: monday })).to.equal('BREAKER_HELD');
    expect(told({ gates: [shut], words: [{ ...word, word: 'release', at: monday + 1 }], at: monday + 2 })).to.equal('open');
    expect(told({ gates: [shut], words: [{ ...word, word: 'release', at: monday - 1 }], at: monday + 2 })).to.equal('BREAKER_OPEN');
  });
});
