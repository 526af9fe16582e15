import { expect } from 'chai';
import { indicatorsFile } from '../../src/config/indicators-file.ts';
import type { Mistake } from '../../src/config/mistake.ts';
import { openSheet } from '../../src/config/spot.ts';
import type { Indicator } from '../../src/mapping/indicator.ts';

const read = (measure: string): { readonly found: readonly Indicator[] | undefined; readonly mistakes: readonly string[] } => {
  const mistakes: Mistake[] = [];
  const root = openSheet(`indicators:\n  - { id: a, title: 甲, unit: 项, formula: 口径, measure: ${measure} }\n`, { file: 'indicators/a.yaml', mistakes });
  const found = root === undefined ? undefined : indicatorsFile({ tables: undefined, datasets: ['items'], sources: ['hall'] })(root);
  return { found, mistakes: mistakes.map((one) => `${one.line}:${one.column} ${one.code}`) };
};

describe('a file of indicators', () => {
  it('is read with its definition as data', () => {
    const { found, mistakes } = read('{ count: { dataset: items, where: [{ field: t.a, is: ["1"] }] } }');
    expect(mistakes).to.deep.equal([]);
    expect(found?.[0]?.measure).to.deep.equal({ kind: 'count', dataset: 'items', where: [{ fields: [{ table: 't', field: 'a' }], is: ['1'] }] });
  });
  for (const [what, measure, code] of [
    ['a dataset nobody maps', '{ count: { dataset: item } }', 'DATASET_UNKNOWN'],
    ['a source nobody declared', '{ county: { source: halle, table: T, key: K } }', 'SOURCE_UNKNOWN'],
    ['a measure nobody knows', '{ sum: { dataset: items } }', 'UNKNOWN_KEY'],
    ['two measures at once', '{ count: { dataset: items }, none: { because: 不知道 } }', 'UNKNOWN_KEY'],
    ['a condition without a test', '{ count: { dataset: items, where: [{ field: t.a }] } }', 'CONDITION_UNCLEAR'],
    ['a condition with two tests', '{ count: { dataset: items, where: [{ field: t.a, is: ["1"], contains: x }] } }', 'CONDITION_UNCLEAR'],
    ['hours that are none', '{ count: { dataset: items, where: [{ field: t.a, outsideHours: { weekdays: [1], hours: ["8-12"] } }] } }', 'HOURS_WRONG'],
  ] as const) {
    it(`tells ${what} with its place`, () => {
      const { mistakes } = read(measure);
      expect(mistakes).to.have.length(1);
      expect(mistakes[0]).to.match(new RegExp(`^2:\\d+ ${code}$`));
    });
  }
});
