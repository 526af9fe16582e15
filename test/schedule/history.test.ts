import { expect } from 'chai';
import fc from 'fast-check';
import type { Clock } from '../../src/port/clock.ts';
import type { Store } from '../../src/port/store.ts';
import { audited } from '../fakes/audit.ts';
import type { Call, Illness } from '../fakes/region-in-memory.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { inTown, type RunWish, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

const id = fc.integer({ min: 0, max: 3 }).map(String);

/** Something that happens in a county, to its gateway, or to the region. */
const event = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('put' as const), id, name: fc.constantFrom('A', 'B', 'C'), steps: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('spoil' as const), id }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), id }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('run' as const), mode: fc.constantFrom('changes' as const, 'sweep' as const), page: fc.integer({ min: 1, max: 5 }), records: fc.integer({ min: 1, max: 6 }), connections: fc.integer({ min: 1, max: 4 }), health: fc.constantFrom(0, 0.3, 0.7, 1), seed: fc.nat(10_000) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

function illnesses(seed: number, share: number): (call: Call) => Illness | null {
  const luck = seededLuck(seed);
  const kinds: readonly Illness[] = [
    { kind: 'lost-before' }, { kind: 'lost-after' }, { kind: 'later', restMs: 100 }, { kind: 'in-progress' },
    { kind: 'receipts', change: (receipts) => receipts.slice(1) }, { kind: 'denied' },
  ];
  return () => (luck() < share ? kinds[Math.floor(luck() * kinds.length)] ?? null : null);
}

/** The store answers late, a little differently each time: whoever waits for it meets the others in every order. */
function tardy(store: Store, clock: Clock, seed: number): Store {
  const luck = seededLuck(seed);
  const late = <A extends readonly unknown[], R>(work: (...given: A) => Promise<R>) => async (...given: A): Promise<R> => {
    if (luck() < 0.3) await clock.rest(Math.floor(luck() * 40));
    return work(...given);
  };
  return {
    ...store, keep: late(store.keep), write: late(store.write), settle: late(store.settle), ready: late(store.ready), standings: late(store.standings),
    unseen: late(store.unseen), backlog: late(store.backlog), finish: late(store.finish),
  };
}

async function happen(town: Town, one: Event): Promise<void> {
  switch (one.kind) {
    case 'put': return town.county.putCase(one.id, { steps: Array.from({ length: one.steps }, (_, index) => `${one.name}${index}`) }, { NAME: one.name, IDENT: one.id });
    case 'spoil': return town.county.putCase(one.id, {}, { BAD: 'VALUE_MISSING' });
    case 'remove': return town.county.remove('cases', one.id);
    case 'restart': return town.restart();
    case 'run': {
      town.region.ill = illnesses(one.seed, one.health);
      town.region.latencyMs = ((luck) => () => Math.floor(luck() * 60))(seededLuck(one.seed + 1));
      await town.run('cases', { ...wishOf(one), patienceMs: 8_000 });
    }
  }
}

function wishOf({ mode, page, records, connections }: Extract<Event, { kind: 'run' }>): RunWish {
  return { mode, page, records, connections };
}

/** A calm end: everybody is well, every row is good, and two runs later the region has just what the county has. */
async function calm(town: Town): Promise<void> {
  town.region.ill = () => null;
  for (const row of town.county.tables['cases']?.slice() ?? []) if (row['BAD'] !== null) town.county.putCase(String(row['ID']), {}, {});
  expect((await town.run('cases')).state).to.be.oneOf(['done', 'pending']);
  expect((await town.run('cases', { mode: 'sweep' })).state).to.equal('done');
  const names = (rows: readonly (readonly [string, unknown])[]): Record<string, unknown> => Object.fromEntries(rows.toSorted(([a], [b]) => a.localeCompare(b)));
  const county = names((town.county.tables['cases'] ?? []).map((row) => [String(row['ID']), row['NAME']]));
  expect(names(Object.entries(town.region.books.rows('up_pro_accept')).map(([guid, row]) => [guid, row['name']]))).to.deep.equal(county);
  const steps = new Set(Object.keys(town.region.books.rows('up_pro_process')));
  const wanted = (town.county.tables['steps'] ?? []).filter((row) => String(row['CASEID']) in county).map((row) => `${String(row['CASEID'])}-steps-${String(row['NO'])}`);
  expect(steps).to.deep.equal(new Set(wanted));
}

describe('whatever happens', () => {
  let playing: Promise<unknown> = Promise.resolve();
  /** fast-check leaves the history it interrupts running, and with it the virtual time that others would meet. */
  afterEach(() => playing.catch(() => undefined));

  it('counts and totals add up after everything written, no version overtakes another, and in the end the region has just what the county has', async function () {
    this.timeout(20_000);
    await fc.assert(fc.asyncProperty(fc.array(event, { minLength: 8, maxLength: 24, size: 'max' }), fc.nat(1_000_000), (events, seed) => (playing = inVirtualTime(inTown(seed, async (town) => {
      const faults: string[] = [];
      town.meddle = (store) => tardy(audited(store, town.file, (fault) => faults.push(fault)), town.clock, seed);
      for (const one of events) await happen(town, one);
      await calm(town);
      expect(faults).to.deep.equal([]);
    })))), { numRuns: 30, seed: 20_261_123, interruptAfterTimeLimit: 15_000 });
  });
});
