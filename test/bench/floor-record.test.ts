import { expect } from 'chai';
import { goodCitizenId, goodLicenceId, goodUscc } from '../../bench/floor-check-digits.ts';
import { licence, type Types } from '../../bench/floor-record.ts';

const types: Types = new Map([['ZZ0016', ['营业执照', '11100000000013338W032']]]);
const identifier = '1.2.156.3005.2.11100000000013338W032.11150626MB0A12342C.15062600000000000001.001.M';
const row = ['guid-1', identifier, '乌〔2026〕1号', '营业执照', 'ZZ0016', ' 某某商贸有限公司　', '１１１５０６２６MB0A12342c', '2', '某局', '11150626MB0A12342C', '2026年3月4日', '150626'];

describe('the floor', () => {
  const about = (): { readonly today: string; readonly seen: Set<string> } => ({ today: '20261123', seen: new Set() });
  const faultOf = (at: number, value: unknown): unknown => Reflect.get(licence(row.with(at, value as string), types, about()), 'fault');

  it('does the licence job in full: trims, narrows, maps and writes the date', () => {
    const made = licence(row, types, about());
    expect(made).to.include({ guid: 'guid-1', warning: false });
    expect(JSON.parse(String(Reflect.get(made, 'body')))).to.deep.include({
      certificate_holder: '某某商贸有限公司', certificate_holder_code: '11150626MB0A12342C', certificate_holder_type: '001',
      certificate_type: '营业执照', issue_date: '20260304', certificate_area_code: '150626000000',
    });
  });
  it('refuses what the region would refuse', () => {
    expect(faultOf(5, 'NULL')).to.equal('VALUE_MISSING');
    expect(faultOf(5, '𠮷')).to.equal('CHAR_UNSUPPORTED');
    expect(faultOf(2, 'x'.repeat(129))).to.equal('TEXT_TOO_LONG');
    expect(faultOf(4, 'ZZ9999')).to.equal('LOOKUP_MISSING');
    expect(faultOf(6, '11150626MB0A12341C')).to.equal('USCC_WRONG');
    expect(faultOf(10, '2026-02-30')).to.equal('DATE_INVALID');
    expect(faultOf(10, '0001-01-01')).to.equal('DATE_OUT_OF_RANGE');
  });
  it('checks the digits by the standards', () => {
    expect([goodUscc('11152624MB15692311'), goodUscc('11152624MB15692312')]).to.deep.equal([true, false]);
    expect([goodCitizenId('11010519491231002X'), goodCitizenId('110105194912310021')]).to.deep.equal([true, false]);
    expect([goodLicenceId(identifier), goodLicenceId(`${identifier.slice(0, -1)}N`)]).to.deep.equal([true, false]);
  });
});
