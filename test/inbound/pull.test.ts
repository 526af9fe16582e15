import { expect } from 'chai';
import type { Unsound } from '../../src/port/feed.ts';
import type { Sink } from '../../src/port/sink.ts';
import type { Store } from '../../src/port/store.ts';
import { stillClock } from '../fakes/still-clock.ts';
import { suit, TownHall } from './town-hall.ts';

const names = (hall: TownHall): readonly unknown[] => hall.rows().map((row) => row['ID']);

describe('pulling from the region', () => {
  let hall: TownHall;
  beforeEach(() => {
    hall = new TownHall(stillClock());
  });
  afterEach(() => hall.end());

  it('enters what was issued, once, and acknowledges it only then', async () => {
    hall.feed.issue('applications', ...Array.from({ length: 25 }, (_, n) => suit(String(n + 10), 1)));
    const { counts, state } = await hall.run();
    expect([state, counts]).to.deep.equal(['done', { read: 25, delivered: 25, quarantined: 0, same: 0, pending: 0 }]);
    expect(names(hall)).to.have.length(25);
    expect(hall.feed.acknowledgements).to.deep.equal(['applications 25']);
    expect((await hall.run()).counts.read).to.equal(0);
    expect(hall.feed.acknowledgements).to.have.length(1);
  });
  it('keeps what has come although the county is away, applies it later although the region is away, and acknowledges nothing in between', async () => {
    hall.feed.issue('applications', suit('1', 1), suit('2', 1));
    hall.meddleSink = (sink) => ({ ...sink, mark: async () => Promise.reject(new Error('gone')) });
    await hall.run().then(() => expect.fail('an unforeseen end is thrown'), () => undefined);
    expect([names(hall), hall.feed.acknowledgements]).to.deep.equal([[], []]);
    hall.meddleSink = (sink) => sink;
    hall.feed.away = true;
    expect((await hall.run()).failure?.code).to.equal('PULL_NO_ANSWER');
    expect(names(hall)).to.deep.equal(['1', '2']);
    hall.feed.away = false;
    await hall.run();
    expect(hall.feed.acknowledgements).to.deep.equal(['applications 2']);
  });
  it('takes the newest of several versions, and an older one that comes later not at all', async () => {
    hall.feed.issue('applications', suit('1', 1, { name: '甲' }), suit('1', 2, { name: '乙' }));
    await hall.run();
    hall.feed.issue('applications', suit('1', 1, { name: '丙' }));
    const { counts } = await hall.run();
    expect(hall.rows().map((row) => row['NAME'])).to.deep.equal(['乙']);
    expect(counts).to.include({ read: 1, same: 1 });
  });
  it('sets aside what cannot be entered, with the reason, and goes on with the others', async () => {
    hall.feed.issue('applications', suit('1', 1), { at: '2026', name: '没有编号' }, suit('3', 1, { name: null }), suit('4', 1));
    const { counts } = await hall.run();
    expect(names(hall)).to.deep.equal(['1', '4']);
    expect(counts).to.deep.equal({ read: 4, delivered: 2, quarantined: 2, same: 0, pending: 0 });
    const aside = (await hall.store.issued('applications', '', 10)).filter((one) => one.state === 'refused');
    expect(aside.flatMap((one) => one.problems.map((problem) => problem.code)).toSorted()).to.deep.equal(['COUNTY_REFUSED', 'VALUE_MISSING']);
    expect(hall.feed.acknowledgements).to.deep.equal(['applications 4']);
  });
  it('does not enter again what the county has deleted', async () => {
    hall.feed.issue('applications', suit('1', 1));
    await hall.run();
    hall.county.exec(`delete from SUIT`);
    hall.feed.issue('applications', suit('1', 2, { name: '改' }));
    await hall.run();
    expect(names(hall)).to.deep.equal([]);
  });
});

describe('a page that cannot be trusted', () => {
  let hall: TownHall;
  beforeEach(() => {
    hall = new TownHall(stillClock());
    hall.feed.issue('applications', ...Array.from({ length: 30 }, (_, n) => suit(String(n + 10), 1)));
  });
  afterEach(() => hall.end());

  it('is asked for again, and what came right in the end is complete', async () => {
    const ills: readonly (Unsound | null)[] = [null, 'count', 'digest', null, 'unreadable', null, null];
    hall.feed.ill = (nth) => {
      const reason = ills[nth - 1] ?? null;
      return reason === null ? null : { verdict: 'unsound', reason };
    };
    expect((await hall.run()).state).to.equal('done');
    expect(names(hall)).to.have.length(30);
  });
  it('ends the run when it stays so, with the cursor where it was; the next run goes on', async () => {
    hall.feed.ill = (nth) => (nth > 1 && nth < 7 ? { verdict: 'unsound', reason: 'count' } : null);
    const { failure, state } = await hall.run();
    expect([state, failure?.code, failure?.facts]).to.deep.equal(['failed', 'PAGE_UNSOUND', { resource: 'applications', reason: 'count' }]);
    expect(names(hall)).to.have.length(10);
    await hall.run();
    expect(names(hall)).to.have.length(30);
  });
  it('is noticed when it stands still, goes back, loops, or is the page before under another cursor', async () => {
    for (const [reason, change] of [
      ['still', { cursor: '10' }], ['back', { cursor: '9' }], ['loop', { cursor: '10', more: true }],
      ['repeated', { again: true }],
    ] as const) {
      hall = new TownHall(stillClock());
      hall.feed.issue('applications', ...Array.from({ length: 30 }, (_, n) => suit(String(n + 10), 1)));
      const met: string[] = [];
      hall.feed.ill = (nth, asked, page) => {
        if (nth < (reason === 'loop' ? 3 : 2) || nth > 12) return null;
        met.push(reason);
        const other = 'again' in change ? { ...hall.feed.page({ ...asked, cursor: null, limit: 10 }), cursor: page.cursor, more: true } : { ...page, ...change };
        return { verdict: 'page', page: other };
      };
      const first = await hall.run();
      expect(first.failure?.facts['reason'], reason).to.equal(reason);
      hall.feed.ill = () => null;
      expect((await hall.run()).state).to.equal('done');
      expect(names(hall), reason).to.have.length(30);
      await hall.end();
    }
    hall = new TownHall(stillClock());
  });
  it('may repeat the page before when the region really has issued the same twice', async () => {
    const twice = Array.from({ length: 10 }, (_, n) => suit(String(n + 50), 1));
    hall = new TownHall(stillClock());
    hall.feed.issue('applications', ...twice, ...twice, suit('99', 1));
    expect((await hall.run()).counts).to.include({ read: 21, delivered: 11, same: 10 });
    expect(names(hall)).to.have.length(11);
  });
});

describe('a crash while pulling', () => {
  /** Every call that the engine makes of store and county, in their order; the n-th is the last thing the process does, or the first it does not. */
  async function crashing(n: number, when: 'before' | 'after'): Promise<{ readonly crashed: boolean; readonly hall: TownHall }> {
    const hall = new TownHall(stillClock());
    hall.feed.issue('applications', ...Array.from({ length: 5 }, (_, at) => suit(String(at + 10), 1)));
    let calls = 0;
    const dying = <T extends object>(one: T, methods: readonly string[]): T => new Proxy(one, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function' || !methods.includes(String(name))) return value;
        return async (...words: readonly unknown[]) => {
          calls += 1;
          if (calls > n || (calls === n && when === 'before')) throw new Error('killed');
          const answer = await (value as (...all: readonly unknown[]) => Promise<unknown>).apply(target, [...words]);
          if (calls === n) throw new Error('killed');
          return answer;
        };
      },
    });
    hall.meddleStore = (store): Store => dying(store, ['receive', 'conclude', 'noteAcknowledged', 'endRun']);
    hall.meddleSink = (sink): Sink => dying(sink, ['apply', 'mark', 'rows']);
    const feed = dying(hall.feed, ['acknowledge']);
    const crashed = await hall.run({ feed, page: 3 }).then(() => false, () => true);
    return { crashed: crashed || calls >= n, hall };
  }

  it('between any two steps loses nothing, enters nothing twice and acknowledges nothing too early', async function () {
    this.timeout(30_000);
    let points = 0;
    for (let n = 1; ; n += 1) {
      let crashes = 0;
      for (const when of ['before', 'after'] as const) {
        const { crashed, hall } = await crashing(n, when);
        if (crashed) crashes += 1;
        points += 1;
        if (hall.feed.acknowledgements.length > 0) expect(names(hall), `${n} ${when}`).to.have.length(5);
        for (const row of hall.rows()) hall.clerk(String(row['ID']), { NAME: `改${row['NAME']}`, STATE: '2', PHONE: '139' });
        const edited = hall.rows().length;
        await hall.restart();
        expect((await hall.run({ page: 3 })).state).to.equal('done');
        expect(names(hall)).to.have.length(5);
        expect(hall.rows().filter((row) => row['PHONE'] === '139').length, `a clerk's edit was taken back, ${n} ${when}`).to.equal(edited);
        expect(hall.rows().filter((row) => row['STATE'] === '2').length).to.equal(edited);
        expect(await hall.store.conflicts('open', 100)).to.deep.equal([]);
        expect(hall.feed.acknowledgements.at(-1)).to.equal('applications 5');
        await hall.end();
      }
      if (crashes === 0) break;
    }
    expect(points).to.be.greaterThan(16);
  });
  it('with a store that was lost starts from the beginning, and what clerks have done since stays theirs', async () => {
    const hall = new TownHall(stillClock());
    hall.feed.issue('applications', suit('1', 1));
    await hall.sink.apply({ mark: { stream: 'applications', value: 'another-store/999' }, writes: [] });
    await hall.run();
    expect(names(hall)).to.deep.equal(['1']);
    await hall.end();
  });
});
