import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { openPage, settled, show, withBrowser } from './browser.ts';
import { ordinary, sessionOf } from './made-up/answers.ts';
import { startMadeUpConsole } from './made-up/console.ts';

describe('the console without a mouse', function () {
  const browser = withBrowser(this);
  let running: Awaited<ReturnType<typeof startMadeUpConsole>>;
  let page: Page;
  let signedIn = false;

  before(async () => {
    running = await startMadeUpConsole({
      ...ordinary,
      getSession: () => (signedIn ? sessionOf() : { state: 'none' }),
      logIn: () => {
        signedIn = true;
        return sessionOf();
      },
      pauseJob: () => ({ done: true }),
    });
    ({ page } = await openPage(browser(), running.url));
  });
  after(() => running?.close());

  const tab = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) await page.keyboard.press('Tab');
  };
  const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent.trim() || document.activeElement.getAttribute("aria-label") || document.activeElement.name || document.activeElement.tagName') as Promise<string>;
  const tabTo = async (words: string): Promise<void> => {
    for (let step = 0; step < 60; step += 1) {
      if ((await focused()) === words) return;
      await tab(1);
    }
    throw new Error(`Tab never comes to ${words}`);
  };

  const focusComesTo = async (words: string): Promise<void> => {
    for (const until = performance.now() + 8_000; (await focused()) !== words;) {
      if (performance.now() > until) throw new Error(`the focus is on ${await focused()} and never comes to ${words}`);
      await page.evaluate('new Promise((done) => setTimeout(done, 15))');
    }
  };

  it('is signed into: the cursor stands in the first field, and Enter goes on', async () => {
    await page.keyboard.type('wuyun');
    await tab(1);
    await page.keyboard.type('Horses-Run-2026!');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '总览' }).waitFor();
    await settled(page);
  });
  it('reads the heading of a new page first, and offers to skip the menu', async () => {
    await focusComesTo('总览');
    for (let step = 0; step < 30 && (await focused()) !== '跳到正文'; step += 1) await page.keyboard.press('Shift+Tab');
    expect(await focused()).to.equal('跳到正文');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).to.equal('main');
  });
  it('goes through the menu, shows where the focus is, and opens a page with Enter', async () => {
    for (let step = 0; step < 60 && (await focused()) !== '任务'; step += 1) await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).to.equal('solid');
    await page.keyboard.press('Enter');
    await focusComesTo('任务');
    await settled(page);
  });
  it('opens a dialog, keeps the focus in it, does the deed and comes back to where it was', async () => {
    await tabTo('暂停');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await tabTo('reason');
    await page.keyboard.type('窗口系统维护');
    for (let step = 0; step < 12; step += 1) {
      await tab(1);
      expect(await page.evaluate('document.activeElement.closest("[role=dialog]") !== null'), await focused()).to.equal(true);
    }
    await tabTo('暂停');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect(running.asked).to.include('POST /api/jobs/items/pause');
  });
  it('leaves a dialog by Escape without doing anything', async () => {
    const before = running.asked.filter((one) => one.startsWith('POST')).length;
    await page.getByRole('button', { name: '改时间' }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(running.asked.filter((one) => one.startsWith('POST') && !one.endsWith('/cron'))).to.have.length(before);
  });
  it('moves between tabs by the arrows', async () => {
    await show(page, '/mappings/licences');
    await tabTo('字段与例子');
    await page.keyboard.press('ArrowRight');
    await focusComesTo('真实数据预演');
    await page.getByRole('tab', { selected: true, name: '真实数据预演' }).waitFor();
  });
});
