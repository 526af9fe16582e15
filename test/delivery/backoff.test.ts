import { expect } from 'chai';
import fc from 'fast-check';
import { restBefore } from '../../src/delivery/backoff.ts';

const luck = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the rest before the next try', () => {
  it('lies under a ceiling that doubles from half a second and ends at a minute', () => {
    fc.assert(fc.property(fc.nat(10_000), luck, (attempt, fall) => {
      const rest = restBefore(attempt, 0, () => fall);
      expect(rest).to.be.within(0, Math.min(60_000, 500 * 2 ** Math.min(attempt, 30)));
    }));
  });
  it('is never shorter than the region asked for', () => {
    fc.assert(fc.property(fc.nat(100), fc.nat(900_000), luck, (attempt, asked, fall) => {
      expect(restBefore(attempt, asked, () => fall)).to.be.at.least(asked);
    }));
  });
  it('differs from one to the next, so that not all come back at once', () => {
    expect(restBefore(3, 0, () => 0.25)).to.equal(1000);
    expect(restBefore(3, 0, () => 0.75)).to.equal(3000);
  });
});
