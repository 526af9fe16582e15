import { hash } from 'node:crypto';
import { expect } from 'chai';
import { wrapper } from '../../../adapters/region-http/wrap.ts';
import type { Entry } from '../../../src/record/batch.ts';
import { shippedProfile } from '../../fakes/shipped-profile.ts';

const label = { no: '150626202611231500000abcdefghijk', table: 'up_lic_data', time: '2026-11-23 15:00:00' };
const entry = (rowGuid: string, operation: Entry['operation'], name: string): Entry => ({
  table: 'up_lic_data', rowGuid, operation, digest: '', body: operation === 'remove' ? JSON.stringify({ row_guid: rowGuid }) : JSON.stringify({ row_guid: rowGuid, name }),
});
const entries = [entry('1', 'create', '𠮷田“引号”\n'), entry('2', 'update', 'ᠮᠣᠩᠭᠣᠯ'), entry('3', 'remove', '')];

describe('the bytes of a batch', () => {
  it('are the same for the same label and entries, for ever', () => {
    const [one, two] = [wrapper(shippedProfile()), wrapper(shippedProfile())].map((wrap) => wrap(label, entries));
    expect(one).to.deep.equal(two);
    expect(one?.digest).to.equal('5eb9554644de4f32f8ad86249096c9b0040fbdef6b9ffe373e306ce775576dd3');
  });
  it('carry each record with its business fields and the control fields of the profile', () => {
    const { body } = wrapper(shippedProfile())(label, entries);
    const sent = JSON.parse(Buffer.from(body).toString()) as { records: unknown[] };
    const control = { cd_time: label.time, cd_batch: label.no, data_source: '150' };
    expect(sent.records).to.deep.equal([
      { row_guid: '1', name: '𠮷田“引号”\n', cd_operation: 'I', ...control },
      { row_guid: '2', name: 'ᠮᠣᠩᠭᠣᠯ', cd_operation: 'U', ...control },
      { row_guid: '3', cd_operation: 'D', ...control },
    ]);
  });
  it('say how many records there are and their SM3, over the very text of the records', () => {
    const parcel = wrapper(shippedProfile())(label, entries);
    const text = Buffer.from(parcel.body).toString();
    const records = text.slice(text.indexOf('"records":') + '"records":'.length, -1);
    const head = JSON.parse(text) as Record<string, unknown>;
    expect({ ...head, records: null }).to.deep.equal({ batchNo: label.no, dataSource: '150', count: 3, digest: hash('sm3', records), records: null });
    expect(parcel).to.include({ no: label.no, table: 'up_lic_data', count: 3, digest: hash('sm3', records) });
  });
  it('differ when the label or one entry differs', () => {
    const wrap = wrapper(shippedProfile());
    const digests = [wrap(label, entries), wrap({ ...label, no: 'other' }, entries), wrap({ ...label, time: '2026-11-23 15:00:01' }, entries), wrap(label, entries.slice(1))].map((one) => one.digest);
    expect(new Set(digests).size).to.equal(4);
  });
});
