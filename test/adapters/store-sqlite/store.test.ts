import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect } from 'chai';
import { openStore, openStoreToLook } from '../../../adapters/store-sqlite/store.ts';
import { Failure } from '../../../src/record/failure.ts';
import { batchOf, beginRun, firstVersion, keepingOf, storeSuite } from '../../contract-suites/store.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const newFile = (): string => join(temporaryFolder(), 'gateway.db');
const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
    return null;
  } catch (cause) {
    return cause;
  }
};

describe('the store in a SQLite file', () => {
  storeSuite(async () => openStore(newFile(), 'test'));

  it('keeps all of a page or nothing of it: a record that cannot be written takes cursor, counts and the others with it', async () => {
    const store = openStore(newFile(), 'test');
    const run = await beginRun(store);
    await store.keep(keepingOf(run, [firstVersion('1')]));
    const broken = firstVersion('3', { problems: [{ code: 'TEXT_CUT', severity: 'warn' }], fingerprint: null as unknown as string });
    let thrown: unknown = null;
    await store.keep(keepingOf(run, [firstVersion('2'), broken])).catch((cause: unknown) => {
      thrown = cause;
    });
    expect(thrown).to.be.instanceOf(Error);
    expect(await store.cursor('licences:changes')).to.equal('after 1');
    expect((await store.standings('licences', ['2', '3'])).size).to.equal(0);
    expect(await store.backlog('licences')).to.equal(1);
    expect((await store.lastRuns(1))[0]?.counts.read).to.equal(1);
    expect(await store.keep(keepingOf(run, [firstVersion('2')]))).to.equal(true);
    await store.close();
  });
  it('is written by one process at a time: the second is refused and told who holds it', async () => {
    const file = newFile();
    const store = openStore(file, '4711');
    const refused = thrownBy(() => openStore(file, '4712'));
    expect(refused).to.be.instanceOf(Failure);
    const { code, facts: { since, ...facts } } = refused as Failure;
    expect({ code, facts }).to.deep.equal({ code: 'STORE_HELD', facts: { holder: '4711' } });
    expect(since, 'and since when').to.match(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    await store.close();
    await openStore(file, '4712').close();
  });
  it('shows readers the last commit while another writes', async () => {
    const file = newFile();
    const store = openStore(file, 'test');
    const run = await beginRun(store);
    const reader = openStoreToLook(file);
    expect(await reader.totals()).to.deep.equal([]);
    await store.keep(keepingOf(run, [firstVersion('1'), firstVersion('2')]));
    expect((await reader.totals())[0]).to.include({ dataset: 'licences', waiting: 2 });
    expect((await reader.trace('licences', 'L-2'))?.key).to.equal('2');
    await reader.close();
    await store.close();
  });
  it('keeps what it has acknowledged when the process ends without closing it', async () => {
    const file = newFile();
    const store = openStore(file, 'test');
    await store.keep(keepingOf(await beginRun(store), [firstVersion('1')]));
    const copy = newFile();
    for (const ending of ['', '-wal']) writeFileSync(copy + ending, readFileSync(file + ending));
    const found = openStore(copy, 'another');
    expect(await found.backlog('licences')).to.equal(1);
    await found.close();
    await store.close();
  });
  for (const [name, open] of [
    ['to write', (file: string): unknown => openStore(file, 'test')],
    ['to look', (file: string): unknown => openStoreToLook(file)],
  ] as const) {
    it(`refuses a store written by newer code, ${name}, and leaves it untouched`, () => {
      const file = newFile();
      const newer = new DatabaseSync(file);
      newer.exec('create table of_the_future (x integer); pragma user_version = 99');
      newer.close();
      const before = readFileSync(file);
      const refused = thrownBy(() => open(file));
      expect(refused).to.be.instanceOf(Failure);
      expect({ code: (refused as Failure).code, facts: (refused as Failure).facts }).to.deep.include({ code: 'STORE_TOO_NEW' });
      expect(readFileSync(file).equals(before)).to.equal(true);
      expect((thrownBy(() => open(file)) as Failure).code).to.equal('STORE_TOO_NEW');
    });
  }
  it('keeps a batch and its half in one transaction: a half under a number already used leaves the batch open', async () => {
    const store = openStore(newFile(), 'test');
    await store.keep(keepingOf(await beginRun(store), [firstVersion('1'), firstVersion('2')]));
    const seqs = (await store.ready('licences', 10)).map((one) => one.envelope.seq);
    await store.write([batchOf('b1', seqs)], 1);
    let thrown: unknown = null;
    await store.settle([{
      batch: 'b1', at: 2, state: 'split', attempt: null, receipts: '', delivered: [], advanced: [], quarantined: [], reopened: [],
      halves: [batchOf('b2', seqs.slice(0, 1)), batchOf('b2', seqs.slice(1))],
    }]).catch((cause: unknown) => {
      thrown = cause;
    });
    expect(thrown).to.be.instanceOf(Error);
    expect((await store.openBatches('licences')).map((batch) => batch.no)).to.deep.equal(['b1']);
    await store.close();
  });
});
