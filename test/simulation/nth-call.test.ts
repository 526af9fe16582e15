import { expect } from 'chai';
import { everyCall } from './nth-call.ts';

describe('a call to store, county or region that goes wrong once', function () {
  this.timeout(60_000);

  for (const [fault, says] of [
    ['fail-before', 'and has done nothing'], ['fail-after', 'although it has done its work'], ['hang', 'by never answering, so that the process has to be killed'],
  ] as const) {
    it(`${says}, loses nothing and has no effect twice, whichever call it is`, async () => {
      // Some of the calls here, in steps; QILIAN_TEST_STEP=1 plays all of them.
      const { breaches, played } = await everyCall(fault, { seed: 7, step: Number(process.env['QILIAN_TEST_STEP'] ?? 7) });
      expect(breaches).to.deep.equal([]);
      expect(played).to.be.above(20);
    });
  }
});
