import { expect } from 'chai';
import * as fc from 'fast-check';
import { namesDay, patternReader, patternTokens, patternWriter } from '../../src/mapping/date-pattern.ts';

describe('a date pattern', () => {
  for (const pattern of ['yyyy-MM-dd', 'yyyyMMddHHmmss', 'yyyy年M月d日', 'dd.MM.yyyy H:mm', 'yyyy-MM-dd HH:mm:ss.SSS']) {
    it(`${pattern} names a day`, () => expect(namesDay(pattern)).to.equal(true));
  }
  for (const pattern of ['yyyy', 'HH:mm:ss', 'yy-MM-dd', 'YYYY-MM-DD', 'yyyy-MM-MM', 'yyyy-MM-ddTHH', '']) {
    it(`${JSON.stringify(pattern)} cannot be used to read a day`, () => expect(namesDay(pattern)).to.equal(false));
  }
  it('may write a part of a date', () => expect(patternTokens('yyyy')).to.have.length(1));
  it('reads the whole text or nothing', () => {
    const read = patternReader('yyyyMMdd');
    for (const text of ['2026070', '202607011', ' 20260701', '2026O701', '20260732']) expect(read(text), text).to.equal(null);
  });
  it('reads what it wrote, for every moment', () => {
    const pattern = 'yyyy-MM-dd HH:mm:ss.SSS';
    const [read, write] = [patternReader(pattern), patternWriter(pattern)];
    const moment = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 23).replace('T', ' '));
    fc.assert(fc.property(moment, (text) => {
      const found = read(text);
      return found !== null && write(found) === text;
    }));
  });
});
