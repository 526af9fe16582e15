import { expect } from 'chai';
import { mustHaveShape } from '../../src/intake/shape.ts';
import type { Shape } from '../../src/port/shape.ts';
import type { Source } from '../../src/port/source.ts';
import { selectionOf } from '../fakes/made-up-county.ts';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

/** Looks at a county whose columns have these types now; gives the code of what was found, and which columns. */
async function look(town: Town, shape: Shape): Promise<string> {
  const source: Pick<Source, 'shape'> = { shape: async () => shape };
  return mustHaveShape({ dataset: 'licences', selection: selectionOf('licences'), source: source as Source, store: town.store, wallMs: town.clock.wallMs() })
    .then(() => 'as before', (cause: unknown) => `${(cause as { code: string }).code} ${(cause as { facts: { columns: string } }).facts.columns}`);
}

const asWas: Shape = { 'cert.ID': 'TEXT', 'cert.NAME': 'VARCHAR(50)' };

describe('columns of the county that have another type than before', () => {
  it('keep their dataset from being read, by name, until they are as they were', () => inVirtualTime(inTown(1, async (town) => {
    expect(await look(town, asWas)).to.equal('as before');
    const narrow = { ...asWas, 'cert.NAME': 'VARCHAR(20)' };
    expect([await look(town, narrow), await look(town, narrow)]).to.deep.equal(Array(2).fill('SHAPE_CHANGED cert.NAME VARCHAR(50) → VARCHAR(20)'));
    expect((await town.store.gates()).map(({ gate, state, reason }) => ({ gate, state, reason }))).to.deep.equal([{ gate: 'licences', state: 'shut', reason: 'SHAPE_CHANGED' }]);
    expect(await look(town, asWas)).to.equal('as before');
    expect((await town.store.gates())[0]?.state).to.equal('open');
  })));
  it('or until a person has seen to it; from then on the new type is what it is held against', () => inVirtualTime(inTown(2, async (town) => {
    const wide = { ...asWas, 'cert.NAME': 'VARCHAR(100)' };
    await look(town, asWas);
    await look(town, wide);
    await town.store.sayGate({ gate: 'licences', word: 'release', reason: '已核对', by: '王敏', at: 0 });
    expect(await look(town, wide)).to.equal('as before');
    expect(await look(town, wide)).to.equal('as before');
    expect(await look(town, asWas)).to.equal('SHAPE_CHANGED cert.NAME VARCHAR(100) → VARCHAR(50)');
  })));
  it('are not columns that a mapping reads for the first time, or no longer', () => inVirtualTime(inTown(3, async (town) => {
    await look(town, asWas);
    expect(await look(town, { 'cert.ID': 'TEXT', 'cert.KIND': 'TEXT' })).to.equal('as before');
    expect(await look(town, { ...asWas, 'cert.KIND': 'INTEGER' })).to.equal('SHAPE_CHANGED cert.KIND TEXT → INTEGER');
  })));
});

describe('a copy of a source that shows an older state than has been read before', () => {
  it('takes nothing back in a sweep: what it does not show is not gone', () => inVirtualTime(inTown(4, async (town) => {
    for (const id of ['1', '2', '3']) {
      town.county.put('licences', id);
      await town.clock.rest(60_000);
    }
    await town.run('licences');
    const [table] = Object.entries(town.county.tables).find(([, rows]) => rows.length === 3) ?? [''];
    const whole = [...(town.county.tables[table] ?? [])];
    town.county.tables[table] = whole.slice(0, 2);
    const guard = { share: 1, floor: 100 };
    const behind = await town.run('licences', { mode: 'sweep', guard, replica: true });
    expect({ code: behind.failure?.code, atRegion: (await town.totals('licences')).atRegion }).to.deep.equal({ code: 'SOURCE_BEHIND', atRegion: 3 });
    town.county.tables[table] = [whole[0]!, whole[2]!];
    expect((await town.run('licences', { mode: 'sweep', guard, replica: true })).state).to.equal('done');
    expect((await town.totals('licences')).atRegion).to.equal(2);
  })));
});
