import { expect } from 'chai';
import { bothWays, type BothWays } from './both-ways.ts';
import { Rehearsal } from './rehearsal.ts';

describe('cases applied for online', function () {
  this.timeout(120_000);
  const at = new Rehearsal();
  let found: BothWays;
  before(async () => {
    await at.begin('400');
    for (const job of ['items', 'cases', 'licences']) expect((await at.qilian('run', job, '--json')).code).to.equal(0);
    found = await bothWays(at, 40);
  });
  after(() => at.end());

  it('arrive in the county once, under the region\'s numbers, and are acknowledged', () => {
    expect(found).to.include({ issued: 40, entered: 40, copies: 0 });
    expect(Number(found.acknowledged)).to.be.at.least(40);
  });
  it('go up with their progress as changes of what the region has, never as new cases', () => {
    expect(found.acceptOperations).to.equal('U');
  });
  it('are not sent back to where they came from: neither when they arrive, nor when the region corrects them', () => {
    expect([found.echoesBefore, found.echoesAfter]).to.deep.equal([0, 0]);
  });
  it('leave both sides equal', () => {
    expect(found).to.include({ equal: true, differences: 0 });
  });
});
