import { expect } from 'chai';
import type { Keep, Keeping, Store } from '../../src/port/store.ts';
import type { Batch } from '../../src/record/batch.ts';
import type { Failure } from '../../src/record/failure.ts';
import { noCounts } from '../../src/record/run.ts';
import type { Standing } from '../../src/record/standing.ts';
import { seal } from '../fakes/made-up-county.ts';

/** A first version of a licence, to be sent. */
export function firstVersion(key: string, change: Partial<Extract<Keep, { kind: 'put' }>> = {}): Extract<Keep, { kind: 'put' }> {
  const record = seal('up_lic_data', { row_guid: key, name: `名称${key}` });
  return { kind: 'put', key, identity: `L-${key}`, fingerprint: record.digest, records: [record], problems: [], state: 'open', need: null, before: undefined, ...change };
}

/** A page of them with a cursor. */
export function keepingOf(run: number, keeps: readonly Keep[], change: Partial<Keeping> = {}): Keeping {
  return {
    dataset: 'licences', run, at: 1, keeps, read: new Map(), cursor: { stream: 'licences:changes', value: `after ${keeps.length}` },
    counts: { read: keeps.length, same: 0, quarantined: 0 }, ...change,
  };
}

export function batchOf(no: string, seqs: readonly number[]): Batch {
  return { no, dataset: 'licences', table: 'up_lic_data', state: 'open', time: '2026-11-23 15:00:00', digest: `d${no}`, count: seqs.length, members: seqs.map((seq) => ({ seq, from: 0, count: 1 })) };
}

export function beginRun(store: Store): Promise<number> {
  return store.beginRun({ job: 'licences', dataset: 'licences', mode: 'changes', at: 0, made: 'test' });
}

/** What every gateway's memory promises. */
export function storeSuite(open: () => Promise<Store>): void {
  let store: Store;
  let run: number;
  const standing = async (key: string): Promise<Standing | undefined> => (await store.standings('licences', [key])).get(key);
  const seqs = async (): Promise<readonly number[]> => (await store.ready('licences', 100)).map((one) => one.envelope.seq);
  const settled = (no: string, seq: number): Promise<void> => ended(no, { seq, recordId: seq, position: 1, wasAtRegion: false, ledger: 'whole' });
  const ended = (no: string, one: Parameters<Store['finish']>[1][number]): Promise<void> => store.settle([{
    batch: no, at: 2, state: 'settled', attempt: null, receipts: '', delivered: [one], advanced: [], quarantined: [], reopened: [], halves: [],
  }]);

  beforeEach(async () => {
    store = await open();
    run = await beginRun(store);
  });
  afterEach(() => store.close());

  it('has nothing at first', async () => {
    expect(await store.cursor('licences:changes')).to.equal(null);
    expect(await store.backlog('licences')).to.equal(0);
    expect(await store.ready('licences', 10)).to.deep.equal([]);
    expect(await store.trace('licences', '1')).to.equal(null);
  });
  it('gives back a record exactly as it was kept: rare characters, line breaks and tabs too', async () => {
    const record = seal('up_lic_data', { row_guid: '1', name: '𠮷田\tᠮᠣᠩᠭᠣᠯ\u202f\n"引号"' });
    await store.keep(keepingOf(run, [firstVersion('1', { records: [record], fingerprint: record.digest })]));
    expect((await store.ready('licences', 10))[0]?.envelope.records).to.deep.equal([record]);
  });
  it('gives back several records of one envelope in their order', async () => {
    const records = ['a', 'b', 'c'].map((guid) => seal(`up_${guid}`, { row_guid: guid, name: `${guid}\n` }));
    await store.keep(keepingOf(run, [firstVersion('1', { records })]));
    expect((await store.ready('licences', 10))[0]?.envelope.records).to.deep.equal(records);
  });
  it('keeps the cursor with the records, and tells of both', async () => {
    await store.keep(keepingOf(run, [firstVersion('1'), firstVersion('2')]));
    expect(await store.cursor('licences:changes')).to.equal('after 2');
    expect((await standing('1'))?.state).to.equal('open');
    expect((await store.owners('licences', ['L-2', 'L-3'])).get('L-2')).to.equal('2');
    expect([...(await store.arrived('licences', ['L-1']))]).to.deep.equal([]);
  });
  it('keeps nothing when a record has moved on since it was judged', async () => {
    await store.keep(keepingOf(run, [firstVersion('1')]));
    const before = await standing('1');
    await store.write([batchOf('b1', await seqs())], 1);
    const late = keepingOf(run, [firstVersion('1', { fingerprint: 'new', before }), firstVersion('2')], { cursor: { stream: 'licences:changes', value: 'further' } });
    expect(await store.keep(late)).to.equal(false);
    expect(await store.cursor('licences:changes')).to.equal('after 1');
    expect(await standing('2')).to.equal(undefined);
    expect(await store.keep(keepingOf(run, [firstVersion('1', { fingerprint: 'new', state: 'held', before: await standing('1') })]))).to.equal(true);
  });
  it('keeps nothing for waiting when what it waits for has come in the meantime', async () => {
    await store.keep(keepingOf(run, [firstVersion('1')]));
    await store.write([batchOf('b1', await seqs())], 1);
    await settled('b1', 1);
    expect(await store.keep(keepingOf(run, [firstVersion('2', { state: 'waiting', need: { dataset: 'licences', identity: 'L-1' } })]))).to.equal(false);
  });
  it('lends an envelope once: a batch with one that is lent is left out, and the lent one stays lent', async () => {
    await store.keep(keepingOf(run, [firstVersion('1'), firstVersion('2'), firstVersion('3')]));
    const [one = 0, two = 0, three = 0] = await seqs();
    expect((await store.write([batchOf('b1', [two])], 1)).map((batch) => batch.no)).to.deep.equal(['b1']);
    expect((await store.write([batchOf('b2', [one, two]), batchOf('b3', [three])], 1)).map((batch) => batch.no)).to.deep.equal(['b3']);
    expect(await seqs()).to.deep.equal([one]);
    expect((await store.openBatches('licences')).map((batch) => batch.no)).to.deep.equal(['b1', 'b3']);
    expect((await standing('2'))?.state).to.equal('lent');
  });
  it('takes no batch under a number that has been used, and none of those that come with it', async () => {
    await store.keep(keepingOf(run, [firstVersion('1'), firstVersion('2'), firstVersion('3')]));
    const [one = 0, two = 0, three = 0] = await seqs();
    await store.write([batchOf('b1', [one])], 1);
    const code = (work: Promise<unknown>): Promise<unknown> => work.then(() => '', (cause: unknown) => (cause as Failure).code);
    const half = { batch: 'b1', at: 2, state: 'split' as const, attempt: null, receipts: '', delivered: [], advanced: [], quarantined: [], reopened: [one], halves: [batchOf('b1', [one])] };
    expect([await code(store.write([batchOf('b2', [two]), batchOf('b1', [three])], 1)), await code(store.settle([half]))]).to.deep.equal(['BATCH_NO_TAKEN', 'BATCH_NO_TAKEN']);
    expect(await seqs()).to.deep.equal([two, three]);
    expect((await store.openBatches('licences')).map((batch) => batch.no)).to.deep.equal(['b1']);
  });
  it('gives back a batch as it was written', async () => {
    await store.keep(keepingOf(run, [firstVersion('1'), firstVersion('2')]));
    const batch = batchOf('b1', await seqs());
    await store.write([batch], 1);
    expect(await store.openBatches('licences')).to.deep.equal([batch]);
    expect((await store.members(batch.members.map((member) => member.seq))).map((one) => one.envelope.records[0]?.rowGuid)).to.deep.equal(['1', '2']);
  });
  it('tells after delivery what the region has, by key and by identity', async () => {
    await store.keep(keepingOf(run, [firstVersion('1')]));
    await store.write([batchOf('b1', await seqs())], 1);
    await settled('b1', 1);
    expect((await standing('1'))?.atRegion).to.equal(true);
    expect([...(await store.arrived('licences', ['L-1', 'L-2']))]).to.deep.equal(['L-1']);
    expect((await store.trace('licences', 'L-1'))?.ledger?.rows.map((row) => row.rowGuid)).to.deep.equal(['1']);
    expect(await store.trace('licences', 'L-1')).to.deep.equal(await store.trace('licences', '1'));
    expect(await store.endRun(run, { at: 3, state: 'done', failure: null })).to.deep.equal({ ...noCounts, read: 1, delivered: 1 });
  });
  it('settles a batch once', async () => {
    await store.keep(keepingOf(run, [firstVersion('1')]));
    await store.write([batchOf('b1', await seqs())], 1);
    await settled('b1', 1);
    let thrown: unknown = null;
    await settled('b1', 1).catch((cause: unknown) => {
      thrown = cause;
    });
    expect(thrown).to.be.instanceOf(Error);
    expect((await store.totals())[0]).to.include({ atRegion: 1, delivered: 1, waiting: 0 });
  });
  it('groups what is set aside by code and field, and gives the records page by page', async () => {
    const aside = (key: string): Keep => ({ kind: 'quarantine', key, fingerprint: key, before: undefined, problems: [{ code: 'VALUE_MISSING', severity: 'refuse', table: 'up_lic_data', field: 'name' }] });
    await store.keep(keepingOf(run, ['1', '2', '3'].map(aside), { counts: { read: 3, same: 0, quarantined: 3 }, read: new Map([['1', { state: 'gone', key: '1' }]]) }));
    expect(await store.quarantineGroups()).to.deep.equal([{ dataset: 'licences', code: 'VALUE_MISSING', field: 'name', value: '', count: 3 }]);
    const first = await store.quarantine('licences', 0, 2);
    const second = await store.quarantine(null, first.at(-1)?.seq ?? 0, 2);
    expect([...first, ...second].map((one) => one.key)).to.deep.equal(['1', '2', '3']);
  });
  it('knows which keys a sweep has not met', async () => {
    await store.keep(keepingOf(run, [firstVersion('1'), firstVersion('2'), firstVersion('3')]));
    await store.beginReading();
    await store.meet(['1', '3']);
    expect(await store.unseen('licences', '', 10)).to.deep.equal(['2']);
    await store.beginReading();
    expect(await store.unseen('licences', '', 2)).to.deep.equal(['1', '2']);
    expect(await store.unseen('licences', '2', 2)).to.deep.equal(['3']);
  });
  it('judges by what is supposed as if it were kept, until that ends', async () => {
    await store.keep(keepingOf(run, [firstVersion('1'), firstVersion('2')]));
    const owners = async (): Promise<unknown> => Object.fromEntries(await store.owners('licences', ['L-1', 'L-2', 'L-3']));
    await store.beginReading();
    await store.suppose([{ key: '1', identity: 'L-3' }, { key: '2', identity: null }, { key: '4', identity: 'L-2' }]);
    expect(await owners()).to.deep.equal({ 'L-3': '1', 'L-2': '4' });
    await store.supposeNothing();
    expect(await owners()).to.deep.equal({ 'L-1': '1', 'L-2': '2' });
  });
  it('gives the bodies of what the region has, not of what is still on its way', async () => {
    await store.keep(keepingOf(run, [firstVersion('1'), firstVersion('2')]));
    await store.write([batchOf('b1', [1])], 1);
    await settled('b1', 1);
    const newer = seal('up_lic_data', { row_guid: '1', name: '新名称' });
    await store.keep(keepingOf(run, [firstVersion('1', { records: [newer], fingerprint: newer.digest, before: await standing('1') })]));
    const found = await store.acknowledged('licences', ['1', '2', '3']);
    expect([...found.keys()]).to.deep.equal(['1']);
    expect(found.get('1')).to.deep.include({ records: firstVersion('1').records });
    expect(await store.atRegion('licences')).to.equal(1);
  });
  it('closes a run that could not even end itself when the same job begins again', async () => {
    const next = await store.beginRun({ job: 'licences', dataset: 'licences', mode: 'changes', at: 7, made: 'test' });
    const other = await store.beginRun({ job: 'items', dataset: 'items', mode: 'changes', at: 8, made: 'test' });
    expect((await store.lastRuns(10)).map(({ id, state, failure, endedAt }) => [id, state, failure, endedAt])).to.deep.equal([
      [other, 'running', null, null], [next, 'running', null, null], [run, 'failed', 'UNFORESEEN', 7],
    ]);
  });
  it('closes runs that a crash left open, and keeps the others as they ended', async () => {
    await store.endRun(run, { at: 3, state: 'pending', failure: null });
    const cutOff = await beginRun(store);
    await store.closeAbandonedRuns(9);
    const runs = await store.lastRuns(10);
    expect(runs.map(({ id, state, failure, endedAt }) => ({ id, state, failure, endedAt }))).to.deep.equal([
      { id: cutOff, state: 'failed', failure: 'PROCESS_ENDED', endedAt: 9 }, { id: run, state: 'pending', failure: null, endedAt: 3 },
    ]);
  });
}
