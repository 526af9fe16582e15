import { expect } from 'chai';
import { readTree } from '../house/tree.ts';
import { makeReformOffice, published } from './reform-office.ts';
import { walk, type Walked } from './walk.ts';

describe('a dataset that was added by files alone: the reform tasks the banner reports', function () {
  this.timeout(60_000);
  const all = published.自治区 + published.市 + published.旗;
  let walked: Walked;
  before(async () => {
    walked = await walk('sites/reform', ['reform-tasks', 'reform-tasks-sweep'], makeReformOffice);
  });

  it('is at the region task by task, without those called off', () => {
    expect(all).to.equal(1099);
    expect(walked.comparison, JSON.stringify(walked.comparison.examples)).to.include({ equal: true, duplicates: 0, found: all - 10 - 3 });
  });
  it('has the three that are not right set aside with their reason, and no other', () => {
    expect([walked.wrong, walked.cleanAside, walked.fates]).to.deep.equal([[], [], 3]);
  });
  it('sends nothing a second time', () => {
    expect(walked.runs[1]).to.include({ delivered: 0, pending: 0, same: all - 10 - 3, quarantined: 3 });
  });
  it('is named by no line of code', () => {
    const naming = [...readTree(['src', 'adapters', 'simulator', 'console', 'bin'], ['.ts', '.js'])].filter(([, text]) => /(?<![a-z])reform/i.test(text)).map(([path]) => path);
    expect(naming).to.deep.equal([]);
  });
});
