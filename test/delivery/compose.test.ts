import { expect } from 'chai';
import fc from 'fast-check';
import { compose, plannedOf, type Load, type Planned } from '../../src/delivery/compose.ts';
import { seal } from '../fakes/made-up-county.ts';

/** An envelope with rows of these tables, of which the first `position` have arrived. */
function planned(seq: number, tables: readonly string[], about: { readonly position?: number; readonly letters?: number } = {}): Planned {
  const records = tables.map((table, index) => seal(table, { row_guid: `${seq}-${index}`, name: 'x'.repeat(about.letters ?? 1) }));
  return plannedOf({ recordId: seq, ledger: null, envelope: { seq, dataset: 'd', version: 1, operation: 'put', fingerprint: '', records, position: about.position ?? 0 } });
}

const plain = { records: 500, bytes: 2_000_000 };
const shape = (loads: readonly Load[]): readonly string[] => loads.map((load) => `${load.table} ${load.members.map(({ seq, from, count }) => `${seq}:${from}+${count}`).join(' ')}${load.full ? ' full' : ''}`);

describe('filling batches', () => {
  it('takes the oldest first, and calls a batch full when it holds as many as the region takes', () => {
    expect(shape(compose([1, 2, 3, 4, 5].map((seq) => planned(seq, ['t'])), { ...plain, records: 2 }))).to.deep.equal(['t 1:0+1 2:0+1 full', 't 3:0+1 4:0+1 full', 't 5:0+1']);
  });
  it('takes of each envelope the next rows of one table only', () => {
    expect(shape(compose([planned(1, ['a', 'b', 'b']), planned(2, ['a', 'b', 'b', 'c'], { position: 1 })], plain))).to.deep.equal(['a 1:0+1', 'b 2:1+2']);
  });
  it('cuts an envelope whose rows do not all fit', () => {
    expect(shape(compose([planned(1, ['t', 't', 't', 't', 't'])], { ...plain, records: 3 }))).to.deep.equal(['t 1:0+3 full']);
  });
  it('sends a row that is larger than a batch alone: the region may refuse it, nobody else', () => {
    expect(shape(compose([planned(1, ['t']), planned(2, ['t'], { letters: 5_000 }), planned(3, ['t'])], { ...plain, bytes: 2_000 }))).to.deep.equal(['t 1:0+1 full', 't 2:0+1 full', 't 3:0+1']);
  });
  it('never puts more into a batch than fits, forgets nobody, and has nobody in two', () => {
    const some = fc.array(fc.record({ tables: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 4 }), letters: fc.nat(300) }), { maxLength: 30 });
    fc.assert(fc.property(some, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 700, max: 3_000 }), (envelopes, records, bytes) => {
      const all = envelopes.map(({ tables, letters }, index) => planned(index, tables, { letters }));
      const loads = compose(all, { records, bytes });
      const seqs = loads.flatMap((load) => load.members.map((member) => member.seq));
      expect(seqs.toSorted((a, b) => a - b)).to.deep.equal(all.map((one) => one.envelope.seq));
      for (const load of loads) {
        expect(load.entries.length).to.be.within(1, records);
        if (load.entries.length > 1) expect(load.entries.reduce((sum, entry) => sum + Buffer.byteLength(entry.body), 0)).to.be.at.most(bytes);
        expect(load.members.reduce((sum, member) => sum + member.count, 0)).to.equal(load.entries.length);
        expect(new Set(load.entries.map((entry) => entry.table))).to.deep.equal(new Set([load.table]));
      }
    }));
  });
});
