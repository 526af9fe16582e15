import { expect } from 'chai';
import { PageRows, weightOf } from '../../../adapters/county-sql/page-rows.ts';

describe('the pages of a table', () => {
  it('are short at first, grow fourfold, and are never longer than asked for', () => {
    const pages = new PageRows();
    const lengths = [0, 1, 2, 3].map(() => {
      const rows = pages.of('cert', 6000);
      pages.learn('cert', rows, rows * 200);
      return rows;
    });
    expect(lengths).to.deep.equal([500, 2000, 6000, 6000]);
    expect(pages.of('cert', 10)).to.equal(10);
  });
  it('have as many heavy rows as memory bears, one at least, and grow again when rows are light', () => {
    const pages = new PageRows();
    pages.learn('cert', 500, 500 * 100_000);
    expect(pages.of('cert', 6000)).to.equal(160);
    pages.learn('cert', 160, 160 * 20_000_000);
    expect(pages.of('cert', 6000)).to.equal(1);
    pages.learn('cert', 1, 200);
    expect(pages.of('cert', 6000)).to.equal(500);
  });
  it('are told of each table apart, and learn nothing from an empty one', () => {
    const pages = new PageRows();
    pages.learn('cert', 10, 10 * 16_000_000);
    pages.learn('kind', 0, 0);
    expect([pages.of('cert', 6000), pages.of('kind', 6000)]).to.deep.equal([1, 500]);
  });
  it('weigh what their texts weigh', () => expect(weightOf([{ A: '旗县', B: 1, C: null }, { A: 'x', B: 'yz', C: null }])).to.equal(5));
});
