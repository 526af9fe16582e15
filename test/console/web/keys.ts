import type { Page } from 'playwright-core';
import { settled } from './browser.ts';

/** What a walk with Tab through a page has met. */
export interface Walk {
  /** Can be used with a mouse and is never met by Tab. */
  readonly missed: readonly string[];
  /** Met, and nothing shows that the focus is there. */
  readonly unseen: readonly string[];
  /** Met before something that stands in front of it. */
  readonly disordered: readonly string[];
  readonly met: number;
}

/**
 * Looks that every page's script has: what can be used with a mouse (by its element, its role, or because something listens for
 * its click), a few words for each, and how an element and what is around it looks just now.
 */
const looks = `window.keys ??= (() => {
  // What fades in is not there yet when it is looked at.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const listens = (one) => Object.getOwnPropertySymbols(one).some((sign) => sign.description === '_vei' && (one[sign].onClick ?? null) !== null);
  const visible = (one) => one.checkVisibility({ visibilityProperty: true }) && one.offsetWidth > 1 && one.offsetHeight > 1;
  const usable = (one) => !one.disabled && one.getAttribute('aria-disabled') !== 'true' && one.closest('[aria-hidden=true], [inert]') === null;
  const within = () => [...document.querySelectorAll('[role=dialog]')].filter(visible).at(-1) ?? document.body;
  return {
    within,
    all: () => [...within().querySelectorAll('*')].filter((one) => visible(one) && usable(one)
      && (one.matches('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=link], [contenteditable=true]') || listens(one))
      && (one.parentElement.closest('a[href], button, label') === null)),
    words: (one) => (one.localName + ' ' + (one.getAttribute('aria-label') ?? (one.textContent.trim() || one.name || one.title || ''))).replace(/\\s+/g, ' ').slice(0, 60),
    look: (one) => [one, one.parentElement, one.parentElement?.parentElement].map((el) => el && (({ outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor }) => [outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor].join())(getComputedStyle(el))).join(' / '),
  };
})();`;

/** Walks through the open page, or the dialog on it, with Tab alone until the focus comes round. */
export async function walk(page: Page): Promise<Walk> {
  await page.evaluate(`${looks} keys.met = []; keys.seen = new Set(); keys.unseen = []; keys.last = null; keys.ends = 0;
    if (keys.within() === document.body) { document.activeElement.blur?.(); document.documentElement.focus(); getSelection().collapse(document.body, 0); }`);
  for (let step = 0; step < 400; step += 1) {
    await page.keyboard.press('Tab');
    const round = await page.evaluate(`new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
      const now = document.activeElement;
      // A date is walked through day by month by year.
      if (keys.last?.one === now) return done(false);
      if (keys.last !== null && keys.look(keys.last.one) === keys.last.look) keys.unseen.push(keys.words(keys.last.one));
      // At its end the page hands the focus to the window, and begins anew with the next Tab.
      const outside = now === document.body || now === document.documentElement;
      if (outside) keys.ends += 1;
      const again = keys.ends > 2 || keys.seen.has(now);
      keys.last = again || outside ? null : { one: now, look: keys.look(now) };
      if (!again && !outside) { keys.seen.add(now); keys.met.push(now); }
      done(again);
    })))`);
    if (round === true) break;
  }
  return page.evaluate(`(() => {
    const reached = (one) => keys.seen.has(one)
      || (one.type === 'radio' && keys.met.some((other) => other.type === 'radio' && other.name === one.name))
      || (one.role === 'tab' && keys.met.some((other) => other.closest('[role=tablist]') !== null && other.closest('[role=tablist]') === one.closest('[role=tablist]')));
    const first = keys.met.findIndex((one) => keys.met.every((other) => other === one || (one.compareDocumentPosition(other) & 4) === 4));
    const turned = [...keys.met.slice(first), ...keys.met.slice(0, first)];
    return {
      missed: keys.all().filter((one) => !reached(one)).map(keys.words),
      unseen: keys.unseen,
      disordered: turned.filter((one, at) => at > 0 && (turned[at - 1].compareDocumentPosition(one) & 4) === 0).map(keys.words),
      met: keys.met.length,
    };
  })()`) as Promise<Walk>;
}

/** Words of the page's own buttons, each once, in their order. */
export async function buttonsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(`${looks} [...new Set([...document.querySelectorAll('main button')].filter((one) => keys.all().includes(one)).map(keys.words))]`) as Promise<readonly string[]>;
}

/** Puts the focus on the page's first button of these words and presses a key; false when it is not there any more. */
export async function pressOn(page: Page, words: string, key: 'Enter' | 'Space'): Promise<boolean> {
  const there = await page.evaluate(`${looks} (() => {
    const one = [...document.querySelectorAll('main button')].find((button) => keys.all().includes(button) && keys.words(button) === ${JSON.stringify(words)});
    one?.focus();
    keys.opener = one;
    return one !== undefined && document.activeElement === one;
  })()`);
  if (there === true) await page.keyboard.press(key);
  if (there === true) await settled(page);
  return there === true;
}

/** Whether a dialog is open, and the focus in it. */
export async function dialogOf(page: Page): Promise<'none' | 'focused' | 'elsewhere'> {
  return page.evaluate(`${looks} keys.within() === document.body ? 'none' : keys.within().contains(document.activeElement) ? 'focused' : 'elsewhere'`) as Promise<'none' | 'focused' | 'elsewhere'>;
}

/** Waits until the dialog is gone and the focus is back on what opened it; says what it is on when it is not. */
export async function comesBack(page: Page): Promise<string> {
  return page.evaluate(`new Promise((done) => {
    const until = performance.now() + 3000;
    const look = () => {
      const back = keys.within() === document.body && document.activeElement === keys.opener;
      if (back || performance.now() > until) done(back ? '' : (keys.within() === document.body ? 'the focus is on ' : 'still open, the focus is on ') + keys.words(document.activeElement));
      else setTimeout(look, 20);
    };
    look();
  })`) as Promise<string>;
}
