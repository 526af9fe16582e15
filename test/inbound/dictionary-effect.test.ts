import { expect } from 'chai';
import { dictionaryIn, effectOf } from '../../src/inbound/dictionary-effect.ts';
import { contractData } from '../fixtures/contract.ts';
import { caseMapping } from '../fixtures/mapping.ts';

describe('a new code list of the region', () => {
  const event = (entries: Readonly<Record<string, string>>) => effectOf({ name: 'event', version: '2', entries }, contractData(), [caseMapping()]);

  it('shows what it adds, takes away and calls differently', () => {
    expect(event({ '1': '通过', '2': '退回补正', '3': '中止' })).to.deep.include({ known: true, added: ['3'], removed: [], renamed: [{ code: '2', before: '退回', after: '退回补正' }], broken: [] });
  });
  it('shows which entries of the county’s code tables it would break, field by field', () => {
    expect(event({ '1': '通过' })).to.deep.include({ removed: ['2'], broken: [{ dataset: 'cases', field: 'up_pro_process.event_name', table: 'event', from: 'B', to: '2' }] });
  });
  it('looks into fields that hold several codes', () => {
    const { broken } = effectOf({ name: 'level', version: '2', entries: { '3': '市级' } }, contractData(), [caseMapping()]);
    expect(broken.map((one) => `${one.field} ${one.from}`)).to.deep.equal(['up_pro_accept.use_level X']);
  });
  it('has no effect where no field uses it', () => {
    expect(effectOf({ name: 'other', version: '1', entries: { a: '甲' } }, contractData(), [caseMapping()])).to.deep.include({ known: false, broken: [] });
  });
  it('is no list when it has no entries, or entries without a label', () => {
    for (const entries of [undefined, [], {}, { a: '' }, { a: 1 }]) expect(dictionaryIn({ dictionary: 'event', entries })).to.equal(null);
    expect(dictionaryIn({ dictionary: 'event', version: '2', entries: { a: '甲' } })).to.deep.equal({ name: 'event', version: '2', entries: { a: '甲' } });
  });
});
