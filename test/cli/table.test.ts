import { expect } from 'chai';
import { tableLines, widthOf } from '../../src/cli/table.ts';

describe('a table on a terminal', () => {
  it('gives Chinese and full-width signs two columns, letters and Mongolian one', () => {
    expect(widthOf('证照 licences')).to.equal(13);
    expect(widthOf('（１）')).to.equal(6);
    expect(widthOf('ᠮᠣᠩ')).to.equal(3);
    expect(widthOf('')).to.equal(0);
  });
  it('has its columns one below the other, numbers to the right and grouped', () => {
    const lines = tableLines(['分类', '读取', '结果'], [['电子证照', 233_000, '已完成'], ['事项', 7, '尚有在途']]);
    expect(lines).to.deep.equal([
      '分类         读取  结果',
      '───────────────────────────',
      '电子证照  233,000  已完成',
      '事项            7  尚有在途',
    ]);
  });
  it('is only its heads when there is nothing in it', () => {
    expect(tableLines(['代码', '条数'], [])).to.deep.equal(['代码  条数', '──────────']);
  });
  it('gives a rare character beyond U+FFFF two columns', () => {
    expect(widthOf('𠮷')).to.equal(2);
  });
});
