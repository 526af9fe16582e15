import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect } from 'chai';
import { openStore } from '../../adapters/store-sqlite/store.ts';
import type { Failure } from '../../src/record/failure.ts';
import { inOffice, type Office } from '../fakes/office.ts';
import { terminal } from '../fakes/parts-in-memory.ts';

/** Makes the books of cases wrong behind the gateway's back, by so many. */
function spoil(office: Office, by: number): void {
  const database = new DatabaseSync(office.file);
  database.exec(`update tally set n = n + ${by} where dataset = 'cases' and what = 'waiting'`);
  database.close();
}

describe('a check of the gateway itself that fails', () => {
  it('undoes what was about to be kept, and lets the dataset rest, while the others go on', inOffice(async (office) => {
    office.putCase('1');
    await office.run();
    spoil(office, -5);
    office.putCase('2');
    const result = await office.run();
    expect([result.state, result.failure?.code, result.failure?.facts['what']]).to.deep.equal(['failed', 'INVARIANT_BROKEN', 'no total is below nothing']);
    expect(await office.store.trace('cases', '2')).to.equal(null);
    const again = await office.run().then(() => null, (cause: unknown) => cause as Failure);
    expect([again?.code, again?.facts]).to.deep.equal(['DATASET_RESTS', { dataset: 'cases', what: 'no total is below nothing' }]);
    expect((await office.run('items')).state).to.equal('done');
    spoil(office, 5);
  }));
  it('ends when a person lets the dataset go on, with a reason', inOffice(async (office) => {
    office.putCase('1');
    await office.run();
    spoil(office, -5);
    office.putCase('2');
    await office.run();
    spoil(office, 5);
    expect(await office.store.resume('cases', { at: 1, who: '其其格', why: '查明' })).to.equal(true);
    expect(await office.store.resume('cases', { at: 1, who: '其其格', why: '查明' })).to.equal(false);
    expect((await office.run()).counts).to.include({ delivered: 1 });
  }));
  it('is shown by the status, and needs a name and a reason to be ended', async () => {
    const screen = terminal();
    const store = openStore(join(screen.dataDir, 'gateway.db'), 'test');
    await store.rest({ dataset: 'cases', since: 1, what: 'a run adds up' });
    await store.close();
    expect(await screen.type('status', '--lang', 'en')).to.equal(0);
    expect(screen.said.join('\n')).to.contain('cases rests since').and.contain('a run adds up');
    expect(await screen.type('resume', 'cases')).to.equal(2);
    expect(await screen.type('resume', 'cases', '--who', 'x', '--why', 'y', '--lang', 'en')).to.equal(0);
    expect(await screen.type('resume', 'cases', '--who', 'x', '--why', 'y', '--lang', 'en')).to.equal(1);
    expect(screen.complaints.at(-1)).to.contain('NOT_RESTING');
  });
});
