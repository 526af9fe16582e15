import { expect } from 'chai';
import { nextTimes } from '../../src/schedule/next-times.ts';

const after = Date.parse('2026-11-25T23:58:30+08:00');
const next = (cron: string, count = 3): readonly string[] => nextTimes(cron, { after, zoneMinutes: 480, count }).map((at) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16));

describe('the next times of a timetable', () => {
  it('go over midnight in the site’s zone', () => {
    expect(next('*/5 * * * *')).to.deep.equal(['2026-11-26T00:00', '2026-11-26T00:05', '2026-11-26T00:10']);
    expect(next('30 2 * * *')).to.deep.equal(['2026-11-26T02:30', '2026-11-27T02:30', '2026-11-28T02:30']);
  });
  it('are those of a weekday, Sunday written 0 or 7', () => {
    expect(next('0 8 * * 1', 2)).to.deep.equal(['2026-11-30T08:00', '2026-12-07T08:00']);
    expect(next('0 8 * * 7', 1)).to.deep.equal(next('0 8 * * 0', 1));
  });
  it('wait for a 29 February, and never come for a 30', () => {
    expect(next('0 0 29 2 *', 1)).to.deep.equal(['2028-02-29T00:00']);
    expect(next('0 0 30 2 *', 1)).to.deep.equal([]);
  });
});
