import { expect } from 'chai';
import { cronWords } from '../../console/server/cron-words.ts';
import { readWords } from '../../console/server/words.ts';
import { Hall, shippedSite } from './hall.ts';

const words = readWords();

describe('a timetable in words', () => {
  for (const [cron, chinese, english] of [
    ['* * * * *', '每分钟', 'every minute'],
    ['*/5 * * * *', '每 5 分钟', 'every 5 minutes'],
    ['15 * * * *', '每小时第 15 分', 'every hour at minute 15'],
    ['40 2 * * *', '每天 02:40', 'every day at 02:40'],
    ['0 8,18 * * *', '每天 08:00、18:00', 'every day at 08:00、18:00'],
    ['*/10 8-18 * * *', '8 时至 18 时每 10 分钟', 'from 8:00 to 18:59 every 10 minutes'],
    ['0 3 * * 1', '每周一 03:00', 'each Monday 03:00'],
    ['0 3 1 * *', '每月 1 日 03:00', 'on day 1 of each month 03:00'],
    ['0 3 1 6 *', '6 月1 日 03:00', 'in month 6 on day 1 03:00'],
    ['7,9,23,51 1,3,5 * * *', '7,9,23,51 1,3,5 * * *', '7,9,23,51 1,3,5 * * *'],
  ] as const) {
    it(`says ${cron} as ${chinese}`, () => {
      expect([cronWords(cron, words('zh-CN')), cronWords(cron, words('en'))]).to.deep.equal([chinese, english]);
    });
  }
});

describe('the next times of a timetable', () => {
  it('are those of the site’s zone, wherever the console runs', async () => {
    const site = await shippedSite();
    const hall = await Hall.open({ site: () => ({ ...site, zone: '+06:00' as typeof site.zone }) });
    await hall.setUp();
    const { next } = (await (await hall.as('system')).ask('POST', '/api/cron', { cron: '0 3 * * *' })).json as { readonly next: readonly number[] };
    await hall.close();
    expect(new Date(next[0] ?? 0).toISOString().slice(11, 16)).to.equal('21:00');
  });
});
