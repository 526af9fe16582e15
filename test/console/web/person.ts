import type { Browser, Page } from 'playwright-core';
import { codeOf } from '../../../console/server/access/totp.ts';
import { openPage, says, settled, show } from './browser.ts';

/** A password that the shipped policy allows. */
export const password = 'Horses-Run-2026!';

const roles = ['system', 'security', 'audit', 'operator', 'reader'] as const;
const names = { system: '某系统', security: '某安全', audit: '某审计', operator: '某操作', reader: '某查看' } as const;

/** Somebody who sits before the console. */
export class Person {
  readonly page: Page;
  readonly complaints: readonly string[];

  private constructor(page: Page, complaints: readonly string[]) {
    this.page = page;
    this.complaints = complaints;
  }

  static async sitDown(browser: Browser, url: string): Promise<Person> {
    const { page, complaints } = await openPage(browser, url);
    page.setDefaultTimeout(20_000);
    return new Person(page, complaints);
  }

  static async signedIn(browser: Browser, url: string, login: string): Promise<Person> {
    const person = await Person.sitDown(browser, url);
    await person.signIn(login);
    return person;
  }

  async signIn(login: string, word = password, code = ''): Promise<void> {
    await this.page.fill('input[name=login]', login);
    await this.page.fill('input[name=password]', word);
    await this.page.getByRole('button', { name: '登录' }).click();
    if (code !== '') {
      await this.page.locator('input[name=code]').fill(code);
      await this.page.getByRole('button', { name: '登录' }).click();
    }
    await this.page.locator('main').filter({ hasNot: this.page.locator('input[name=login]') }).waitFor();
    await settled(this.page);
  }

  /** One account for each role, `system.one` and so on, with the word that was printed once. */
  async makeAccounts(token: string): Promise<void> {
    await this.page.fill('input[name=token]', token);
    for (const role of roles) {
      await this.page.fill(`input[name=${role}-login]`, `${role}.one`);
      await this.page.fill(`input[name=${role}-name]`, names[role]);
      await this.page.fill(`input[name=${role}-password]`, password);
    }
    await this.page.check('input[value=optional]');
    await this.press('建立账号');
    await this.page.getByRole('heading', { name: '登录' }).waitFor({ timeout: 60_000 });
  }

  go(path: string): Promise<void> {
    return show(this.page, path);
  }

  press(name: string, within = 'body'): Promise<void> {
    return this.page.locator(within).getByRole('button', { name, exact: true }).first().click();
  }

  /** Gives a reason in the dialog and does the deed, until the dialog is gone. */
  async because(reason: string, deed: string): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await dialog.locator('textarea[name=reason]').fill(reason);
    await dialog.getByRole('button', { name: deed }).last().click();
    await dialog.waitFor({ state: 'hidden' });
    await settled(this.page);
  }

  /** Waits until all of this is to be read in the middle of the page. */
  sees(...words: readonly (string | RegExp)[]): Promise<void> {
    return says(this.page.locator('main'), ...words);
  }

  /** What is to be read there now. */
  async reads(): Promise<string> {
    return (await this.page.locator('main').textContent()) ?? '';
  }

  /** The row of a table with these words in its head. */
  row(words: string): ReturnType<Page['locator']> {
    return this.page.getByRole('row').filter({ hasText: words }).first();
  }

  /** The six digits that an authenticator with this secret shows now, or a step later. */
  static digits(secret: string, later = 0): string {
    return codeOf(secret.replaceAll(/\s/g, ''), Math.floor(Date.now() / 30_000) + later);
  }
}
