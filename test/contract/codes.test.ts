import { expect } from 'chai';
import { isHandlingItemCode } from '../../src/contract/item-code.ts';
import { phoneIn } from '../../src/contract/phone.ts';
import { isRegionCode, isWithin } from '../../src/contract/region-code.ts';

describe('the handling item code', () => {
  const item = '11150626MB0A12342C4150123001000';
  it('is the item code and two digits', () => {
    expect(isHandlingItemCode(`${item}01`)).to.equal(true);
    for (const text of [item, `${item}0A`, `${item}001`, `${item.replace('2C4', '2D4')}01`]) expect(isHandlingItemCode(text), text).to.equal(false);
  });
});

describe('an administrative area code', () => {
  for (const code of ['150000', '150600', '150626', '150626102', '150626000', '150626102201', '150626000000']) it(`may be ${code}`, () => expect(isRegionCode(code)).to.equal(true));
  for (const [code, why] of [
    ['150026', 'a county without its city'], ['150626000201', 'a village without its town'], ['000000', 'no province'], ['990000', 'a province that is none'],
    ['15062', 'a digit too few'], ['1506261', 'neither 6, 9 nor 12 digits'], ['15062A', 'a letter'], ['', 'nothing'],
  ] as const) it(`is not ${code}: ${why}`, () => expect(isRegionCode(code)).to.equal(false));
  it('lies within what it begins with, whatever the lengths', () => {
    expect(isWithin('150626102201', '150626102000')).to.equal(true);
    expect(isWithin('150626102', '150600')).to.equal(true);
    expect(isWithin('150626', '150626000000')).to.equal(true);
    expect(isWithin('150626103201', '150626102000')).to.equal(false);
    expect(isWithin('150626', '150626102')).to.equal(false);
  });
});

describe('a telephone number in a text', () => {
  it('is one that can be dialled from anywhere', () => {
    expect(phoneIn('电话：0477-7581234（演示）')).to.equal('04777581234');
    expect(phoneIn('手机 13800000000 或 0477-7581234')).to.equal('13800000000');
    expect(phoneIn('拨打 0477－12345')).to.equal('047712345');
    expect(phoneIn('400-000-1234')).to.equal('4000001234');
  });
  it('is not one without its area code, nor a part of a longer number', () => {
    for (const text of ['电话：7581234', '窗口 3 号', '150626199001011239', '']) expect(phoneIn(text), text).to.equal('');
  });
});
