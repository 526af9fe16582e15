import { expect } from 'chai';
import type { DatasetFigures, Figures } from '../../console/server/figures.ts';
import { overviewCells } from '../../console/server/overview.ts';
import { overviewPage } from '../../console/server/page.ts';
import { readWords } from '../../console/server/words.ts';

const words = readWords();
const at = Date.parse('2026-11-23T23:30:05+08:00');
const licences: DatasetFigures = {
  name: 'licences', title: '电子证照', region: 232_611, waiting: 580, quarantined: 389, delivered: 233_114,
  oldestWaitingAt: at - 733_000,
  lastRun: {
    id: 1, job: 'licences', dataset: 'licences', mode: 'changes', state: 'pending', failure: null,
    startedAt: at - 305_000, endedAt: at - 264_000,
    counts: { read: 1200, delivered: 583, quarantined: 37, same: 0, pending: 580 },
  },
  nextRun: Date.parse('2026-11-24T02:40:00+08:00'),
};
const items: DatasetFigures = { name: 'items', title: '事项', region: 1867, waiting: 0, quarantined: 0, delivered: 1900, oldestWaitingAt: null, lastRun: null, nextRun: null };
const figures: Figures = { site: '某旗 <演示>', at, datasets: [items, licences], breaker: { state: 'closed', since: null, reason: null } };

describe('the overview', () => {
  const cells = overviewCells(figures, words('zh-CN'));

  it('adds up what the region has from us over all datasets', () => {
    expect(cells['all.region']?.text).to.equal('234,478');
    expect(cells['all.waiting']?.text).to.equal('580');
  });
  it('shows how long the oldest record has been waiting', () => {
    expect(cells['licences.oldest']?.text).to.equal('12 分钟');
    expect(cells['items.oldest']).to.deep.equal({ text: '—', tone: 'quiet' });
  });
  it('shows times in the region’s zone, and says when they are not today', () => {
    expect(cells['licences.runTime']?.text).to.equal('23:25');
    expect(cells['licences.next']?.text).to.equal('明天 02:40');
    expect(cells['updated']?.text).to.equal('截至 2026-11-23 23:30:05');
  });
  it('shows the counts of the last run, which add up', () => {
    expect(cells['licences.counts']?.text).to.equal('读取 1,200 · 送达 583 · 未变 0 · 隔离 37 · 在途 580');
  });
  it('says that a dataset has never run, or runs by hand only', () => {
    expect(cells['items.run']?.text).to.equal('尚未运行');
    expect(cells['items.next']?.text).to.equal('仅手动');
  });
  it('lights the lamp red, with since when and why, while sending is paused', () => {
    const open = overviewCells({ ...figures, breaker: { state: 'open', since: at - 600_000, reason: 'FIGURES_UNAVAILABLE' } }, words('zh-CN'));
    expect(open['breaker.state']).to.deep.equal({ text: '暂停上报', tone: 'bad' });
    expect(open['breaker.detail']?.text).to.equal('自 23:20 · 读不到网关的账');
  });
  it('says in words why the region is not reached, and leaves the region’s own words as they are', () => {
    const why = (reason: string): string | undefined =>
      overviewCells({ ...figures, breaker: { state: 'half-open', since: null, reason } }, words('zh-CN'))['breaker.detail']?.text;
    expect(why('ECONNREFUSED')).to.equal('对方拒绝连接');
    expect(why('ANSWER_UNREADABLE HTTP 502')).to.equal('答复读不懂 HTTP 502');
    expect(why('503 系统繁忙')).to.equal('503 系统繁忙');
  });
  it('colours quarantined records only when there are some', () => {
    expect(cells['licences.quarantined']?.tone).to.equal('watch');
    expect(cells['items.quarantined']?.tone).to.equal('quiet');
  });
  it('speaks English when asked', () => {
    expect(overviewCells(figures, words('en'))['licences.run']?.text).to.equal('done, some on their way');
  });
});

describe('the first page', () => {
  it('holds every cell, so that a refresh finds its place', () => {
    const page = overviewPage(figures, words('zh-CN'));
    for (const name of Object.keys(overviewCells(figures, words('zh-CN')))) expect(page).to.include(`data-cell="${name}"`);
  });
  it('escapes what it is given', () => {
    expect(overviewPage(figures, words('zh-CN'))).to.include('某旗 &#60;演示&#62;').and.not.include('<演示>');
  });
  it('has no text without words: nothing looks like a key', () => {
    for (const language of ['zh-CN', 'en']) expect(overviewPage(figures, words(language))).to.not.match(/console\.\w+/);
  });
});
