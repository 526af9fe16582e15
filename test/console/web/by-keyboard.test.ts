import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { openPage, show, withBrowser } from './browser.ts';
import { everyPage } from './every-page.ts';
import { buttonsOf, comesBack, dialogOf, pressOn, walk } from './keys.ts';
import { ordinary } from './made-up/answers.ts';
import { startMadeUpConsole } from './made-up/console.ts';

describe('every page by keyboard alone', function () {
  const browser = withBrowser(this);
  this.timeout(60_000);
  let running: Awaited<ReturnType<typeof startMadeUpConsole>>;
  let page: Page;

  before(async () => {
    running = await startMadeUpConsole(ordinary);
    ({ page } = await openPage(browser(), running.url));
  });
  after(() => running?.close());

  for (const [path] of everyPage) {
    it(`is walked through with Tab: nothing is for the mouse alone, and the focus is always seen: ${path}`, async () => {
      await show(page, path);
      const { met, ...faults } = await walk(page);
      expect(faults).to.deep.equal({ missed: [], unseen: [], disordered: [] });
      expect(met).to.be.above(10);
    });
    it(`has dialogs that keep the focus, close by Escape and give it back: ${path}`, async () => {
      await show(page, path);
      const faults: string[] = [];
      for (const words of await buttonsOf(page)) {
        await show(page, path);
        if (!await pressOn(page, words, faults.length % 2 === 0 ? 'Enter' : 'Space')) continue;
        const dialog = await dialogOf(page);
        if (dialog === 'none') continue;
        if (dialog === 'elsewhere') faults.push(`${words}: the focus is not in the dialog`);
        const inside = await walk(page);
        for (const fault of ['missed', 'unseen', 'disordered'] as const) faults.push(...inside[fault].map((one) => `${words}: ${fault} ${one}`));
        if (await dialogOf(page) !== 'focused') faults.push(`${words}: Tab leaves the dialog`);
        await page.keyboard.press('Escape');
        const back = await comesBack(page);
        if (back !== '') faults.push(`${words}: ${back}`);
      }
      expect(faults).to.deep.equal([]);
    });
  }
  it('and a page with something for the mouse alone would be noticed', async () => {
    await show(page, '/jobs');
    await page.evaluate(`(() => { const one = document.createElement('a'); one.href = '#/jobs'; one.tabIndex = -1; one.textContent = '只有鼠标'; document.querySelector('main').append(one); })()`);
    expect((await walk(page)).missed).to.deep.equal(['a 只有鼠标']);
  });
});
