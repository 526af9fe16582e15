import { expect } from 'chai';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

const whole = { steps: ['受理', '审查'], pauses: ['补正'], papers: ['申请表'], results: ['准予'] };

/** The region wants the case before what belongs to it. */
const acceptFirst = (town: Town): void => {
  town.region.books.needs = (record, table) => (table === 'up_pro_accept' ? null : `up_pro_accept\t${String(record['project_no'])}`);
};

describe('a case with what belongs to it', () => {
  it('arrives in order: accept, process, special, material, result', () => inVirtualTime(inTown(1, async (town) => {
    acceptFirst(town);
    town.county.putCase('C', whole);
    const { state, counts } = await town.run('cases');
    expect({ state, counts }).to.deep.equal({ state: 'done', counts: { read: 1, delivered: 1, quarantined: 0, same: 0, pending: 0 } });
    expect(town.region.books.story()).to.deep.equal([
      'I up_pro_accept/C', 'I up_pro_process/C-steps-1', 'I up_pro_process/C-steps-2', 'I up_pro_special_procedure/C-pauses-1',
      'I up_pro_material/C-papers-1', 'I up_pro_result/C-results-1',
    ]);
  })));
  it('keeps that order for every case when many travel in shared batches over several connections', () => inVirtualTime(inTown(2, async (town) => {
    acceptFirst(town);
    for (let id = 0; id < 60; id += 1) town.county.putCase(`C${id}`, id % 3 === 0 ? {} : whole);
    let flip = 0;
    town.region.latencyMs = () => (flip++ % 3) * 40;
    const { counts } = await town.run('cases', { connections: 3, records: 7, page: 11 });
    expect(counts.delivered).to.equal(60);
    expect(Object.keys(town.region.books.rows('up_pro_result'))).to.have.length(40);
  })));
  it('stops at a refused row: the ledger holds exactly what the region has', () => inVirtualTime(inTown(3, async (town) => {
    town.county.putCase('C', whole);
    town.region.books.refuses = (record) => (record['name'] === '补正' ? '无理由' : null);
    expect((await town.run('cases')).counts).to.include({ delivered: 0, quarantined: 1 });
    const trace = await town.store.trace('cases', 'C');
    expect(trace?.ledger?.rows.map((row) => `${row.table}/${row.rowGuid}`)).to.deep.equal(['up_pro_accept/C', 'up_pro_process/C-steps-1', 'up_pro_process/C-steps-2']);
    expect(town.region.books.size).to.equal(3);
    expect(await town.totals('cases')).to.deep.equal({ atRegion: 1, waiting: 0, quarantined: 1, delivered: 0 });
  })));
  it('sends only what is missing or differs once it is corrected', () => inVirtualTime(inTown(4, async (town) => {
    town.county.putCase('C', whole);
    town.region.books.refuses = (record) => (record['name'] === '补正' ? '无理由' : null);
    await town.run('cases');
    const before = town.region.books.effects.length;
    town.county.putCase('C', { ...whole, steps: ['受理', '复审'], pauses: ['补正材料'] });
    expect((await town.run('cases')).counts.delivered).to.equal(1);
    expect(town.region.books.story(before)).to.deep.equal([
      'U up_pro_process/C-steps-2', 'I up_pro_special_procedure/C-pauses-1', 'I up_pro_material/C-papers-1', 'I up_pro_result/C-results-1',
    ]);
  })));
  it('sends what a half-refused batch of one table lacks, not what it has', () => inVirtualTime(inTown(5, async (town) => {
    town.county.putCase('C', { steps: ['一', '坏', '三'] });
    town.region.books.refuses = (record) => (record['name'] === '坏' ? '否' : null);
    await town.run('cases');
    expect((await town.store.trace('cases', 'C'))?.ledger?.rows.map((row) => row.rowGuid)).to.deep.equal(['C', 'C-steps-1', 'C-steps-3']);
    const before = town.region.books.effects.length;
    town.county.putCase('C', { steps: ['一', '好', '三'] });
    await town.run('cases');
    expect(town.region.books.story(before)).to.deep.equal(['I up_pro_process/C-steps-2']);
  })));
  it('has child rows removed that the county no longer has, last first', () => inVirtualTime(inTown(6, async (town) => {
    town.county.putCase('C', whole);
    await town.run('cases');
    const before = town.region.books.effects.length;
    town.county.putCase('C', { steps: ['受理'], papers: ['申请表'] });
    await town.run('cases');
    expect(town.region.books.story(before)).to.deep.equal(['D up_pro_result/C-results-1', 'D up_pro_special_procedure/C-pauses-1', 'D up_pro_process/C-steps-2']);
  })));
  it('is taken back whole in reverse order', () => inVirtualTime(inTown(7, async (town) => {
    town.county.putCase('C', whole);
    await town.run('cases');
    const before = town.region.books.effects.length;
    town.county.remove('cases', 'C');
    expect((await town.run('cases', { mode: 'sweep' })).state).to.equal('done');
    expect(town.region.books.story(before)).to.deep.equal([
      'D up_pro_result/C-results-1', 'D up_pro_material/C-papers-1', 'D up_pro_special_procedure/C-pauses-1',
      'D up_pro_process/C-steps-2', 'D up_pro_process/C-steps-1', 'D up_pro_accept/C',
    ]);
    expect((await town.store.trace('cases', 'C'))?.ledger).to.equal(null);
  })));
  it('is taken back as far as it ever came', () => inVirtualTime(inTown(8, async (town) => {
    town.county.putCase('C', whole);
    town.region.books.refuses = (record) => (record['name'] === '受理' ? '否' : null);
    await town.run('cases');
    town.county.remove('cases', 'C');
    await town.run('cases', { mode: 'sweep' });
    expect(town.region.books.size).to.equal(0);
    expect(await town.totals('cases')).to.deep.equal({ atRegion: 0, waiting: 0, quarantined: 0, delivered: 1 });
  })));
  it('goes on with its next table after a restart, without sending the first again', () => inVirtualTime(inTown(9, async (town) => {
    town.county.putCase('C', whole);
    town.region.ill = (call) => (call.kind === 'push' && call.table === 'up_pro_process' ? { kind: 'lost-before' } : null);
    expect((await town.run('cases', { patienceMs: 5_000 })).state).to.equal('pending');
    await town.restart();
    town.region.ill = () => null;
    expect((await town.run('cases')).state).to.equal('done');
    expect(town.region.books.story().filter((line) => line.includes('accept'))).to.deep.equal(['I up_pro_accept/C']);
    expect(town.region.books.size).to.equal(6);
  })));
});
