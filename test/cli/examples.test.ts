import { expect } from 'chai';
import type { Parts } from '../../src/cli/parts.ts';
import { terminal } from '../fakes/parts-in-memory.ts';

/** The shipped site, in which one example of licences says otherwise. */
function withOneWrong(): Partial<Parts> {
  const { parts } = terminal();
  return {
    loadSite: async (options) => {
      const loaded = await parts.loadSite(options);
      if (!('site' in loaded)) return loaded;
      const [licence] = loaded.site.examples.filter((one) => one.dataset === 'licences');
      if (licence === undefined) throw new Error('the shipped site has no example of a licence');
      const expects = { gone: false, fields: { 'up_lic_data.issue_dept': '别处' }, counts: {}, problems: [] };
      return { site: { ...loaded.site, examples: [{ ...licence, title: '说错的例子', file: 'x.yaml', line: 7, expects, change: { ...licence.change, row: { ...licence.change.row, BFRQ: null } } }] } };
    },
  };
}

describe('qilian test', () => {
  it('says in one line that every example holds, and ends with 0', async () => {
    const { type, said } = terminal();
    expect(await type('test')).to.equal(0);
    expect(said).to.have.length(1);
    expect(said[0]).to.match(/^试了 \d+ 个例子，0 个不符$/);
  });
  it('tells file, line and each difference, in the language asked for, and ends with 1', async () => {
    const { type, said } = terminal(withOneWrong());
    expect(await type('test', 'licences', '--lang', 'en')).to.equal(1);
    expect(said).to.deep.equal([
      'x.yaml:7 说错的例子',
      '  what becomes of the row: expected is sent, found is set aside',
      '  problem: expected —, found refuse VALUE_MISSING up_lic_data.issue_date',
      '  up_lic_data.issue_dept: expected "别处", found —',
      '1 examples tried, 1 different',
    ]);
  });
  it('tells the same to machines', async () => {
    const { type, said } = terminal(withOneWrong());
    expect(await type('test', '--json')).to.equal(1);
    expect(JSON.parse(said[0] ?? '')).to.deep.include({ examples: 1 });
  });
  it('knows which datasets there are', async () => {
    const { type, complaints } = terminal();
    expect(await type('test', 'licence')).to.equal(1);
    expect(complaints.join()).to.contain('DATASET_UNKNOWN');
  });
});
