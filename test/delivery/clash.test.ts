import { expect } from 'chai';
import type { Luck } from '../../src/port/clock.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

/** Places of a batch number that luck fills. */
const places = 12;

/** Luck that gives so many batches one and the same number, and is as usual afterwards. */
function sameFor(batches: number): Luck {
  const usual = seededLuck(9);
  let left = batches * places;
  return () => ((left -= 1) >= 0 ? 0 : usual());
}

function fourLicences(town: Town): void {
  for (const id of ['1', '2', '3', '4']) town.county.put('licences', id);
}

/** Numbers of batches the region was sent, and records it has from them, each as often as it came. */
const atRegion = (town: Town): { numbers: readonly string[]; records: number } => ({ numbers: town.region.pushes().map((call) => call.no), records: town.region.books.story().length });

describe('two batches that draw the same number', () => {
  it('get other numbers, and both arrive once', () => inVirtualTime(inTown(1, async (town) => {
    fourLicences(town);
    expect((await town.run('licences', { records: 2, luck: sameFor(2) })).state).to.equal('done');
    const { numbers, records } = atRegion(town);
    expect({ sent: numbers.length, different: new Set(numbers).size, records }).to.deep.equal({ sent: 2, different: 2, records: 4 });
    expect(numbers.filter((no) => no.endsWith('0'.repeat(places)))).to.deep.equal([]);
    expect(await town.totals('licences')).to.deep.equal({ atRegion: 4, waiting: 0, quarantined: 0, delivered: 4 });
  })));
  it('as halves of one that was refused as a whole get other numbers, and the good half arrives once', () => inVirtualTime(inTown(2, async (town) => {
    fourLicences(town);
    town.region.refusesWhole = (records) => records.some((record) => record['row_guid'] === '4');
    expect((await town.run('licences', { records: 4, luck: sameFor(3) })).state).to.equal('done');
    const { numbers, records } = atRegion(town);
    expect({ twice: numbers.length - new Set(numbers).size, records }).to.deep.equal({ twice: 0, records: 3 });
    expect(await town.totals('licences')).to.deep.equal({ atRegion: 3, waiting: 0, quarantined: 1, delivered: 3 });
  })));
  it('again and again stop the run with a code: nothing is kept by half or sent, and the next run brings all once', () => inVirtualTime(inTown(3, async (town) => {
    fourLicences(town);
    const { state, failure } = await town.run('licences', { records: 2, luck: () => 0 });
    expect({ state, code: failure?.code, ...atRegion(town) }).to.deep.equal({ state: 'failed', code: 'BATCH_NO_TAKEN', numbers: [], records: 0 });
    expect([(await town.store.openBatches('licences')).length, (await town.store.ready('licences', 10)).length]).to.deep.equal([0, 4]);
    expect((await town.run('licences', { records: 2 })).state).to.equal('done');
    expect(atRegion(town).records).to.equal(4);
  })));
});
