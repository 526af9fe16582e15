import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { cutOff, openPage, says, seriousFaults, settled, show, withBrowser } from './browser.ts';
import { everyPage } from './every-page.ts';
import { ordinary } from './made-up/answers.ts';
import { Refused, startMadeUpConsole, type Answers, type CallName } from './made-up/console.ts';

type Running = Awaited<ReturnType<typeof startMadeUpConsole>>;

describe('every page of the console', function () {
  const browser = withBrowser(this);
  let running: Running;
  let page: Page;
  let complaints: string[];

  before(async () => {
    running = await startMadeUpConsole(ordinary);
    ({ page, complaints } = await openPage(browser(), running.url));
  });
  after(() => running?.close());

  for (const [path, heading] of everyPage) {
    it(`can be read whole on an office screen and has no serious fault for those who cannot see: ${path}`, async () => {
      await show(page, path);
      if (heading !== '') await says(page.locator('h1').first(), heading);
      expect(await cutOff(page)).to.deep.equal([]);
      expect(await seriousFaults(page)).to.deep.equal([]);
      expect(complaints).to.deep.equal([]);
    });
  }
  it('says in English what it says in Chinese, and remembers the choice', async () => {
    await show(page, '/');
    const before = running.asked.filter((one) => one === 'GET /api/overview').length;
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await settled(page);
    expect(running.asked.filter((one) => one === 'GET /api/overview').length, 'sentences of the server are asked for anew').to.be.above(before);
    await page.reload();
    await settled(page);
    await says(page.locator('h1'), 'Overview');
    await page.locator('html[lang=en]').waitFor();
    for (const [path] of everyPage) {
      await show(page, path);
      expect(await cutOff(page), path).to.deep.equal([]);
    }
    await show(page, '/');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { level: 1, name: '总览' }).waitFor();
  });
});

describe('a page without its answer', function () {
  const browser = withBrowser(this);

  let change: Answers = {};
  let running: Running;
  let page: Page;
  let complaints: string[];

  before(async () => {
    // Asked anew at each call, so that one visitor meets every state.
    running = await startMadeUpConsole(new Proxy(ordinary, { get: (_target, name) => change[name as CallName] ?? ordinary[name as CallName] }));
    ({ page, complaints } = await openPage(browser(), running.url));
  });
  afterEach(async () => {
    change = {};
    expect(await seriousFaults(page)).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
    await show(page, '/');
  });
  after(() => running?.close());

  const visit = async (answers: Answers, path: string): Promise<void> => {
    change = answers;
    await show(page, path);
  };
  const refuse = (status: number, code: string, what: string) => () => {
    throw new Refused(status, code, what);
  };

  for (const [call, path] of [['getIndicators', '/indicators'], ['listComparisons', '/comparisons'], ['listQuarantineGroups', '/quarantine'], ['getQuality', '/quality'], ['listMappings', '/mappings'], ['getSystem', '/system']] as const satisfies readonly (readonly [CallName, string])[]) {
    it(`says honestly that this installation does not have it yet, and shows nothing invented: ${path}`, async () => {
      await visit({ [call]: refuse(501, 'NOT_YET', '本安装尚无此功能') }, path);
      await says(page.locator('main'), '本安装尚无此功能');
      expect(await page.locator('main table').count()).to.equal(0);
    });
  }
  it('says what is wrong and how to try again, and does so', async () => {
    await visit({ listJobs: refuse(503, 'STORE_BUSY', '网关的账暂时读不到') }, '/jobs');
    await says(page.getByRole('alert'), '网关的账暂时读不到', 'STORE_BUSY');
    change = {};
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByRole('rowheader', { name: '事项上报' }).first().waitFor();
  });
  it('says why it is empty', async () => {
    await visit({ listQuarantineGroups: () => ({ total: 0, withinDays: null, groups: [] }) }, '/quarantine');
    await says(page.locator('main'), '没有待处理的异常');
  });
  it('shows what new code lists of the region would do, with what to type; and says when none waits', async () => {
    await visit({}, '/mappings');
    await says(page.locator('main'), '映射或记录受影响', '312 条记录', '请先改好这里说到的对照表', '已取消 3 个编码');
    expect(await page.getByRole('button', { name: '采用', exact: true }).count(), 'of the list that breaks nothing').to.equal(1);
    await visit({}, '/jobs');
    await visit({ listDictionaries: () => ({ lists: [], withdrawn: null, warned: 0 }) }, '/mappings');
    await says(page.locator('main'), '没有待采用的代码表');
    expect(await page.locator('main').getByText('基本目录').count()).to.equal(0);
  });
  it('shows a department the figures of now, or those a month was closed with', async () => {
    await visit({}, `/quality?department=${encodeURIComponent('乌审旗市场监督管理局')}`);
    await says(page.locator('main'), '数据质量通报（2026-11）', '共 50,300 条记录', '待改记录的清单');
    await page.getByRole('combobox', { name: '月份' }).selectOption('2026-10');
    await says(page.locator('main'), '数据质量通报（2026-10）', '共 50,120 条记录', '不再变动');
    expect(await page.getByRole('button', { name: '导出 Excel' }).count()).to.equal(0);
  });
  it('shows batches in doubt where there are any, and concludes one with a reason', async () => {
    await visit({}, '/jobs');
    await says(page.locator('main'), '存疑批次', '1506262611231204A7');
    await page.getByRole('row', { name: '1506262611231204A7' }).getByRole('button', { name: '地区没有收到' }).click();
    await says(page.getByRole('dialog'), '整批退回待发');
    await page.getByRole('dialog').locator('textarea').fill('地区李工电话答复');
    await page.getByRole('dialog').getByRole('button', { name: '地区没有收到' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await visit({}, '/mappings');
    await visit({ listDoubtfulBatches: () => ({ batches: [] }) }, '/jobs');
    await page.getByRole('rowheader', { name: '事项上报' }).first().waitFor();
    expect(await page.locator('main').getByText('存疑批次').count()).to.equal(0);
  });
  it('leads to the sign-in, with a word why, when the session has ended', async () => {
    await visit({ listJobs: refuse(401, 'NOT_SIGNED_IN', '请先登录') }, '/jobs');
    await page.getByRole('heading', { name: '登录' }).waitFor();
    await says(page.getByRole('status'), '已自动退出');
  });
});
