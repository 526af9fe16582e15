import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { builtPages } from './built-pages.ts';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What each page has asked for and not got yet; the stream of events is none of it. */
const asked = new WeakMap<Page, Set<unknown>>();

/** The office screen that everything must be readable on. */
export const office = { width: 1366, height: 768 };

let opening: Promise<Browser> | null = null;
if (typeof after === 'function') after(async () => (await opening?.catch(() => null))?.close());

/** The one browser of all tests; where this machine has none they are skipped aloud, and on the build server they fail. */
export function withBrowser(suite: Mocha.Suite): () => Browser {
  let browser: Browser | null = null;
  suite.timeout(30_000);
  suite.beforeAll(async function open() {
    this.timeout(120_000);
    const executablePath = places.find((one) => existsSync(one));
    if (executablePath === undefined) {
      if (process.env['CI'] === 'true') throw new Error(`no Chromium in ${places.join(', ')}: apt-get install chromium fonts-wqy-microhei`);
      console.error('SKIPPED: no Chromium on this machine, so no page is looked at (apt-get install chromium fonts-wqy-microhei)');
      this.skip();
    }
    await builtPages();
    browser = await (opening ??= chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] }));
  });
  return () => browser ?? fail();
}

/** A fresh visitor's page; what the browser itself complains of is kept. */
export async function openPage(browser: Browser, url: string, size = office): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', baseURL: url });
  const page = await context.newPage();
  const open = new Set<unknown>();
  asked.set(page, open);
  page.on('request', (request) => void (request.resourceType() !== 'eventsource' && open.add(request)));
  for (const end of ['requestfinished', 'requestfailed'] as const) page.on(end as 'requestfinished', (request) => void open.delete(request));
  const complaints: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && !/Failed to load resource/.test(message.text()) && complaints.push(message.text())));
  page.on('pageerror', (error) => void complaints.push(String(error)));
  page.setDefaultTimeout(10_000);
  await page.goto(url);
  await settled(page);
  return { page, complaints };
}

/** Shows the page behind the hash, once it is there and nothing is read any more. */
export async function show(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(`#${path}`)}`);
  await settled(page);
}

/** True when the page of the address is there, not the one before it, and reads nothing. */
const stands = `(() => {
  const shown = document.querySelector('main[data-shown]')?.dataset.shown;
  const here = shown === undefined || decodeURIComponent(shown) === decodeURIComponent(location.hash.slice(1) || '/');
  return here && document.querySelector('h1, .nothing') !== null && document.querySelector('.reading') === null;
})()`;

/** Until the page of the address has nothing more to ask for or to read, three looks long. */
export async function settled(page: Page): Promise<void> {
  const until = performance.now() + 8_000;
  for (let calm = 0; calm < 3;) {
    if (performance.now() > until) throw new Error(`still reading at ${page.url()}: ${await page.locator('body').textContent()}`);
    const still = await page.evaluate(stands);
    calm = still === true && asked.get(page)?.size === 0 ? calm + 1 : 0;
    await page.evaluate('new Promise((done) => setTimeout(done, 15))');
  }
}

/** Waits until one place says all of these words; fails with what it says instead. */
export async function says(place: Locator, ...words: readonly (string | RegExp)[]): Promise<void> {
  for (const word of words) {
    await place.filter({ hasText: word }).first().waitFor().catch(async () => {
      throw new Error(`“${word}” is not said by: ${await place.first().textContent()}`);
    });
  }
}

/** Serious faults of a page for those who cannot see, or not well. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(`if (!window.axe) { ${axe} }`);
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] })')) as { readonly violations: readonly { readonly id: string; readonly impact: string; readonly nodes: readonly { readonly html: string }[] }[] };
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

/** Texts that are cut off, and how far the page is wider than the window. */
export async function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(`(() => {
    const wide = document.documentElement.scrollWidth - innerWidth;
    const cut = [...document.querySelectorAll('h1, h2, h3, th, td, p, dd, dt, button, .lamp, .tile-value, a')]
      .filter((one) => one.offsetParent !== null && getComputedStyle(one).overflow === 'hidden' && !one.closest('.unseen') && (one.scrollWidth > one.clientWidth + 1))
      .map((one) => one.textContent.trim().slice(0, 60));
    const outside = [...document.querySelectorAll('.panel > .scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => 'scrolls sideways: ' + one.textContent.trim().slice(0, 40));
    return [...(wide > 0 ? ['page is ' + wide + ' px too wide'] : []), ...cut, ...outside];
  })()`) as Promise<readonly string[]>;
}

function fail(): never {
  throw new Error('no browser');
}
