import { expect } from 'chai';
import { compareWithTruth } from '../../demo/compare.ts';
import { changeCounty } from '../../demo/county/change.ts';
import { type Verdict, shippedSite, walkCounty } from './engine-walk.ts';
import { type MadeCounty, ask, madeCounty } from './made-county.ts';

describe('乌审旗’s mappings against a county whose truth is known', () => {
  let county: MadeCounty;
  let walked: Awaited<ReturnType<typeof walkCounty>>;
  before(async () => {
    county = await madeCounty(3);
    walked = await walkCounty(await shippedSite(), county);
  });
  after(() => county.remove());

  it('make every record of the region exactly as it should be, field by field, and no other', async () => {
    const result = await compareWithTruth({ truthFile: county.truthFile, regionFile: walked.regionFile });
    expect(result.examples).to.deep.equal([]);
    expect(result.equal).to.equal(true);
    expect(result.found).to.equal(result.expected);
    expect(result.expected).to.be.greaterThan(5000);
  });

  it('set aside or warn about exactly the dirty records, each with the code it should have', () => {
    expect(wrongFates(county, walked.verdicts)).to.deep.equal([]);
  });

  it('still make everything as it should be after two days of changes', async () => {
    for (const seed of [11, 12]) await changeCounty({ ...county, seed, asOf: '2026-11-21' });
    const later = await walkCounty(await shippedSite(), county);
    const result = await compareWithTruth({ truthFile: county.truthFile, regionFile: later.regionFile });
    expect(result.examples).to.deep.equal([]);
    expect(result.equal).to.equal(true);
    expect(wrongFates(county, later.verdicts)).to.deep.equal([]);
  });
});

/** Dirt whose outcome is not what it should be, and records that were found fault with although they are clean. */
function wrongFates(county: MadeCounty, verdicts: ReadonlyMap<string, Verdict>): readonly string[] {
  const fates = new Map(ask(county.truthFile, 'select * from fate').map((row) => [`${row['dataset']}/${row['key']}`, row]));
  const wrong: string[] = [];
  for (const [name, fate] of fates) {
    const verdict = verdicts.get(name);
    const troubled = fate['outcome'] === 'quarantined' || fate['outcome'] === 'warned';
    const right = troubled ? verdict?.outcome === fate['outcome'] && verdict?.codes.includes(String(fate['code'])) : verdict === undefined;
    if (!right) wrong.push(`${fate['kind']}: ${verdict?.outcome} ${verdict?.codes.join(' ')}`);
  }
  for (const [name, verdict] of verdicts) if (!fates.has(name)) wrong.push(`clean, but ${verdict.outcome} ${verdict.codes.join(' ')}`);
  return wrong;
}
