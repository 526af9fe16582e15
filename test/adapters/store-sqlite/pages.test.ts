import { expect } from 'chai';
import { openPagesAside } from '../../../adapters/store-sqlite/pages.ts';
import { openStoreForPages } from '../../../adapters/store-sqlite/store.ts';
import { livedTown } from '../../console/lived-town.ts';

describe('the store as pages read it', () => {
  let file: string;

  before(async () => {
    file = await livedTown(async (town) => {
      for (let id = 1; id <= 5; id += 1) town.county.put('items', `I${id}`, { NAME: `item ${id}`, ...(id % 2 === 0 ? { BAD: 'VALUE_MISSING' } : {}) });
      await town.run('items');
      await town.run('items');
    });
  });

  it('answers the same on a thread of its own', async () => {
    const [here, aside] = [openStoreForPages(file), openPagesAside(file)];
    expect(await aside.totals()).to.deep.equal(await here.totals());
    expect(await aside.find('I1', 'any', null)).to.deep.equal(await here.find('I1', 'any', null));
    expect(await aside.setAsidePage({ datasets: ['items'], after: 0, limit: 10 })).to.deep.equal(await here.setAsidePage({ datasets: ['items'], after: 0, limit: 10 }));
    expect(await aside.acknowledged('items', ['I1'])).to.deep.equal(await here.acknowledged('items', ['I1']));
    for (const name of ['gates', 'gateWords'] as const) expect(await aside[name](), name).to.deep.equal(await here[name]());
    expect(await aside.missed(5)).to.deep.equal(await here.missed(5));
    expect(await aside.comparisons(null, 5)).to.deep.equal(await here.comparisons(null, 5));
    await here.close();
    await aside.close();
  });
  it('is told that its thread has ended, and begins anew with the next question', async () => {
    const aside = openPagesAside(file);
    await aside.totals();
    const asked = aside.runs({ limit: 10 });
    await aside.close();
    expect(await asked.then((rows) => Array.isArray(rows), (cause: unknown) => cause instanceof Error)).to.equal(true);
    expect((await aside.runs({ limit: 10 })).length).to.be.greaterThan(0);
    await aside.close();
  });
  it('lists runs page by page, newest first, by job, dataset and state', async () => {
    const read = openStoreForPages(file);
    const [newest] = await read.runs({ limit: 1 });
    const older = await read.runs({ limit: 10, before: newest?.id ?? 0 });
    expect(older.every((run) => run.id < (newest?.id ?? 0))).to.equal(true);
    expect(await read.runs({ limit: 10, job: 'nobody' })).to.deep.equal([]);
    expect(await read.runs({ limit: 10, state: 'failed' })).to.deep.equal([]);
    await read.close();
  });
});
