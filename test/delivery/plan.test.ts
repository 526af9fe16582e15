import { expect } from 'chai';
import fc from 'fast-check';
import { ledgerAfter, planOf } from '../../src/delivery/plan.ts';
import type { LedgerEntry } from '../../src/port/store.ts';
import type { Envelope, SealedRecord } from '../../src/record/envelope.ts';
import { seal } from '../fakes/made-up-county.ts';

const envelopeOf = (records: readonly SealedRecord[]): Envelope => ({
  seq: 1, dataset: 'cases', version: 2, operation: records.length === 0 ? 'remove' : 'put', fingerprint: 'f', records, position: 0,
});
const ledgerOf = (records: readonly SealedRecord[]): LedgerEntry => ({ version: 1, fingerprint: 'g', rows: records.map(({ table, rowGuid, digest }) => ({ table, rowGuid, digest })) });
const row = (guid: string, name: string, table = 'up_pro_process'): SealedRecord => seal(table, { row_guid: guid, name });
const story = (envelope: Envelope, ledger: LedgerEntry | null): readonly string[] => planOf(envelope, ledger).map((entry) => `${entry.operation} ${entry.rowGuid}`);

/** Some rows, no two in one place. */
const rows = fc.uniqueArray(fc.record({ guid: fc.integer({ min: 0, max: 5 }).map(String), name: fc.constantFrom('A', 'B'), table: fc.constantFrom('up_a', 'up_b') }), { maxLength: 8, selector: ({ guid, table }) => `${table} ${guid}` })
  .map((list) => list.map(({ guid, name, table }) => row(guid, name, table)));

describe('what is asked of the region', () => {
  it('is to create every row, in order, when it has none', () => {
    expect(story(envelopeOf([row('1', 'A'), row('2', 'A')]), null)).to.deep.equal(['create 1', 'create 2']);
  });
  it('is to create what it lacks, update what differs, and remove what is no longer there, last first', () => {
    const ledger = ledgerOf([row('1', 'A'), row('2', 'A'), row('3', 'A'), row('4', 'A')]);
    expect(story(envelopeOf([row('1', 'A'), row('2', 'B'), row('5', 'A')]), ledger)).to.deep.equal(['update 2', 'create 5', 'remove 4', 'remove 3']);
  });
  it('is nothing when it has just that', () => {
    const records = [row('1', 'A'), row('2', 'B')];
    expect(story(envelopeOf(records), ledgerOf(records))).to.deep.equal([]);
  });
  it('keeps rows of two tables apart though they have one identifier', () => {
    expect(story(envelopeOf([row('1', 'A', 'up_a')]), ledgerOf([row('1', 'A', 'up_b')]))).to.deep.equal(['create 1', 'remove 1']);
  });
  it('of a row that it has more than once is to remove the newer copies first, and then what the oldest lacks', () => {
    const [oldest, newer] = [row('1', 'A'), row('1', 'B')];
    expect(story(envelopeOf([row('1', 'B')]), ledgerOf([oldest, newer, row('2', 'A'), newer]))).to.deep.equal(['remove 1', 'remove 1', 'update 1', 'remove 2']);
    expect(story(envelopeOf([oldest]), ledgerOf([oldest, newer]))).to.deep.equal(['remove 1']);
    expect(ledgerAfter(envelopeOf([oldest]), ledgerOf([oldest, newer]), planOf(envelopeOf([oldest]), ledgerOf([oldest, newer])))?.rows).to.deep.equal(ledgerOf([oldest]).rows);
  });
  it('of a removal is only the key', () => {
    expect(planOf(envelopeOf([]), ledgerOf([row('"1"', 'A')]))[0]?.body).to.equal('{"row_guid":"\\"1\\""}');
  });
  it('leads, step by step, from whatever it has to just this version, and then asks for nothing more', () => {
    fc.assert(fc.property(rows, rows, fc.nat(20), fc.boolean(), (before, after, stop, twice) => {
      const envelope = envelopeOf(after);
      const ledger = before.length === 0 ? null : ledgerOf(twice ? [...before, ...before.slice(0, 2)] : before);
      const plan = planOf(envelope, ledger);
      const half = ledgerAfter(envelope, ledger, plan.slice(0, Math.min(stop, plan.length)));
      const whole = ledgerAfter(envelope, half, planOf(envelope, half));
      const placed = (list: LedgerEntry['rows']): readonly string[] => list.map(({ table, rowGuid, digest }) => `${table} ${rowGuid} ${digest}`).toSorted();
      expect(placed(whole?.rows ?? [])).to.deep.equal(placed(ledgerOf(after).rows));
      expect(planOf(envelope, whole)).to.deep.equal([]);
    }));
  });
});
