import { expect } from 'chai';
import { epoint } from '../../demo/vendors/epoint/vendor.ts';
import { pinyin } from '../../demo/vendors/pinyin/vendor.ts';
import { generateVendor } from '../../demo/vendors/generate.ts';
import { walk, type Walked } from './walk.ts';

for (const vendor of [epoint, pinyin]) {
  describe(`a county whose hall is by ${vendor.name}`, function () {
    this.timeout(60_000);
    let walked: Walked;
    before(async () => {
      walked = await walk(`sites/${vendor.name}`, ['items', 'cases', 'licences'], (files) => generateVendor(vendor, { ...files, seed: 1 }));
    });

    it('is at the region record by record, exactly as its rows mean it', () => {
      expect(walked.comparison, JSON.stringify(walked.comparison.examples, null, 1)).to.include({ equal: true, missing: 0, extra: 0, different: 0, duplicates: 0 });
      expect(walked.comparison.found).to.be.greaterThan(300);
    });
    it('has every kind of dirt set aside or repaired as it should be, and nothing else set aside', () => {
      expect(walked.cleanAside).to.deep.equal([]);
      expect(walked.wrong).to.deep.equal([]);
      expect(walked.fates).to.equal(vendor.dirt.length);
    });
    it('accounts for every row: read is delivered, set aside and the same', () => {
      for (const run of walked.runs) expect(run.read, run.job).to.equal(run.delivered + run.quarantined + run.same);
    });
  });
}
